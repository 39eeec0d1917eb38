"""Sentences of markets, sport, health, weather and courts: nothing missing, nothing more."""

import pytest

from claims.quantities import LANGUAGES, Quantity, read
from tests.quantities.sentences import Expected, Sentence, sentences

_PERIODS = ("date", "date_year")


def _as_expected(text: str, found: Quantity) -> Expected:
    dated = found.kind in _PERIODS
    return Expected(
        core=text[found.core_start : found.core_end],
        value=None if dated else found.value,
        high=found.value_high,
        unit=None if dated else found.unit,
        comparator=found.comparator,
        change=found.change,
        period=found.period if dated else None,
    )


def _cases() -> list[tuple[str, Sentence]]:
    return [(lang, sentence) for lang in LANGUAGES for sentence in sentences(lang)]


@pytest.mark.parametrize(("lang", "sentence"), _cases())
def test_every_quantity_of_a_sentence_is_read_and_nothing_else(
    lang: str, sentence: Sentence
) -> None:
    found = [_as_expected(sentence.text, item) for item in read(sentence.text, lang)]

    assert found == list(sentence.quantities)


@pytest.mark.parametrize(("lang", "fewest"), [("zh", 350), ("en", 350), ("ja", 60), ("ko", 60)])
def test_enough_sentences_stand_for_each_language(lang: str, fewest: int) -> None:
    assert len(sentences(lang)) >= fewest
