"""Comparing a page with its former self for one passage: same, moved, reworded, changed or gone.

The search is the one by which claims are carried from version to version; only the question is
another one. A claim must know *its* place among several; a source must merely still say it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz

from claims.anchors import sentence
from claims.reanchoring import Found, Passage, Reanchoring
from claims.reanchoring.figures import DATES
from claims.reanchoring.search import ALIKE, SHORT
from claims.vocabulary import AnchorState, Watched
from claims.watching.folding import Folded, folded

Span = tuple[int, int]
STATES = {
    AnchorState.EXACT: Watched.SAME,
    AnchorState.MOVED: Watched.MOVED,
    AnchorState.REWORDED: Watched.REWORDED,
    AnchorState.FIGURE_CHANGED: Watched.FIGURE_CHANGED,
}
TELLING = 2 * SHORT
"""Letters from which the same words in several places are one statement, wherever it is read."""
MOST_PLACES = 20
"""A quote that stands in more places than this is nothing to be looked for."""


@dataclass(frozen=True, slots=True)
class Stood:
    """What became of a quote; spans are code points of the two texts, ends exclusive.

    ``was`` is None where the old text does not hold the quote: then the quote itself was compared.
    ``places`` are those between which a person must choose. A passage that is gone may have
    ``new_words``: what stands in its place.
    """

    outcome: Watched
    was: Span | None
    now: Span | None
    old_words: str
    new_words: str | None = None
    places: tuple[Span, ...] = ()


class Looking:
    """A page as it was kept and as it is now, in which any number of quotes is looked for."""

    def __init__(self, old: str | None, new: str, language: str) -> None:
        self.old, self.new, self.language = old or "", new, language

    @cached_property
    def carried(self) -> Reanchoring:
        """The two texts, laid beside each other once."""
        return Reanchoring(self.old, self.new, self.language)

    @cached_property
    def _before(self) -> Folded:
        return Folded(self.old)

    @cached_property
    def _after(self) -> Folded:
        return Folded(self.new)

    def at(self, quote: str, near: int | None = None) -> Stood:
        """Say what became of a quote; ``near`` is its place in the old text, where one is known."""
        words = quote.strip()
        spans = self._stood(words)
        if near is not None and len(spans) > 1:
            spans = [min(spans, key=lambda span: abs(span[0] - near))]
        if not spans:
            return self._by_words_alone(words)
        return _agreed([self._from(span) for span in spans])

    def _stood(self, words: str) -> Sequence[Span]:
        """Where the old text holds the quote: letter by letter, by its typography, or nearly."""
        exact = list(_occurrences(self.old, words))
        if exact or not words:
            return exact[:MOST_PLACES]
        loosely = list(self._before.spans(folded(words)))
        if loosely or len(words) < SHORT:
            return loosely[:MOST_PLACES]
        found = fuzz.partial_ratio_alignment(words, self.old, score_cutoff=100 * ALIKE)
        if found is None or found.dest_start >= found.dest_end:
            return []
        span = (found.dest_start, found.dest_end)
        within = Reanchoring(words, self.old, self.language)
        said = within.judged(Passage(0, len(words)), span, AnchorState.REWORDED)
        return [span] if said.state is AnchorState.REWORDED else []

    def _from(self, span: Span) -> Stood:
        """What became of one stretch of the old text."""
        passage = Passage(*span, self._dates(span))
        unmoved = self.carried.unmoved(passage)
        if unmoved is not None:
            return self._told(span, unmoved)
        found = self.carried.find(passage)
        if found.state is AnchorState.MOVED or found.candidates:
            # A note that says what used to stand here must not hide what stands here now.
            instead = self.carried.instead(passage)
            if instead is not None and instead.state is AnchorState.FIGURE_CHANGED:
                return self._told(span, instead)
        if found.candidates:
            return self._anywhere(span, found.candidates)
        if found.state is AnchorState.FIGURE_CHANGED:
            return self._told(span, found)
        if found.state is AnchorState.MOVED or found.state is AnchorState.EXACT:
            return self._told(span, found)
        loose = self._set_otherwise(span)
        if loose is None and found.span is None:
            loose = self._same_figures(span)
        return loose or self._told(span, found)

    def _dates(self, span: Span) -> tuple[Span, ...]:
        """The dates of the sentence outside the quote: with another year it is another figure."""
        return tuple(
            (found.core_start, found.core_end)
            for found in self.carried.before.inside(*sentence(self.old, *span))
            if found.kind.startswith(DATES)
            and found.period
            and not span[0] <= found.core_start < span[1]
        )

    def _set_otherwise(self, span: Span) -> Stood | None:
        """The same letters in other typography, if they stand somewhere."""
        letters = folded(self.old[slice(*span)])
        places = tuple(islice(self._after.spans(letters), MOST_PLACES))
        return self._anywhere(span, places) if places else None

    def _same_figures(self, span: Span) -> Stood | None:
        """Quite other words where the passage stood, with all of its figures and no other ones."""
        found = self.carried.same_figures(Passage(*span))
        return self._told(span, found) if found is not None else None

    def _anywhere(self, span: Span, places: tuple[Span, ...]) -> Stood:
        """The same words in one place or several: moved, unless nobody can tell which they are."""
        judged = [self.carried.judged(Passage(*span), place, AnchorState.MOVED) for place in places]
        told = [self._told(span, found) for found in judged]
        if len(places) == 1 or (len({one.outcome for one in told}) == 1 and self._telling(span)):
            return told[0]
        words = self.old[slice(*span)]
        return Stood(Watched.UNCLEAR, span, None, words, places=places)

    def _telling(self, span: Span) -> bool:
        return span[1] - span[0] >= TELLING

    def _told(self, span: Span, found: Found) -> Stood:
        old = self.old[slice(*span)]
        if found.span is None:
            place = self.carried.place(Passage(*span))
            return Stood(Watched.GONE, span, None, old, self.new[slice(*place)] if place else None)
        return Stood(STATES[found.state], span, found.span, old, self.new[slice(*found.span)])

    def _by_words_alone(self, words: str) -> Stood:
        """A quote of which no old text is kept: only its own words and figures can be compared."""
        alone, whole = Looking(words, self.new, self.language), (0, len(words))
        found = [
            alone._told(whole, alone.carried.judged(Passage(*whole), place, AnchorState.EXACT))
            for place in _occurrences(self.new, words)[:MOST_PLACES]
        ]
        return replace(_agreed(found or [alone._from(whole)]), was=None)


def _agreed(found: Sequence[Stood]) -> Stood:
    """The one answer where all places of a quote give it; else a person must look."""
    first = found[0]
    if len({one.outcome for one in found}) == 1:
        return first
    places = tuple(one.now for one in found if one.now is not None)
    return Stood(Watched.UNCLEAR, first.was, None, first.old_words, places=places)


def _occurrences(text: str, words: str) -> Sequence[Span]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found
