"""The short cut for common English figures changes no reading."""

from itertools import product

import pytest

from claims.quantities import read
from claims.quantities.english import numerals, plain
from tests.quantities.sentences import sentences

_BEFORE = (
    "",
    "about ",
    "rose by ",
    "between ",
    "the ",
    "a ",
    "aged ",
    "Section ",
    "May ",
    "$",
    "£",
)
_NUMBERS = ("3", "47", "2.5", "1,200", "2024", "911", "seven", "twenty")
_BEHIND = (
    *("", "%", "% to 60%", " percent of them", " percentage points", " basis points"),
    *(" people", " of the seats", " in 2022", " in 10", " to win", " to 60", " and a half"),
    *(" km", "km", " miles per hour", "-inch", "-year-old", " years ago", " hours, 5 minutes"),
    *("m", "m homes", "bn", "k", " million", " million tonnes", " dollars", " cents a share"),
    *(" May 2024", "pm", "st", " points", " times as many", " or more", ", said", " below zero"),
)
_TEXTS = [
    *(sentence.text for sentence in sentences("en")),
    *(
        f"It was {before}{number}{behind}."
        for before, number, behind in product(_BEFORE, _NUMBERS, _BEHIND)
    ),
]


def test_a_plain_figure_reads_as_the_whole_grammar_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = [read(text, "en") for text in _TEXTS]

    monkeypatch.setattr(plain, "read", _nothing)
    monkeypatch.setattr(plain, "spelled", _nothing)

    assert short == [read(text, "en") for text in _TEXTS]


@pytest.mark.parametrize(
    "text",
    [
        "Employers added 254,000 jobs last month",
        "Prices rose 2.4 percent in spring",
        "It paid $3.5bn for the group",
        "A 40mph zone",
        "in 2022",
        "some 1.2 million tonnes of grain",
        "over three years",
    ],
)
def test_the_commonest_shapes_need_no_more_than_that(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numerals, "read", _no_numeral)

    assert read(text, "en")


def _nothing(_place: object) -> int:
    return 0


def _no_numeral(*_words: object, joins: bool = True) -> None:  # noqa: ARG001
    return None
