"""The house rules over every file of ours, each rule proven by a deliberate violation."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.conventions import rules, tree

LONG_FUNCTION = '"""Long."""\n\n\ndef f():\n' + "    x = 1\n" * 40


def complaints(files: Iterable[Path], rule: Callable[[str], list[str]]) -> list[str]:
    """What a rule says about the text of each file, with the file's name before it."""
    found = []
    for file in files:
        text = tree.text_of(file)
        if text is not None:
            found += [f"{file}: {complaint}" for complaint in rule(text)]
    return found


@pytest.mark.parametrize(
    ("rule", "violation", "decent"),
    [
        (rules.missing_opening, "import os\n", '"""Reads a number.\n\nMore."""\n'),
        (rules.missing_opening, '"""Stuff"""\n', '"""What is it for?"""\n'),
        (rules.too_long, "\n" * 401, "\n" * 400),
        (rules.long_functions, LONG_FUNCTION, LONG_FUNCTION.replace("    x = 1\n", "", 1)),
        (rules.broad_excepts, "try: f()\nexcept Exception: g()", "try: f()\nexcept OSError: g()"),
        (rules.broad_excepts, "try: f()\nexcept: pass", "try: f()\nexcept: g(); raise"),
        (rules.broad_excepts, "try: f()\nexcept (A, Exception): raise", "try: f()\nfinally: g()"),
        (rules.machine_names, "cd '/" + "work/main'", "https://example.org/work/main"),
        (rules.machine_names, "index = https://py" + "pi.org/x", "published on PyPI"),
        (rules.machine_names, "open('/" + "tmp/x')", "attachments/tmp/x"),
        (
            rules.unfinished,
            "x = 1  # TO" + "DO: later",
            "x = 1  # The list of to-dos is the desk's.",
        ),
    ],
)
def test_each_rule_cries_at_a_violation_and_only_there(
    rule: Callable[[str], list[str]], violation: str, decent: str
) -> None:
    assert rule(violation)
    assert rule(decent) == []


def test_every_module_opens_with_a_sentence() -> None:
    assert complaints(tree.python_files(), rules.missing_opening) == []


def test_no_file_has_more_than_400_lines() -> None:
    files = [file for file in tree.code_files() if not tree.is_migration(file)]
    assert complaints(files, rules.too_long) == []


def test_no_function_has_more_than_40_lines() -> None:
    files = [file for file in tree.python_files() if not tree.is_migration(file)]
    assert complaints(files, rules.long_functions) == []


def test_no_handler_swallows_every_error() -> None:
    assert complaints(tree.python_files(), rules.broad_excepts) == []


def test_no_file_names_a_machine_or_a_package_index() -> None:
    assert complaints(tree.tracked(), rules.machine_names) == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    # The styles of the CSL project are kept as it published them, its notes to itself included.
    ours = [file for file in tree.tracked() if file.suffix != ".csl"]
    assert complaints(ours, rules.unfinished) == []


def test_every_module_bears_a_noun_of_the_domain() -> None:
    assert rules.nameless_module(Path("claims/utils.py"))
    assert rules.nameless_module(Path("app/helpers/dates.py"))
    named = {file: rules.nameless_module(file) for file in tree.python_files()}
    assert {file: found for file, found in named.items() if found} == {}
