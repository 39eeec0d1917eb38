"""The search itself: the same words in place, elsewhere, in other words, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from claims.anchors import CONTEXT, sentence
from claims.reanchoring.figures import Meaning, Read
from claims.reanchoring.passage import Passage, Span
from claims.text_changes import Changes
from claims.vocabulary import AnchorState

ALIKE = 0.80
"""How alike words must be to be the same statement in other words (1 is equal)."""
SHORT = 12
"""Quotes shorter than this stand in too many places to be known by their words alone."""
FEWEST = 4
"""Fewer letters of context than this agree with too much."""
FAR = 200
"""The most letters that a passage's image may hold more than twice its own length."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands now; ``candidates`` are places between which a person must choose."""

    state: AnchorState
    span: Span | None
    candidates: tuple[Span, ...] = ()


ORPHAN = Found(AnchorState.ORPHANED, None)


class Reanchoring:
    """Two versions of one text, read once, between which any number of passages is carried."""

    def __init__(self, old: str, new: str, language: str) -> None:
        self.old, self.new, self.language = old, new, language
        self.changes = Changes(old, new)

    @cached_property
    def before(self) -> Read:
        """The old text with its figures."""
        return Read(self.old, self.language)

    @cached_property
    def after(self) -> Read:
        """The new text with its figures."""
        return Read(self.new, self.language)

    def unmoved(self, passage: Passage) -> Found | None:
        """The same words where they were, whatever else says the same by now; else None.

        Few words that stand elsewhere too are known by what stands beside them.
        """
        kept, length = self.changes.kept(*passage.span), passage.stop - passage.start
        if kept is None:
            return None
        place = (kept, kept + length)
        if length < SHORT and not self._agreement(passage, place) and self._new_places(passage):
            return None
        return self.judged(passage, place, AnchorState.EXACT)

    def place(self, passage: Passage) -> Span | None:
        """Where something stands now that came into the place of a passage; else None."""
        place = _trimmed(self.new, *self.changes.tight_image(*passage.span))
        longest = 2 * (passage.stop - passage.start) + FAR
        return place if 0 < place[1] - place[0] <= longest else None

    def instead(self, passage: Passage) -> Found | None:
        """What stands in the place of a passage that has gone from it, if it is like it."""
        place = self.place(passage)
        if place is None or not self._alike(passage, place):
            return None
        return self.judged(passage, place, AnchorState.REWORDED)

    def same_figures(self, passage: Passage) -> Found | None:
        """What stands in the place of a passage in other words, with the very same figures."""
        place, said = self.place(passage), self._figures(passage)
        if place is None or not said or said != self.after.meanings(*place):
            return None
        return Found(AnchorState.REWORDED, place)

    def find(self, passage: Passage) -> Found:
        """Carry one passage over; its figures are compared wherever it is found."""
        kept = self.changes.kept(*passage.span)
        if kept is not None:
            return self._in_place(passage, (kept, kept + passage.stop - passage.start))
        moved = self._moved(passage)
        if moved is not None:
            return moved
        return self._reworded(passage)

    def _in_place(self, passage: Passage, place: Span) -> Found:
        """The same words where they were, unless they now stand elsewhere with as good a right."""
        rivals = [other for other in self._new_places(passage) if other != place]
        agreement = self._agreement(passage, place) if rivals else 0
        equal = [other for other in rivals if self._agreement(passage, other) >= agreement]
        if equal:
            return Found(AnchorState.ORPHANED, None, (place, *equal))
        return self.judged(passage, place, AnchorState.EXACT)

    def judged(self, passage: Passage, place: Span, state: AnchorState) -> Found:
        """Lower a state to *figure changed* where the figures no longer say the same."""
        same = self._figures(passage) == self.after.meanings(*place)
        if same and self._relied_on(passage, place):
            return Found(state, place)
        return Found(AnchorState.FIGURE_CHANGED, place)

    def _figures(self, passage: Passage) -> list[Meaning]:
        return self.before.meanings(*passage.span)

    def _relied_on(self, passage: Passage, place: Span) -> bool:
        """Whether the figures outside the quote still say what they said, where they stand now."""
        for span in passage.also:
            said = self.before.covering(span)
            image = self.changes.tight_image(*span)
            if self.after.covering(image) != said and not self._beside(place, said):
                return False
        return True

    def _beside(self, place: Span, said: list[Meaning]) -> bool:
        """Whether the sentence around a passage says these figures (it moved as a whole)."""
        around = self.after.meanings(*sentence(self.new, *place))
        return bool(said) and all(item in around for item in said)

    def _moved(self, passage: Passage) -> Found | None:
        """The same words elsewhere, in a part of the text that is new there."""
        places = self._new_places(passage)
        if not places:
            return None
        agreeing = [place for place in places if self._agreement(passage, place)]
        if len(agreeing) == 1:
            return self.judged(passage, agreeing[0], self._elsewhere(passage, agreeing[0]))
        if len(places) == 1 and passage.stop - passage.start >= SHORT:
            return self.judged(passage, places[0], self._elsewhere(passage, places[0]))
        return Found(AnchorState.ORPHANED, None, tuple(agreeing or places))

    def _elsewhere(self, passage: Passage, place: Span) -> AnchorState:
        """*Exact* for the same words in the same sentence, *moved* for any other place."""
        low, high = self.changes.image(*passage.span)
        return AnchorState.EXACT if low <= place[0] and place[1] <= high else AnchorState.MOVED

    def _new_places(self, passage: Passage) -> list[Span]:
        """Where the quote's words stand in the new text and are not another passage's old words."""
        quote = self.old[passage.start : passage.stop]
        return [place for place in _occurrences(self.new, quote) if not self.changes.taken(*place)]

    def _agreement(self, passage: Passage, place: Span) -> int:
        """On how many sides, 0 to 2, the words beside a place are those that stood there before."""
        before = self.old[max(0, passage.start - CONTEXT) : passage.start]
        after = self.old[passage.stop : passage.stop + CONTEXT]
        now_before = self.new[max(0, place[0] - CONTEXT) : place[0]]
        now_after = self.new[place[1] : place[1] + CONTEXT]
        return _same_tail(before, now_before) + _same_tail(after[::-1], now_after[::-1])

    def _reworded(self, passage: Passage) -> Found:
        """The place that the words around point to, if what stands there is like the quote."""
        for place in self._likely(passage):
            if self._alike(passage, place):
                return self.judged(passage, place, AnchorState.REWORDED)
        return ORPHAN

    def _likely(self, passage: Passage) -> Iterator[Span]:
        """Yield where the passage may stand now, the surest place first."""
        length = passage.stop - passage.start
        for place in (self.changes.tight_image(*passage.span), self.changes.image(*passage.span)):
            trimmed = _trimmed(self.new, *place)
            if trimmed[0] < trimmed[1] <= trimmed[0] + 2 * length + FAR:
                yield trimmed
        yield from self._like(passage)

    def _like(self, passage: Passage) -> Iterator[Span]:
        """Yield the most similar stretch of the new text, if it is new there."""
        quote = self.old[passage.start : passage.stop]
        if len(quote) < SHORT:
            return
        found = fuzz.partial_ratio_alignment(quote, self.new, score_cutoff=100 * ALIKE)
        if found is None:
            return
        # The alignment clips letters at both ends: widen to what the sentence holds; and where it
        # reaches into a neighbouring sentence, take the one in its middle.
        middle = (found.dest_start + found.dest_end) // 2
        for start, stop in ((found.dest_start, found.dest_end), (middle, middle + 1)):
            place = self._widened(start, stop, len(quote))
            if not self.changes.taken(*place):
                yield place

    def _widened(self, start: int, stop: int, length: int) -> Span:
        low, high = sentence(self.new, start, stop)
        if high - low <= length + 2 * SHORT:
            return _trimmed(self.new, low, high)
        return _trimmed(self.new, start, stop)

    def _alike(self, passage: Passage, place: Span) -> bool:
        """Whether two stretches are one statement: as printed, or with the figures left out."""
        quote, now = self.old[passage.start : passage.stop], self.new[place[0] : place[1]]
        if Indel.normalized_similarity(quote, now) >= ALIKE:
            return True
        said, says = self.before.masked(*passage.span), self.after.masked(*place)
        if Indel.normalized_similarity(said, says) >= ALIKE:
            return True
        # Every letter of the quote is still there: words were only put in between.
        put_in = len(now) - len(quote)
        return put_in <= FAR and LCSseq.similarity(quote, now) == len(quote)


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _same_tail(one: str, other: str) -> bool:
    """Whether two contexts end in the same words; an end of the text is context too."""
    size = min(len(one), len(other), SHORT)
    if size < FEWEST:
        return one == other
    return Indel.normalized_similarity(one[-size:], other[-size:]) >= ALIKE


def _trimmed(text: str, start: int, stop: int) -> Span:
    said = text[start:stop]
    return start + len(said) - len(said.lstrip()), stop - (len(said) - len(said.rstrip()))
