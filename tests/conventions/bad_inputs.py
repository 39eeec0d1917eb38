"""Which test proves the answer to which bad input, as the tests themselves say.

The inputs stand in bad_inputs.json. A test names one in its docstring (``article-08``), a module's
docstring speaks for all of it. ``python -m tests.conventions.bad_inputs`` writes the page.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.conventions import proofs
from tests.conventions.tree import ROOT

PAGE = ROOT / "docs" / "bad_inputs.md"
TABLE = "| input | what it is | the answer |\n|---|---|---|\n"
NAME = re.compile(r"\b(?:api|article|figure|form|upload|url)-\d{2}\b")


@dataclass(frozen=True, slots=True)
class Bad:
    """One bad input: its name, what it is, and what the desk is to answer."""

    id: str
    name: str
    input: str
    expect: str


KNOWN = tuple(
    Bad(**entry) for entry in json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
)
ITEMS = tuple(bad.id for bad in KNOWN)


def in_words(text: str) -> set[str]:
    """Return the inputs that a docstring names."""
    return set(NAME.findall(text)) & set(ITEMS)


def in_a_name(_name: str) -> set[str]:
    """A test's name has no room for one."""
    return set()


def found() -> dict[str, list[str]]:
    """Return today's tests of each input."""
    return proofs.proofs(proofs.tests(), ITEMS, in_words, in_a_name)


def table() -> str:
    """Return the inputs as they stand in the page."""
    return TABLE + "".join(
        f"| {bad.id} | {_cell(bad.name)} | {_cell(bad.expect)} |\n" for bad in KNOWN
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("{{", "&#123;{")


def written(page: str) -> str:
    """Return the page with today's table and tests."""
    head, _table, rest = page.partition(TABLE)
    _rows, heading, tail = rest.partition(proofs.HEADING)
    return proofs.written(f"{head}{table()}\n{heading}{tail}", found())


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
