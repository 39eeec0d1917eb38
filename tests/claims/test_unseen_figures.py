"""Something hidden inside of a figure is pointed out, with the line it stands in."""

import pytest

from claims.manuscript import from_file, from_paste
from claims.unseen_figures import MOST_NAMED, notices


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("增长4\u200b1.5%。", "1"),
        ("一\n二 1\u00ad000\n三 5\ufe0f%", "2, 3"),
        ("👩\u200d👧 5\u200b 6 7️⃣", None),
        ("增长41.5%", None),
    ],
)
def test_the_lines_are_named_in_both_languages(text: str, lines: str | None) -> None:
    found = notices(text)
    assert len(found) == (1 if lines else 0)
    for words in found:
        assert f"第 {lines} 行" in words["zh"]
        assert f"in line {lines}." in words["en"]


def test_not_every_line_is_named() -> None:
    (words,) = notices("4\u200b1\n" * (MOST_NAMED + 5))
    assert f"{MOST_NAMED} …" in words["en"]


def test_each_way_in_points_them_out() -> None:
    for found in (
        from_paste("增长4\u200b1.5%。"),
        from_file("增长4\u200b1.5%。".encode(), "a.txt"),
    ):
        assert len(found.notices) == 1
