"""A proposal in its place: the paragraph around it, with the clause and its figures marked."""

import itertools
from dataclasses import dataclass

from claims.headings import HEADING, words_begin
from claims.models import Proposal

MOST = 130
"""Code points shown on either side of a proposal in a long paragraph."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: inside the proposal or beside it, and what it is there."""

    text: str
    inside: bool
    mark: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """The pieces of a paragraph in order; ``paragraph`` counts from 1, a heading has no number."""

    paragraph: int | None
    cut_before: bool
    cut_after: bool
    pieces: tuple[Piece, ...]


def context(text: str, proposal: Proposal) -> Context:
    """Cut the paragraph around a proposal at its bounds and at its figures."""
    line = text.rfind("\n", 0, proposal.start) + 1
    begin = min(words_begin(text, line), proposal.start)
    end = text.find("\n", proposal.stop)
    end = len(text) if end < 0 else end
    first, last = max(begin, proposal.start - MOST), min(end, proposal.stop + MOST)
    return Context(
        paragraph=_number(text, line),
        cut_before=first > begin,
        cut_after=last < end,
        pieces=tuple(_pieces(text, proposal, first, last)),
    )


def _number(text: str, line: int) -> int | None:
    """Return the number of a line in the reading view, which counts no headings."""
    if HEADING.match(text, line):
        return None
    before = text[:line].splitlines()
    return sum(bool(one.strip()) and not HEADING.match(one) for one in before) + 1


def _pieces(text: str, proposal: Proposal, first: int, last: int) -> list[Piece]:
    marks = [(row.start, row.stop, "num" if row.material else "aside") for row in proposal.figures]
    points = {first, last, proposal.start, proposal.stop}
    points |= {place for start, stop, _ in marks for place in (start, stop)}
    ordered = sorted(place for place in points if first <= place <= last)
    made: list[Piece] = []
    for start, stop in itertools.pairwise(ordered):
        inside = proposal.start <= start and stop <= proposal.stop
        mark = next((kind for begin, end, kind in marks if begin <= start and stop <= end), None)
        made.append(Piece(text[start:stop], inside, mark))
    return made
