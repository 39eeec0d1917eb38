"""What became of each letter between two states of a text: sentence by sentence, then by letter."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import Indel

PIECE = re.compile(
    r"(?:[^。！？!?；;\n.]|\.(?!\s))+(?:[。！？!?；;\n]+[”」』）)]*|\.\s+|$)|[。！？!?；;\n.]+"
)
LARGEST = 16_000_000
"""Letters of one side times letters of the other, up to which a passage is compared by letter."""
SHORTEST = 2
"""Runs shorter than this that agree by chance inside a replaced passage say nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` letters that stand at ``old`` in the old text and at ``new`` in the new one."""

    old: int
    new: int
    length: int

    @property
    def old_stop(self) -> int:
        """The end in the old text."""
        return self.old + self.length

    @property
    def new_stop(self) -> int:
        """The end in the new text."""
        return self.new + self.length


class Changes:
    """The runs that two texts share in order, and where a passage of the old one has gone.

    All places are code points, ends exclusive.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new

    @cached_property
    def runs(self) -> list[Run]:
        """The shared runs, in order on both sides and without overlap."""
        return list(_joined(_shared(self.old, self.new)))

    @cached_property
    def _starts(self) -> list[int]:
        return [run.old for run in self.runs]

    @cached_property
    def _new_starts(self) -> list[int]:
        return [run.new for run in self.runs]

    def image(self, start: int, stop: int) -> tuple[int, int]:
        """The widest place in the new text that ``old[start:stop]`` can have become.

        It reaches from what stood before the passage to what stood after it, so it also holds
        letters that were put in at either end; it is empty where the passage was taken out.
        """
        return self._after(start), self._before(stop)

    def tight_image(self, start: int, stop: int) -> tuple[int, int]:
        """The image without what was put in before a first or after a last letter that stayed."""
        low, high = self.image(start, stop)
        first = self._place(start)
        last = self._place(stop - 1)
        return (low if first is None else first), (high if last is None else last + 1)

    def kept(self, start: int, stop: int) -> int | None:
        """Where ``old[start:stop]`` stands unaltered and in order, else None."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self.runs[at].old_stop < stop:
            return None
        return start - self.runs[at].old + self.runs[at].new

    def taken(self, start: int, stop: int) -> bool:
        """Whether every letter of ``new[start:stop]`` is an old letter that stayed in place."""
        at = bisect_right(self._new_starts, start) - 1
        return at >= 0 and self.runs[at].new_stop >= stop

    def _place(self, at: int) -> int | None:
        run = bisect_right(self._starts, at) - 1
        if run < 0 or at >= self.runs[run].old_stop:
            return None
        return at - self.runs[run].old + self.runs[run].new

    def _after(self, start: int) -> int:
        """The end, in the new text, of the last shared letter before ``start``."""
        run = bisect_left(self._starts, start) - 1
        if run < 0:
            return 0
        return self.runs[run].new + min(start - self.runs[run].old, self.runs[run].length)

    def _before(self, stop: int) -> int:
        """The place, in the new text, of the first shared letter at or after ``stop``."""
        run = bisect_right(self._starts, stop) - 1
        if run >= 0 and stop < self.runs[run].old_stop:
            return stop - self.runs[run].old + self.runs[run].new
        following = run + 1
        return self.runs[following].new if following < len(self.runs) else len(self.new)


def _pieces(text: str) -> list[str]:
    """A text in sentences and lines, each with the marks that end it."""
    return [found.group() for found in PIECE.finditer(text) if found.group()]


def _shared(old: str, new: str) -> Iterator[Run]:
    """Yield the shared runs, which may touch."""
    before, after = _pieces(old), _pieces(new)
    at_old, at_new = _offsets(before), _offsets(after)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run(at_old[a], at_new[c], at_old[b] - at_old[a])
        elif tag == "replace":
            yield from _by_letter(old, at_old[a], at_old[b], new, at_new[c], at_new[d])


def _offsets(pieces: list[str]) -> list[int]:
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def _by_letter(
    old: str, old_start: int, old_stop: int, new: str, new_start: int, new_stop: int
) -> Iterator[Run]:
    """Yield the runs of a replaced passage; one too large to compare shares nothing."""
    if (old_stop - old_start) * (new_stop - new_start) > LARGEST:
        return
    found = Indel.opcodes(old[old_start:old_stop], new[new_start:new_stop])
    for step in found:
        length = step.src_end - step.src_start
        if step.tag == "equal" and length >= SHORTEST:
            yield Run(old_start + step.src_start, new_start + step.dest_start, length)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Join runs that follow each other on both sides."""
    held: Run | None = None
    for run in runs:
        if held is not None and (held.old_stop, held.new_stop) == (run.old, run.new):
            held = Run(held.old, held.new, held.length + run.length)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held
