"""Figures are read where they stand: with their unit, their "about" and their period."""

from decimal import Decimal
from typing import Any

import pytest

from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.passage_figures import Tongue, figures_in, matching
from claims.typed_figures import read_typed

TEXT = "2024年份额约为4.6%，预计2025年达到10%，同比增长2个百分点，排名第三。"


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        (0, {"comparator": Comparator.ABOUT, "low": Decimal("4.6"), "unit": "%", "period": "2024"}),
        (1, {"low": Decimal(10), "observation_status": ObservationStatus.FORECAST}),
        (2, {"unit": "pp", "change_kind": ChangeKind.PERCENTAGE_POINTS}),
        (3, {"role": Role.RANK, "low": Decimal(3)}),
    ],
)
def test_a_number_says_what_its_sentence_says_of_it(number: int, facts: dict[str, Any]) -> None:
    figure = figures_in(TEXT, (0, len(TEXT)), Tongue("zh"))[number].figure
    assert {name: getattr(figure, name) for name in facts} == facts


def test_a_number_without_its_about_is_still_about() -> None:
    start = TEXT.index("4.6")
    (found,) = figures_in(TEXT, (start, start + 4), Tongue("zh"))
    assert (found.figure.text, found.figure.comparator) == ("4.6%", Comparator.ABOUT)
    assert found.span == (start, start + 4)


def test_what_is_typed_in_other_words_is_known_as_the_same_number() -> None:
    text = "It was 4.6 percent and not 5 percent."
    found = figures_in(text, (0, len(text)), Tongue("en"))
    assert [one.figure.text for one in matching(found, read_typed("4.6%"))] == ["4.6 percent"]
    assert matching(found, read_typed("4.7%")) == []
