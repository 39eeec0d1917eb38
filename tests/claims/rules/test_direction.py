"""Words that say one direction and figures that go the other."""

import pytest

from claims.policy import current_policy
from claims.rules.direction import direction
from tests.claims.rules.stated import from_to


@pytest.mark.parametrize(
    ("said", "start", "end", "language", "expected"),
    [
        ("销量从500万辆增长到300万辆", "500万辆", "300万辆", "zh-Hans", ["direction"]),
        ("销量从300万辆增长到500万辆", "300万辆", "500万辆", "zh-Hans", []),
        ("利润由30亿元降至45亿元", "30亿元", "45亿元", "zh-Hans", ["direction"]),
        ("份额从5%升至5.2%", "5%", "5.2%", "zh-Hans", []),
        ("跌幅收窄，从3%增加到5%", "3%", "5%", "zh-Hans", []),
        ("sales fell from 300 km to 500 km", "300 km", "500 km", "en", ["direction"]),
        ("sales rose from 300 km to 500 km", "300 km", "500 km", "en", []),
    ],
)
def test_words_and_figures_go_the_same_way(
    said: str, start: str, end: str, language: str, expected: list[str]
) -> None:
    found = from_to(start, end, said=said, language=language)

    assert [hit.code for hit in direction(found, current_policy())] == expected
