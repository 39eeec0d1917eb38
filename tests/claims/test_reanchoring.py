"""A thousand edits of real texts: what is found where, and what is noticed."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from claims.reanchoring import Found, Passage, Reanchoring
from claims.vocabulary import AnchorState
from tests.claims.reanchoring.edits import TEXTS, Desk, Edit

EDITS = 70
KINDS = (
    "alter_figure",
    "alter_words",
    "put_sentences_in",
    "take_paragraph_out",
    "move_paragraph",
)
CASES = [(path, language) for language, paths in TEXTS.items() for path in paths]
ROOT = Path(__file__).parents[2]
# When two paragraphs change places, either of them is the one that moved.
SWAPPED = frozenset({AnchorState.EXACT, AnchorState.MOVED})


def edits(desk: Desk, kind: str) -> Iterator[Edit]:
    made = (getattr(desk, kind)() for _ in range(EDITS * 40))
    yield from islice((edit for edit in made if edit is not None), EDITS)


def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def is_right(expected: AnchorState, found: Found, kind: str) -> bool:
    if kind == "move_paragraph":
        return found.state in SWAPPED
    return found.state is expected


def stands_on_its_words(old: str, new: str, passage: Passage, found: Found) -> bool:
    """An anchor that is said to be unaltered stands on the very words it stood on."""
    if found.state not in SWAPPED:
        return True
    assert found.span is not None
    return new[slice(*found.span)] == old[passage.start : passage.stop]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("path", "language"), CASES, ids=lambda case: Path(case).stem)
def test_ninety_nine_of_a_hundred_passages_are_judged_right_after_an_edit(
    path: Path, language: str, kind: str
) -> None:
    text = text_of(path)
    desk = Desk(text, language, seed=20260101)
    right: Counter[AnchorState] = Counter()
    total: Counter[AnchorState] = Counter()
    done = 0
    for edit in edits(desk, kind):
        done += 1
        carried = Reanchoring(text, edit.new, language)
        for passage, expected in edit.expected.items():
            found = carried.find(passage)
            total[expected] += 1
            right[expected] += is_right(expected, found, kind)
            assert stands_on_its_words(text, edit.new, passage, found)
    assert done == EDITS
    for state, count in total.items():
        assert right[state] >= 0.99 * count, (state, right[state], count)


@pytest.mark.parametrize(("path", "language"), CASES, ids=lambda case: Path(case).stem)
def test_no_altered_figure_goes_unnoticed_among_other_edits(path: Path, language: str) -> None:
    text = text_of(path)
    for seed in range(EDITS):
        desk = Desk(text, language, seed)
        altered = next(edits(desk, "alter_figure"))
        changed = [p for p, state in altered.expected.items() if state is not AnchorState.EXACT]
        other = Desk(altered.new, language, seed + 1)
        new = next(
            edits(other, ("put_sentences_in", "move_paragraph", "alter_words")[seed % 3])
        ).new
        carried = Reanchoring(text, new, language)
        for passage in changed:
            assert carried.find(passage).state in {
                AnchorState.FIGURE_CHANGED,
                AnchorState.ORPHANED,
            }, text[passage.start : passage.stop]
