"""docs/acceptance.md has every item of the list, and names the tests that prove it today."""

import re

from tests.conventions import acceptance, proofs


def test_a_test_names_its_item_in_its_name_its_docstring_or_its_modules() -> None:
    source = '"""Tests: print (U19)."""\ndef test_u8_fits(): "U11."\ndef test_none(): "U99, US1"\n'
    named = proofs.claims("t.py", source, acceptance.in_words, acceptance.in_a_name)
    assert sorted(named) == [
        ("U11", "t.py::test_u8_fits"),
        ("U19", "t.py"),
        ("U8", "t.py::test_u8_fits"),
    ]


def test_every_item_is_in_the_table_with_its_criterion_and_what_was_measured() -> None:
    rows = re.findall(
        r"^\| (U\d+) \| ([^|]{10,}) \| ([^|]{3,}) \|$",
        acceptance.PAGE.read_text("utf-8"),
        re.MULTILINE,
    )
    assert [item for item, *_ in rows] == list(acceptance.ITEMS)


def test_the_page_names_todays_tests() -> None:
    """If not, `python -m tests.conventions.acceptance` writes them."""
    page = acceptance.PAGE.read_text("utf-8")
    assert page == proofs.written(page, acceptance.found())


def test_every_item_has_a_test() -> None:
    assert {item for item, tests in acceptance.found().items() if not tests} == set()
