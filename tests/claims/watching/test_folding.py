"""Typography is left out of a text; what changes a number is not."""

import pytest

from claims.watching.folding import Folded, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("增长 12.5%，达到", "增长１２．５％,达到"),
        ("“Rain” rose — by 5%", "'Rain' rose by 5 %"),
        ("200,000 people", "200000\npeople"),
    ],
)
def test_two_prints_of_one_text_are_equal(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1.5", "15"), ("-5%", "5%"), ("5%", "5"), ("5%", "5‰"), ("增5", "增6")]
)
def test_what_says_another_number_differs(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_place_leads_back_to_the_printed_text() -> None:
    text = "全年：增长 12.5 %，好。"

    (span,) = Folded(text).spans(folded("增长12.5%"))

    assert text[slice(*span)] == "增长 12.5 %"
