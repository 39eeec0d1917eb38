"""Which test proves which item of the interface's acceptance list, as the tests themselves say.

A test names an item in its name (``test_u8_…``) or docstring (``U8``); a module's docstring speaks
for all of it. ``python -m tests.conventions.acceptance`` writes the list into docs/acceptance.md.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.conventions.tree import ROOT

PAGE = ROOT / "docs" / "acceptance.md"
HEADING = "## The tests\n"
ITEMS = tuple(f"U{number}" for number in range(1, 29))
IN_WORDS = re.compile(r"\bU(\d{1,2})\b")
IN_A_NAME = re.compile(r"_u(\d{1,2})(?=_|$)")


def items(text: str | None, pattern: re.Pattern[str] = IN_WORDS) -> set[str]:
    """Return the items of the list that a text names."""
    return {f"U{number}" for number in pattern.findall(text or "")} & set(ITEMS)


def claims(name: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield each item with the test of a file that proves it."""
    module = ast.parse(source)
    whole = items(ast.get_docstring(module))
    yield from ((item, name) for item in whole)
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            named = items(ast.get_docstring(node)) | items(node.name, IN_A_NAME)
            yield from ((item, f"{name}::{node.name}") for item in named - whole)


def proofs(files: Iterable[Path]) -> dict[str, list[str]]:
    """Return the tests that prove each item of the list."""
    found: dict[str, list[str]] = {item: [] for item in ITEMS}
    for file in sorted(files):
        name = file.relative_to(ROOT).as_posix()
        for item, test in claims(name, file.read_text("utf-8")):
            found[item].append(test)
    return found


def tests() -> list[Path]:
    """Return the files of tests."""
    return sorted((ROOT / "tests").rglob("test_*.py"))


def listed(found: dict[str, list[str]]) -> str:
    """Return the list as it stands in the page."""
    lines = (f"- **{item}** " + ", ".join(f"`{test}`" for test in found[item]) for item in ITEMS)
    return HEADING + "\n" + "\n".join(line.rstrip() for line in lines) + "\n"


def written(page: str, found: dict[str, list[str]]) -> str:
    """Return the page with today's list."""
    return page.partition(HEADING)[0] + listed(found)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8"), proofs(tests())), "utf-8")
