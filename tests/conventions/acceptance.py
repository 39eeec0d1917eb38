"""Which test proves which item of the interface's acceptance list, as the tests themselves say.

A test names an item in its name (``test_u8_…``) or docstring (``U8``); a module's docstring speaks
for all of it. ``python -m tests.conventions.acceptance`` writes the list into docs/acceptance.md.
"""

import re

from tests.conventions import proofs
from tests.conventions.tree import ROOT

PAGE = ROOT / "docs" / "acceptance.md"
ITEMS = tuple(f"U{number}" for number in range(1, 29))
IN_WORDS = re.compile(r"\bU(\d{1,2})\b")
IN_A_NAME = re.compile(r"_u(\d{1,2})(?=_|$)")


def in_words(text: str) -> set[str]:
    """Return the items of the list that a docstring names."""
    return {f"U{number}" for number in IN_WORDS.findall(text)} & set(ITEMS)


def in_a_name(name: str) -> set[str]:
    """Return the items of the list that a test's name names."""
    return {f"U{number}" for number in IN_A_NAME.findall(name)} & set(ITEMS)


def found() -> dict[str, list[str]]:
    """Return today's tests of each item."""
    return proofs.proofs(proofs.tests(), ITEMS, in_words, in_a_name)


if __name__ == "__main__":
    PAGE.write_text(proofs.written(PAGE.read_text("utf-8"), found()), "utf-8")
