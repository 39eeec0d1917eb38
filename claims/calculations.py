"""Evidence that is calculated: a formula over other figures, whose result follows them."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from sqlalchemy.orm import Session

from claims.errors import DeskError, Refused
from claims.figures import Comparator, StatedFigure
from claims.formulas import Formula, read_formula
from claims.handles import figures_by_handle, measured_by_handle
from claims.intervals import Interval
from claims.measured import Measured, dimension_of, in_unit
from claims.models import Claim, Evidence, Figure
from claims.policy import current_policy
from claims.typed_figures import TypedFigure
from claims.typed_refusals import MOST_DIGITS
from claims.units import EXACT, Unit, unit
from claims.wording import interval_words

DECIMALS: Final = Decimal("1e-10")
"""Results are kept to ten decimals, rounded outwards so that nothing allowed is left out."""


def recalculate(session: Session, claim: Claim) -> None:
    """Calculate anew what follows from figures of the claim and of its evidence.

    What cannot be calculated any more, because a figure was removed or an item withdrawn, gives
    no figure, and so does not count.
    """
    for item in claim.evidence:
        if item.formula is None or item.withdrawn_by is not None:
            continue
        target = next(iter(item.addresses), None) if len(item.targets) == 1 else None
        try:
            found = result(claim, read_formula(item.formula), item.number, target)
        except DeskError:
            found = None
        if found is None:
            item.figure = None
        else:
            _keep(item, found)
    session.flush()


def _keep(item: Evidence, found: TypedFigure) -> None:
    row = item.figure or Figure(number=1, created_by=item.created_by)
    for name, value in {"stated_text": found.text, **stated(found)}.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    item.figure = row


def stated(found: StatedFigure) -> dict[str, object]:
    """The columns of a figure's row."""
    return {name: getattr(found, name) for name in StatedFigure.__slots__}


def result(
    claim: Claim, formula: Formula, before: int | None, target: Figure | None
) -> TypedFigure:
    """Return what a formula comes to, as a figure about what the target is about.

    Raises Refused, field ``formula``, where it comes to nothing.
    """
    policy = current_policy()
    found = formula.measured(measured_by_handle(claim, policy, before))
    written = _unit(claim, formula, found, target)
    told = found.interval if written is None else in_unit(found, written)
    kept = _rounded(told)
    words = interval_words(kept, written.symbol if written else None)
    tongue = claim.article.language.split("-", maxsplit=1)[0]
    comparator, low, high = _bounds(kept)
    return TypedFigure(
        text=words.get(tongue) or words["en"],
        comparator=comparator,
        low=low,
        high=high,
        low_inclusive=kept.low_inclusive,
        high_inclusive=kept.high_inclusive,
        unit=written.symbol if written else None,
        period=target.period if target else None,
        subject=target.subject if target else None,
        measure=target.measure if target else None,
        geography=target.geography if target else None,
        basis=target.basis if target else None,
        change_kind=target.change_kind if target else None,
    )


def _unit(claim: Claim, formula: Formula, found: Measured, target: Figure | None) -> Unit | None:
    """The unit of the target, else of the first input, that measures what was calculated."""
    rows = figures_by_handle(claim)
    named = [rows[name].unit for name in formula.handles if name in rows]
    for symbol in (target.unit if target else None, *named):
        written = unit(symbol)
        fits = found.dimension is None or (
            written is not None and dimension_of(written) == found.dimension
        )
        if written is not None and fits:
            return written
    return unit("%") if found.dimension == frozenset() else None


def _rounded(found: Interval) -> Interval:
    low = None if found.low is None else _outward(found.low, ROUND_FLOOR)
    high = None if found.high is None else _outward(found.high, ROUND_CEILING)
    if low is None and high is None:
        raise _nothing()
    return Interval(low, high, found.low_inclusive, found.high_inclusive)


def _outward(number: Decimal, rounding: str) -> Decimal:
    if number.adjusted() >= MOST_DIGITS:
        raise _nothing()
    kept = (
        EXACT.quantize(number, DECIMALS)
        if number == 0
        else number.quantize(DECIMALS, rounding=rounding, context=EXACT)
    )
    return Decimal(f"{kept.normalize(EXACT):f}")


def _bounds(kept: Interval) -> tuple[Comparator, Decimal | None, Decimal | None]:
    if kept.high is None:
        return (Comparator.AT_LEAST if kept.low_inclusive else Comparator.OVER), kept.low, None
    if kept.low is None:
        return (Comparator.AT_MOST if kept.high_inclusive else Comparator.UNDER), None, kept.high
    return Comparator.RANGE, kept.low, kept.high


def _nothing() -> Refused:
    return Refused(
        "formula_nothing",
        {
            "zh": "这个算式没有可用的结果：除数可能为零，或结果太大。",
            "en": "The formula comes to nothing of use: a divisor may be zero, or it is too large.",
        },
        "formula",
    )
