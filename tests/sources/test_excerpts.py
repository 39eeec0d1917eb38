"""A passage is shown in its surroundings, however the copy of the source breaks its lines."""

from hypothesis import given
from hypothesis import strategies as st

from sources.excerpts import AROUND, around, excerpt


def test_a_passage_stands_between_the_words_of_the_copy() -> None:
    text = "A" * 300 + " the share\n was  5 % of\trevenue " + "B" * 300
    found = excerpt("the share was 5 % of revenue", text)
    assert found.found
    assert found.passage == "the share was 5 % of revenue"
    assert found.before.startswith("…A")
    assert found.after.endswith("B…")
    assert len(found.before) == len(found.after) == AROUND + 1


def test_a_passage_that_the_copy_does_not_have_stands_alone() -> None:
    assert excerpt("five per cent", "six per cent").found is False
    assert excerpt("five per cent", None).passage == "five per cent"
    assert excerpt(" ", "anything").passage == ""


@given(st.text(), st.text(min_size=1), st.text())
def test_whatever_stands_in_a_copy_is_found_there(before: str, passage: str, after: str) -> None:
    found = excerpt(passage, before + passage + after)
    assert found.found or not passage.strip()


def test_a_passage_is_parted_at_its_figure() -> None:
    assert around("of 5 % in all", "5 %") == ("of ", "5 %", " in all")
    assert around("of five in all", "5 %") == ("of five in all", "", "")
    assert around("of 5 % in all", None) == ("of 5 % in all", "", "")
