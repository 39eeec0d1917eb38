"""Tests: whose change of a field is kept when two people had the same form before them (U15)."""

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.forms.merging import BETWEEN, Kept, Outcome, Values, merge_of, merged, outcome, plain

VALUES = st.lists(st.sampled_from(["", "5", " 5 ", "4.6", "a\r\nb", "a\nb"]), max_size=2).map(tuple)


@given(VALUES, VALUES, VALUES)
def test_the_only_change_is_taken_and_two_changes_are_asked(
    base: Values, theirs: Values, mine: Values
) -> None:
    found = outcome(base, theirs, mine)

    they, i = plain(theirs) != plain(base), plain(mine) != plain(base)
    if plain(theirs) == plain(mine):
        assert found is Outcome.SAME
    else:
        expected = {
            (True, False): Outcome.THEIRS,
            (False, True): Outcome.MINE,
            (True, True): Outcome.ASKED,
        }
        assert found is expected[they, i]


@given(VALUES, VALUES)
def test_where_nobody_knows_what_it_was_every_difference_is_asked(
    theirs: Values, mine: Values
) -> None:
    same = plain(theirs) == plain(mine)
    assert outcome(None, theirs, mine) is (Outcome.SAME if same else Outcome.ASKED)


FIELDS = st.dictionaries(
    st.sampled_from(["figure", "note", "stance"]),
    st.tuples(
        st.lists(st.text("ab\n ", min_size=1, max_size=3), max_size=2),
        st.lists(st.text("xy\n ", min_size=1, max_size=3), max_size=2),
        st.sampled_from([None, *Kept]),
    ),
    min_size=1,
)


@given(FIELDS)
def test_each_field_is_what_was_chosen_and_nothing_is_until_all_are(
    fields: dict[str, tuple[list[str], list[str], Kept | None]],
) -> None:
    sent = MultiDict({"version": "3", "merge.onto": "5"})
    for name, (theirs, mine, kept) in fields.items():
        sent.setlist(name, mine)
        sent.setlist(f"merge.theirs.{name}", theirs)
        sent.add("merge.asked", name)
        if kept is not None:
            sent[f"merge.keep.{name}"] = kept.value

    found = merged(sent)

    if any(kept is None for *_, kept in fields.values()):
        assert found["version"] == "3"
        assert all(found.getlist(name) == mine for name, (_, mine, _k) in fields.items())
        return
    assert found["version"] == "5"
    for name, (theirs, mine, kept) in fields.items():
        held = found.getlist(name)
        both = BETWEEN.join(text for text in (*theirs, *mine) if text.strip())
        assert held == {Kept.THEIRS: theirs, Kept.MINE: mine, Kept.BOTH: [both]}[kept or Kept.MINE]


def test_a_form_that_is_no_merge_is_read_as_it_was_sent() -> None:
    sent = MultiDict({"version": "3", "note": "a"})

    assert merge_of(sent) is None
    assert merged(sent) is sent
