"""Which test proves which item of a list, as the tests themselves say, and the page that tells.

A test names an item in its name or docstring; a module's docstring speaks for all of it.
"""

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from tests.conventions.tree import ROOT

HEADING = "## The tests\n"
Named = Callable[[str], set[str]]
"""Finds the items that a text names."""


def tests() -> list[Path]:
    """Return the files of tests."""
    return sorted((ROOT / "tests").rglob("test_*.py"))


def claims(name: str, source: str, words: Named, in_a_name: Named) -> Iterator[tuple[str, str]]:
    """Yield each item with the test of a file that proves it."""
    module = ast.parse(source)
    whole = words(ast.get_docstring(module) or "")
    yield from ((item, name) for item in whole)
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            named = words(ast.get_docstring(node) or "") | in_a_name(node.name)
            yield from ((item, f"{name}::{node.name}") for item in named - whole)


def proofs(
    files: Iterable[Path], items: Collection[str], words: Named, in_a_name: Named
) -> dict[str, list[str]]:
    """Return the tests that prove each item of the list."""
    found: dict[str, list[str]] = {item: [] for item in items}
    for file in sorted(files):
        name = file.relative_to(ROOT).as_posix()
        for item, test in claims(name, file.read_text("utf-8"), words, in_a_name):
            found[item].append(test)
    return found


def written(page: str, found: Mapping[str, list[str]]) -> str:
    """Return a page with today's list at its end."""
    lines = (
        f"- **{item}** " + ", ".join(f"`{one}`" for one in tests) for item, tests in found.items()
    )
    listed = "\n".join(line.rstrip() for line in lines)
    return f"{page.partition(HEADING)[0]}{HEADING}\n{listed}\n"
