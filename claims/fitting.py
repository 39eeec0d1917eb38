"""What the figures of a passage say to the figures of a claim, before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from claims.comparison import Comparison, Outcome, compare
from claims.models import Figure
from claims.passage_figures import PassageFigure
from claims.policy import Policy
from claims.typed_figures import TypedFigure

RANKS: Final = {
    Outcome.WITHIN: 0,
    Outcome.COMPATIBLE_LESS_PRECISE: 1,
    Outcome.OUTSIDE: 2,
    Outcome.NOT_COMPARABLE: 3,
}
Fit = tuple[int, Decimal]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the claim, and what a source's figure does to it."""

    figure: Figure
    comparison: Comparison


def compared(
    given: TypedFigure, claimed: Sequence[Figure], policy: Policy, *, same_scope: bool = False
) -> list[Compared]:
    """Set a figure against each figure of the claim.

    ``same_scope`` says that it speaks of the same subject, measure and place as those.
    """
    return [
        Compared(figure, compare(figure, _about(given, figure) if same_scope else given, policy))
        for figure in claimed
    ]


def fitting(
    found: Sequence[PassageFigure], claimed: Sequence[Figure], policy: Policy
) -> PassageFigure | None:
    """Return the figure of a passage that speaks to the claim's figures; None where none does.

    The only figure of a passage is meant in any case. Of several, the one that shows the claimed
    number comes first, then the nearest that can be compared with it; the first of equals.
    """
    if len(found) == 1:
        return found[0]
    fits = [(_fit(one.figure, claimed, policy), one) for one in found]
    best = min((fit for fit, _ in fits), default=None)
    if best is None or best[0] == RANKS[Outcome.NOT_COMPARABLE]:
        return None
    return next(one for fit, one in fits if fit == best)


def _fit(given: TypedFigure, claimed: Sequence[Figure], policy: Policy) -> Fit:
    """How well a figure fits: by the best answer it gives, then by how near it is."""
    answers = [compare(figure, _about(given, figure), policy) for figure in claimed]
    fits = [(RANKS[one.outcome], one.gap or Decimal(0)) for one in answers]
    return min(fits, default=(RANKS[Outcome.NOT_COMPARABLE], Decimal(0)))


def _about(given: TypedFigure, figure: Figure) -> TypedFigure:
    return replace(
        given,
        subject=figure.subject,
        measure=figure.measure,
        geography=figure.geography,
        change_kind=given.change_kind or figure.change_kind,
    )
