"""Characters that show nothing change no figure, wherever they stand."""

from hypothesis import given
from hypothesis import strategies as st

from claims.quantities import Quantity, read
from claims.quantities.unseen import UNSEEN

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufe0f\ufeff\u202a\u202c"
SAID = {
    "zh": "2024年第三季度，全球市场约有41.5%归这四家，同比增长近1.2亿元，第3名，五到十倍。",
    "en": "In Q3 2024 about 41.5% of it, nearly $1.2 billion, fell by 5-10 points to third place.",
}


def meant(found: list[Quantity]) -> list[tuple[object, ...]]:
    """What the figures mean, without where they stand."""
    return [(one.kind, one.value, one.value_high, one.unit, one.comparator, one.period)
            for one in found]  # fmt: skip


@given(
    st.sampled_from(sorted(SAID)),
    st.lists(st.tuples(st.integers(0, 80), st.text(HIDDEN, min_size=1, max_size=3)), max_size=12),
)
def test_a_text_is_read_as_it_looks(language: str, hidden: list[tuple[int, str]]) -> None:
    text = SAID[language]
    for place, what in hidden:
        text = text[:place] + what + text[place:]
    found = read(text, language)
    assert meant(found) == meant(read(SAID[language], language))
    for one, plain in zip(found, read(SAID[language], language), strict=True):
        assert text[one.start : one.end] == one.text
        assert UNSEEN.sub("", one.text) == plain.text
        assert (
            UNSEEN.sub("", text[one.num_start : one.num_end])
            == (SAID[language][plain.num_start : plain.num_end])
        )
        assert one.start <= one.core_start <= one.num_start < one.num_end <= one.core_end <= one.end


def test_a_hidden_space_does_not_part_a_figure() -> None:
    """What is printed as 41.5 % was read as 4 and 1.5 %."""
    (found,) = read("up 4\u200b1.5%", "en")
    assert (str(found.value), found.text) == ("41.5", "4\u200b1.5%")
