"""The tests that a table names, held against those there are, which are found by reading."""

import ast
import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.conventions.tree import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def collected(name: str) -> dict[str, str]:
    """The tests that pytest collects from a file, with their docstrings; none where it is none."""
    file = ROOT / name
    if not (file.name.startswith("test_") and file.suffix == ".py" and file.is_file()):
        return {}
    return in_source(file.read_text("utf-8"))


def in_source(source: str) -> dict[str, str]:
    """The tests of a module by name: those that no mark keeps from ever running."""
    return {
        node.name: ast.get_docstring(node) or ""
        for node in ast.parse(source).body
        if isinstance(node, Function) and node.name.startswith("test_") and not skipped(node)
    }


def skipped(function: Function) -> bool:
    """Whether a test is marked as one that is never run."""
    return any(
        ast.unparse(mark).startswith(("pytest.mark.skip(", "pytest.mark.xfail"))
        for mark in function.decorator_list
    )


def missing(names: Iterable[str]) -> list[str]:
    """Those of the names (``path::test``) that no collected test has."""
    split = ((name, *name.partition("::")) for name in names)
    return [name for name, file, _, test in split if test not in collected(file)]
