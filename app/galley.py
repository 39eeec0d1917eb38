"""The marked text of the reading view: anchors that overlap, cut into runs that never do.

All starts and stops are swept in order; each run of text knows every anchor above it. The one
interactive thing of a claim is its chip, which stands where its anchor ends, so that partial and
nested overlaps stay readable and reachable. Offsets are Unicode code points of the version's text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from claims.headings import HEADING


class Anchor(NamedTuple):
    """Where a claim stands: its number, and the status its line is drawn in."""

    start: int
    stop: int
    claim: int
    status: str


class Spot(NamedTuple):
    """A number of the text: ``figure``, ``open`` (accounted for by nobody) or ``dismissed``."""

    start: int
    stop: int
    kind: str
    note: str = ""


Mark = TypeVar("Mark", Anchor, Spot)


class Lane(NamedTuple):
    """An anchor above a run, and the height at which its line is drawn (0 is nearest)."""

    height: int
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text without a boundary inside it; ``chips`` stand right behind it."""

    start: int
    text: str
    lanes: tuple[Lane, ...] = ()
    spot: Spot | None = None
    chips: tuple[Anchor, ...] = ()
    marker: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the text: a heading of ``level`` 1 to 6, or a paragraph (0) with its number."""

    level: int
    number: int | None
    runs: tuple[Run, ...]


def within(length: int, anchor: Anchor) -> Anchor:
    """Return an anchor that stays inside a text of this length."""
    start = min(max(anchor.start, 0), length)
    return anchor._replace(start=start, stop=min(max(anchor.stop, start), length))


def heights(anchors: Iterable[Anchor]) -> dict[int, int]:
    """Give each claim the lowest line that no overlapping anchor uses (greedy colouring)."""
    ends: list[int] = []
    found: dict[int, int] = {}
    for start, minus_stop, claim in sorted((a.start, -a.stop, a.claim) for a in anchors):
        free = next((at for at, end in enumerate(ends) if end <= start), len(ends))
        ends[free : free + 1] = [-minus_stop]
        found[claim] = free
    return found


def runs(
    text: str, anchors: Iterable[Anchor], spots: Iterable[Spot] = (), cuts: Iterable[int] = ()
) -> Iterator[Run]:
    """Yield the runs of a text in order; together they are the text, whatever the anchors are.

    Every anchor's chip comes exactly once, behind the run that ends where the anchor does.
    """
    inside = [within(len(text), anchor) for anchor in anchors]
    height = heights(inside)
    marks = [spot for spot in spots if 0 <= spot.start < spot.stop <= len(text)]
    points = {0, len(text), *(cut for cut in cuts if 0 <= cut <= len(text))}
    points.update(place for anchor in inside for place in (anchor.start, anchor.stop))
    points.update(place for spot in marks for place in (spot.start, spot.stop))
    ordered = sorted(points)
    chips = _ends(inside)
    anchor_sweep, spot_sweep = Sweep(inside), Sweep(marks)
    for start, stop in zip(ordered, ordered[1:] or [0], strict=False):
        above = anchor_sweep.over(start)
        lanes = sorted(Lane(height[anchor.claim], anchor) for anchor in above)
        yield Run(
            start=start,
            text=text[start:stop],
            lanes=tuple(lanes),
            spot=min(spot_sweep.over(start), key=_prominence, default=None),
            chips=(
                *(chips.get(0, ()) if start == 0 else ()),
                *(chips.get(stop, ()) if stop else ()),
            ),
        )


def _ends(anchors: Iterable[Anchor]) -> dict[int, tuple[Anchor, ...]]:
    """Return the anchors by the place where they end, in the order of their numbers."""
    found: dict[int, list[Anchor]] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.claim):
        found.setdefault(anchor.stop, []).append(anchor)
    return {stop: tuple(ending) for stop, ending in found.items()}


def _prominence(spot: Spot) -> tuple[bool, bool, int, int]:
    """Order spots on one place: what needs a person first, then figures, then the shorter one."""
    return spot.kind != "open", spot.kind != "figure", spot.stop - spot.start, spot.start


class Sweep(Generic[Mark]):
    """The marks that cover a place, for places asked in rising order."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        """Sort the marks by where they start."""
        self.coming: list[Mark] = sorted(marks, key=lambda mark: mark.start, reverse=True)
        self.open: list[Mark] = []

    def over(self, place: int) -> list[Mark]:
        """Return the marks that start at or before a place and end behind it."""
        while self.coming and self.coming[-1].start <= place:
            self.open.append(self.coming.pop())
        self.open = [mark for mark in self.open if mark.stop > place]
        return self.open


def galley(text: str, anchors: Iterable[Anchor], spots: Iterable[Spot] = ()) -> list[Paragraph]:
    """Return the text line by line; an empty line belongs to the paragraph before it."""
    starts, markers = _lines(text)
    cuts = [*starts, *(stop for _, stop in markers.values())]
    paragraphs: list[Paragraph] = []
    gathered: list[Run] = []
    number = 0
    for run in runs(text, anchors, spots, cuts):
        if run.start in starts and gathered:
            paragraphs.append(_paragraph(gathered, markers, number))
            number, gathered = paragraphs[-1].number or number, []
        gathered.append(run)
    return [*paragraphs, _paragraph(gathered, markers, number)]


def _lines(text: str) -> tuple[set[int], dict[int, tuple[int, int]]]:
    """Return where paragraphs start, and for headings the level and where their marker ends."""
    starts: set[int] = set()
    markers: dict[int, tuple[int, int]] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            # What stands before the first line of words belongs to the first paragraph.
            start = at if starts else 0
            starts.add(start)
            found = HEADING.match(line)
            if found is not None:
                markers[start] = (len(found[1]), at + found.end())
        at += len(line)
    return starts, markers


def _paragraph(gathered: list[Run], markers: dict[int, tuple[int, int]], before: int) -> Paragraph:
    level, end = markers.get(gathered[0].start, (0, 0))
    marked = (replace(run, marker=run.start < end) for run in gathered)
    return Paragraph(level=level, number=None if level else before + 1, runs=tuple(marked))
