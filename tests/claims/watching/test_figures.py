"""The figures of a passage that are others now, with the difference in words."""

from claims.policy import current_policy
from claims.watching.figures import Replaced, replaced


def test_only_the_figures_that_differ_are_named() -> None:
    found = replaced("2024年增长12.5%，达到340毫米", "2024年增长13.1%，达到340毫米", "zh")

    assert found == [Replaced("12.5%", "13.1%")]


def test_the_difference_is_told_in_words() -> None:
    (found,) = replaced("rose by 12.5%", "rose by 13.1%", "en")

    absolute, share = found.difference(current_policy()) or ({}, {})
    assert absolute["en"] == "+0.6 percentage points"
    assert share["zh"] == "+4.8 %"


def test_a_figure_that_came_or_went_stands_alone() -> None:
    assert replaced("增长5%", "增长5%，亏损3亿元", "zh") == [Replaced(None, "3亿元")]
    assert Replaced(None, "3亿元").difference(current_policy()) is None


def test_figures_that_cannot_be_compared_have_no_difference() -> None:
    assert Replaced("5%", "5家").difference(current_policy()) is None
