"""The marked text: whatever the anchors are, no word changes and every claim is there."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.galley import Anchor, Paragraph, Run, Spot, galley, heights, runs

PLACES = st.integers(min_value=-3, max_value=60)
TEXTS = st.text(alphabet="ab 中文，。%5#\n\u3000😀", max_size=50)


@st.composite
def anchor_sets(draw: st.DrawFn) -> list[Anchor]:
    """Any intervals at all: nested, crossing, equal, empty, backwards, outside the text."""
    pairs = draw(st.lists(st.tuples(PLACES, PLACES), max_size=12))
    return [Anchor(a, b, number, "supported") for number, (a, b) in enumerate(pairs, start=1)]


@st.composite
def spot_sets(draw: st.DrawFn) -> list[Spot]:
    """Any numbers of the text, of every kind."""
    pairs = draw(st.lists(st.tuples(PLACES, PLACES), max_size=8))
    kinds = itertools.cycle(("figure", "open", "dismissed"))
    return [Spot(a, b, kind) for (a, b), kind in zip(pairs, kinds, strict=False)]


def flat(paragraphs: list[Paragraph]) -> list[Run]:
    """Return all runs in reading order."""
    return [run for paragraph in paragraphs for run in paragraph.runs]


@given(TEXTS, anchor_sets(), spot_sets())
def test_the_words_stay_as_they_were(text: str, anchors: list[Anchor], spots: list[Spot]) -> None:
    """U18: any set of anchors leaves the text as it is."""
    assert "".join(run.text for run in flat(galley(text, anchors, spots))) == text


@given(TEXTS, anchor_sets(), spot_sets())
def test_each_claim_has_exactly_one_chip(
    text: str, anchors: list[Anchor], spots: list[Spot]
) -> None:
    """U18: and it stands where the claim's last run ends."""
    chips = [chip.claim for run in flat(galley(text, anchors, spots)) for chip in run.chips]
    assert sorted(chips) == [anchor.claim for anchor in anchors]


@given(TEXTS, anchor_sets(), spot_sets())
def test_a_claim_lies_over_exactly_its_own_words(
    text: str, anchors: list[Anchor], spots: list[Spot]
) -> None:
    """U18: its runs follow each other in reading order, without a gap."""
    drawn = flat(galley(text, anchors, spots))
    for anchor in anchors:
        over = [run for run in drawn if anchor.claim in {lane.anchor.claim for lane in run.lanes}]
        start = min(max(anchor.start, 0), len(text))
        assert "".join(run.text for run in over) == text[start : max(anchor.stop, 0)]
        if over:
            last = drawn.index(over[-1])
            assert drawn[drawn.index(over[0]) : last + 1] == over
            assert anchor.claim in {chip.claim for chip in drawn[last].chips}


@given(TEXTS, anchor_sets())
def test_no_two_lines_of_one_run_share_a_height(text: str, anchors: list[Anchor]) -> None:
    for run in runs(text, anchors):
        drawn = [lane.height for lane in run.lanes]
        assert len(set(drawn)) == len(drawn)
        assert drawn == sorted(drawn)


@given(TEXTS, spot_sets())
def test_a_run_is_marked_as_a_number_only_inside_that_number(text: str, spots: list[Spot]) -> None:
    for run in runs(text, [], spots):
        if run.spot is not None:
            assert run.spot.start <= run.start
            assert run.start + len(run.text) <= run.spot.stop


@given(TEXTS)
def test_paragraphs_are_numbered_from_one_without_gaps(text: str) -> None:
    numbers = [paragraph.number for paragraph in galley(text, []) if not paragraph.level]
    assert numbers == list(range(1, len(numbers) + 1))


def test_crossing_anchors_become_three_runs() -> None:
    drawn = list(runs("abcdefgh", [Anchor(0, 5, 1, "supported"), Anchor(3, 8, 2, "refuted")]))
    assert [run.text for run in drawn] == ["abc", "de", "fgh"]
    assert [[lane.anchor.claim for lane in run.lanes] for run in drawn] == [[1], [1, 2], [2]]
    assert [[chip.claim for chip in run.chips] for run in drawn] == [[], [1], [2]]


def test_a_line_is_used_again_behind_the_anchor_that_left_it() -> None:
    anchors = [Anchor(0, 9, 1, ""), Anchor(2, 4, 2, ""), Anchor(5, 7, 3, "")]
    assert heights(anchors) == {1: 0, 2: 1, 3: 1}


def test_a_heading_keeps_its_marker_apart_and_takes_no_number() -> None:
    paragraphs = galley("# 题目\n\n第一段。\n## 小标题\n第二段。\n", [])
    assert [(p.level, p.number) for p in paragraphs] == [(1, None), (0, 1), (2, None), (0, 2)]
    assert [(run.text, run.marker) for run in paragraphs[0].runs] == [
        ("# ", True),
        ("题目\n\n", False),
    ]


def test_a_number_nobody_accounts_for_is_seen_even_inside_a_figure() -> None:
    spots = [Spot(0, 6, "figure"), Spot(2, 4, "open")]
    kinds = [run.spot.kind for run in runs("abcdef", [], spots) if run.spot]
    assert kinds == ["figure", "open", "figure"]
