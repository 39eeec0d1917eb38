"""What is handed out comes back with equal fields; a hostile file ends quickly and says why."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from sources import edtf
from sources.citing.items import item_of
from sources.errors import DeskError, Refused, TooLarge
from sources.exchange.entries import LARGEST, MOST, facts_of
from sources.exchange.formats import FORMS, Format, read, text_of
from sources.models import Source
from sources.registry import checked_facts
from sources.vocabulary import SourceKind
from tests.sources.exchange.generated import FACTS, as_read


@given(FACTS)
def test_every_form_gives_back_the_fields_it_was_given(facts: dict[str, Any]) -> None:
    stated = {
        name: " ".join(value.split()) if name in {"title", "publisher"} else value
        for name, value in facts.items()
    }
    known = checked_facts(stated)  # type: ignore[arg-type]
    source = Source(key="S1", kind=SourceKind.OTHER, **known)
    item = item_of(source)
    assert as_read(item) == as_read(item) | {
        name: value for name, value in known.items() if name not in {"csl", "authors"}
    }
    for form in Format:
        text = FORMS[form].write([item])
        found, reading = read(text)
        assert found is form
        assert not reading.unread, text
        (entry,) = reading.entries
        assert as_read(entry.item) == as_read(item), text
        assert entry.key == "S1"


def test_a_date_without_a_citation_stays_its_edtf() -> None:
    assert edtf.to_csl("2024?") == {"date-parts": [[2024]], "circa": True, "raw": "2024?"}


BOMB = "\n".join(
    ['@string{a0 = "ha"}', *(f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 60))]
)
HOSTILE: dict[str, tuple[str, Callable[[], str]]] = {
    "a megabyte of braces": ("import_form", lambda: "{" * 2**20),
    "an entry of braces": ("", lambda: "@book{a, title = " + "{" * 2**20),
    "accents in accents": ("", lambda: "@book{a, title = {" + '\\"{' * 300_000 + "}}"),
    "backslashes": ("", lambda: "@book{a, title = {" + "\\" * 2**20 + "}}"),
    "too many entries": (
        "import_entries",
        lambda: "\n".join(f"@book{{k{n}, title = {{x}}}}" for n in range(100_000)),
    ),
    "too many records": ("import_entries", lambda: "TY  - BOOK\nER  - \n" * 100_000),
    "too many items": ("import_entries", lambda: "[" + ",".join(['{"a":1}'] * 100_000) + "]"),
    "deep JSON": ("import_json", lambda: '["a",' + "[" * 200_000),
    "a record without end": ("", lambda: "TY  - BOOK\n" + "TI  - x\n" * 100_000),
    "abbreviations of abbreviations": ("", lambda: BOMB + "\n@book{x, title = a59}"),
    "no entry at all": ("import_form", lambda: "hello"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_or_read_without_its_bad_entries(name: str) -> None:
    code, made = HOSTILE[name]
    if code:
        with pytest.raises(DeskError) as problem:
            read(made())
        assert problem.value.code == code
        return
    _form, reading = read(made())
    assert len(reading.entries) + len(reading.unread) <= MOST
    assert all(len(str(entry.item)) < 2 * 2**20 for entry in reading.entries)


def test_the_entry_whose_abbreviations_grow_without_end_is_named_with_its_line() -> None:
    _form, reading = read(BOMB + "\n@book{x, title = a59}\n@book{y, title = {kept}}")
    assert [(one.line, one.key) for one in reading.unread] == [(61, "x")]
    assert [entry.key for entry in reading.entries] == ["y"]


def test_what_json_spells_and_no_database_takes_is_no_part_of_an_entry() -> None:
    said = r"A\u0000 \ud800B\u202e"
    _form, reading = read(f'[{{"id": "{said}", "title": "{said}", "DOI": "10.1000/{said}"}}]')
    (entry,) = reading.entries
    facts = facts_of(entry.item)
    assert (entry.key, facts["title"]) == ("A B", "A B")
    assert facts["csl"] is not None
    assert facts["csl"]["DOI"] == "10.1000/A B"
    for text in ('[{"issued": {"date-parts": [[1e400]]}}]', "@book{a\0, title = {x}}"):
        with pytest.raises(Refused):
            read(text)


def test_a_file_too_large_or_in_another_encoding_says_so() -> None:
    with pytest.raises(TooLarge):
        text_of(b" " * (LARGEST + 1))
    with pytest.raises(Refused) as problem:
        text_of("@book{a, title = {统计学原理与数据分析的方法}}".encode("gb18030"))
    assert problem.value.field == "file"
    assert text_of("﻿[]".encode("utf-16")) is not None


def test_bad_entries_are_named_with_their_lines_and_the_others_are_read() -> None:
    _form, reading = read("@book{a, title = {x}}\n\n@book{b, title = {y}\n\n@book{c, title = {z}}")
    assert [entry.key for entry in reading.entries] == ["a", "c"]
    assert [one.line for one in reading.unread] == [3]
    _form, reading = read(json.dumps([{"id": "a", "title": "x"}, 5, {"id": "b"}], indent=1))
    assert [entry.line for entry in reading.entries] == [2, 7]
    assert [one.line for one in reading.unread] == [6]
    _form, reading = read("TY  - BOOK\nTI  - x\nER  - \n\nTI  - y\nER  - \n")
    assert [one.line for one in reading.unread] == [5]
