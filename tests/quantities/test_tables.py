"""The tables as data: each word has one meaning, each unit a symbol, each change a new hash."""

import pytest

from claims.quantities import LANGUAGES, read, tables, tables_hash

_CLASSES = ("over", "at_least", "under", "at_most", "nearly", "about", "exactly", "only")


def _words(text: str) -> list[str]:
    return text.split("|") if "|" in text else text.split()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_comparator_before_a_number_has_two_meanings(lang: str) -> None:
    section = tables.grammar(lang)["comparators"]
    meanings: dict[str, set[str]] = {}
    for name in _CLASSES:
        for word in _words(section.get(name, "")):
            meanings.setdefault(word, set()).add(name)

    assert {word: names for word, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_comparator_after_a_number_has_two_meanings(lang: str) -> None:
    section = tables.grammar(lang)["comparators"]
    words = [
        word for name in section if name.startswith("after_") for word in set(_words(section[name]))
    ]

    assert len(words) == len(set(words))


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_every_letter_of_a_numeral_has_one_value(lang: str) -> None:
    section = tables.grammar(lang)["numerals"]
    letters = [*"".join(section["digits"])]
    for name in ("places", "tens", "myriads"):
        letters += [*"".join(section[name].values())]

    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_has_a_symbol_a_name_and_a_known_kind(lang: str) -> None:
    kinds = {"dimension", "duration", "temperature", "currency", "count"}

    for surface, unit in tables.units(lang).items():
        assert surface
        assert unit.symbol
        assert unit.name
        assert unit.kind in kinds


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_own_words_name_each_unit_once(lang: str) -> None:
    named = [
        (surface, name)
        for names in tables.grammar(lang).get("units", {}).values()
        for name, surfaces in names.items()
        for surface in surfaces.split("|")
    ]
    first = dict(reversed(named))

    assert [pair for pair in named if first[pair[0]] != pair[1]] == []


def test_the_hash_names_the_state_of_the_tables() -> None:
    assert len(tables_hash()) == 64
    assert tables_hash() == tables_hash()


def test_an_unknown_language_is_read_as_english() -> None:
    assert read("Unemployment fell to 4.1%.", "nl") == read("Unemployment fell to 4.1%.", "en")
