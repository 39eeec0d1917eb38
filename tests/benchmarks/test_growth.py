"""Reading time grows with the length of the text and no faster, whatever the text (article-15)."""

import pytest

from claims.extraction import propose
from claims.quantities import read
from tests.benchmarks import growth

# The command demands 1.1 of a quiet machine; twice the text never costs four times as much.
_MOST = 1.4
# The command reads the full sizes. Here a part must do, and of `1,`, which is a figure every
# second letter, a smaller one.
_PART = 16
_PARTS = {"1,": 128}


def _sizes(part: int) -> list[int]:
    return [size // part for size in growth.SIZES]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("unit", ["news", *growth.HOSTILE])
def test_reading_time_grows_no_faster_than_the_text(lang: str, unit: str) -> None:
    text = growth.article_of(lang) if unit == "news" else unit
    sizes = _sizes(_PARTS.get(unit, _PART))

    # A busy moment can spoil one measurement; a reader that grows too fast is slow in all three.
    measured = (growth.exponent(lambda text: read(text, lang), text, sizes, 3) for _ in range(3))

    assert any(found <= _MOST for found in measured)


@pytest.mark.parametrize("unit", ["9元", "9%，"])
def test_a_sentence_without_end_is_divided_in_time_that_grows_no_faster(unit: str) -> None:
    """T-DOS: 40,000 code points of either, one request's share, took a minute and more."""

    def proposed(text: str) -> object:
        return propose(text, "zh-Hans", read(text, "zh"))

    measured = (growth.exponent(proposed, unit, [1000, 4000, 8000], 2) for _ in range(3))
    assert any(found <= _MOST for found in measured)


def test_a_reader_that_looks_back_at_all_it_has_read_is_caught() -> None:
    def looks_back(text: str) -> int:
        return sum(text.count("x", 0, end) for end in range(0, len(text), 16))

    assert growth.exponent(looks_back, "第", _sizes(_PART), turns=2) > _MOST
