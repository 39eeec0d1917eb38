"""Quoted words are found as they stand, or as programs change them, and nowhere else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.quotes import MOST, occurrences, places

LETTERS = st.text(alphabet=st.sampled_from("ab 5%.,-–“\"'’份额５％，\n\t"), max_size=60)


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("The share was 5 %.", "share was 5 %", ["share was 5 %"]),
        ("The share\nwas  5 %.", "share was 5 %", ["share\nwas  5 %"]),
        ("compa-\nred with 5 %", "compared with", ["compa-\nred with"]),
        ("compared with 5 %", "compa-\nred with", ["compared with"]),
        ("low-income homes", "low-\nincome", ["low-income"]),
        ("份额为\n５％，创新高", "份额为5%,创新高", ["份额为\n５％，创新高"]),
        ("“rose” – 5 %", '"rose" - 5 %', ["“rose” – 5 %"]),
        ("5 % here, 5 % there", "5 %", ["5 %", "5 %"]),
        ("The share was 15 %.", "share was 5 %", []),
        ("The share was 5.5 %.", "share was 55 %", []),
        ("anything", "  ", []),
    ],
)
def test_words_are_found_however_a_program_copied_them(
    text: str, quote: str, found: list[str]
) -> None:
    assert [text[start:stop] for start, stop in places(text, quote)] == found


@given(text=LETTERS, data=st.data())
def test_any_stretch_of_a_text_is_found_again_where_it_stands(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    quote = text[start:stop].strip()
    found = places(text, text[start:stop], most=len(text) + 1)
    begin = start + len(text[start:stop]) - len(text[start:stop].lstrip())
    assert ((begin, begin + len(quote)) in found) is bool(quote)


@given(text=LETTERS, quote=LETTERS)
def test_what_is_found_differs_in_nothing_but_signs(text: str, quote: str) -> None:
    for start, stop in places(text, quote):
        assert bare(text[start:stop]) == bare(quote)


def bare(words: str) -> str:
    """Words without white space, dashes and quotation marks, in one width."""
    narrow = unicodedata.normalize("NFKC", words)
    return "".join(sign for sign in narrow if sign.isalnum() or sign in "%.,")


def test_looking_for_words_does_not_mind_capitals_and_stops_at_many() -> None:
    assert occurrences("NAND and Nand", "nand") == [(0, 4), (9, 13)]
    assert len(occurrences("a " * 500, "a")) == MOST
    assert occurrences("a", " ") == []


def test_a_text_of_nothing_but_spaces_is_searched_once_over() -> None:
    # With a pattern that gave back what it took, this would take a thousand times as long.
    assert places("a" + " " * 300_000 + "b", "a c") == []
