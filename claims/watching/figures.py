"""Which figures of a passage are others now: the printed ones before and after, side by side."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.comparison import compare
from claims.deltas import delta
from claims.policy import Policy
from claims.quantities import Quantity, read
from claims.reanchoring.figures import meaning
from claims.typed_figures import TypedFigure, read_typed
from claims.typed_refusals import FigureError
from sources.columns import Words

MOST = 12
"""Figures of one passage that are told apart; a table of more is read as a whole."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A figure as it was printed and as it is now; either is None where it stands alone."""

    old: str | None
    new: str | None

    def difference(self, policy: Policy) -> tuple[Words, Words] | None:
        """Say by how much the new figure differs, absolutely and in per cent.

        None where one of the two cannot be read, or they cannot be compared.
        """
        before, after = self.figure_before, self.figure_now
        if before is None or after is None:
            return None
        found = delta(before, after, compare(before, after, policy))
        return (found.absolute_words, found.share_words) if found is not None else None

    @property
    def figure_before(self) -> TypedFigure | None:
        """The old figure; None where its print cannot be read as one."""
        return _figure(self.old)

    @property
    def figure_now(self) -> TypedFigure | None:
        """The new figure; None where its print cannot be read as one."""
        return _figure(self.new)


def replaced(old: str, new: str, language: str) -> list[Replaced]:
    """Return the figures of two passages that do not say the same, in their order."""
    before, after = read(old, language), read(new, language)
    said, says = [meaning(one) for one in before], [meaning(one) for one in after]
    found: list[Replaced] = []
    for tag, a, b, c, d in SequenceMatcher(None, said, says, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        found.extend(
            Replaced(_printed(before, a + at, b), _printed(after, c + at, d))
            for at in range(max(b - a, d - c))
        )
    return found[:MOST]


def _printed(found: list[Quantity], at: int, stop: int) -> str | None:
    return found[at].text if at < stop else None


def _figure(printed: str | None) -> TypedFigure | None:
    try:
        return read_typed(printed) if printed else None
    except FigureError:
        return None
