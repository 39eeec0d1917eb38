"""A claimed figure against the figure a source gives: within, outside by how much, or neither."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from claims import comparison_wording as wording
from claims.figures import Comparator, Quantity
from claims.intervals import (
    Interval,
    comparator_of,
    half_unit,
    in_base,
    interval,
    last_digit_unit,
    stated_number,
)
from claims.policy import Policy
from claims.scope import Aspect, Scope, compare_scope
from claims.units import EXACT, Unit, from_base, to_base, unit
from sources.columns import Words

ROUNDED: Final = frozenset({Comparator.EXACTLY, Comparator.ABOUT})
"""Comparators whose ends come from rounding or from a width, not from a stated bound."""


class Outcome(StrEnum):
    """What the source does to the claimed number."""

    WITHIN = "within"
    OUTSIDE = "outside"
    COMPATIBLE_LESS_PRECISE = "compatible_less_precise"
    NOT_COMPARABLE = "not_comparable"


class Reason(StrEnum):
    """Why two figures cannot be compared. The population counted is part of the basis."""

    NO_NUMBER = "no_number"
    UNIT = "unit"
    CHANGE_KIND = "change_kind"
    OBSERVATION_STATUS = "observation_status"
    PERIOD = "period"
    SUBJECT = "subject"
    GEOGRAPHY = "geography"
    BASIS = "basis"


class Rule(StrEnum):
    """Which rule gave the answer."""

    WITHIN = "within"
    COARSER = "coarser"
    CAVEAT = "caveat"
    OUTSIDE = "outside"
    OUTSIDE_TRUNCATED = "outside_truncated"
    OUTSIDE_ROUNDED = "outside_rounded"
    NO_NUMBER = "no_number"
    SCOPE = "scope"
    UNIT_UNSTATED = "unit_unstated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer. Intervals and ``gap`` are in the claimed unit.

    ``gap`` is how far the source's stated number (or, where it states a bound or a range, its
    interval) lies from the claimed interval: positive above, negative below in ``offset``, and
    without sign in ``gap``; 0 if it touches; None unless the outcome is outside. ``caveats`` are
    what one side does not state or what cannot be told apart.
    """

    outcome: Outcome
    rule: Rule
    sentence: Words
    reason: Reason | None = None
    gap: Decimal | None = None
    offset: Decimal | None = None
    caveats: tuple[Aspect, ...] = ()
    claimed: Interval | None = None
    evidence: Interval | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two figures with their intervals, and the evidence's also in the claimed unit's terms."""

    claimed: Quantity
    evidence: Quantity
    policy: Policy
    scope: Scope
    ours: Interval
    theirs: Interval
    our_unit: Unit | None
    their_unit: Unit | None


def compare(claimed: Quantity, evidence: Quantity, policy: Policy) -> Comparison:
    """Compare a claimed figure with the figure a source gives, by intervals.

    Source: XBRL Calculations 1.1, where two facts agree if the intervals their precision allows
    overlap; newsroom practice decides the rest (``tests/claims/comparison_cases.toml``).
    """
    ours, theirs = interval(claimed, policy), interval(evidence, policy)
    scope = compare_scope(claimed, evidence, policy)
    if ours is None or theirs is None:
        sentence = wording.no_number(claimed_states_one=ours is not None)
        return _incomparable(Reason.NO_NUMBER, Rule.NO_NUMBER, sentence, scope, ours)
    if scope.differs is not None:
        sentence = wording.different(scope.differs, claimed, evidence)
        return _incomparable(Reason(scope.differs.value), Rule.SCOPE, sentence, scope, ours)
    both_stated = Aspect.UNIT not in scope.caveats
    our_unit = unit(claimed.unit) if both_stated else None
    their_unit = unit(evidence.unit) if both_stated else None
    pair = _Pair(claimed, evidence, policy, scope, ours, theirs, our_unit, their_unit)
    return _compare_numbers(pair)


def _incomparable(
    reason: Reason, rule: Rule, sentence: Words, scope: Scope, ours: Interval | None
) -> Comparison:
    """Answer that the two cannot be compared, and why."""
    return Comparison(
        Outcome.NOT_COMPARABLE,
        rule,
        wording.with_caveats(sentence, scope.caveats),
        reason=reason,
        caveats=scope.caveats,
        claimed=ours,
    )


def _compare_numbers(pair: _Pair) -> Comparison:
    """Compare the intervals of two figures that speak of the same thing."""
    ours, theirs = in_base(pair.ours, pair.our_unit), in_base(pair.theirs, pair.their_unit)
    shared = ours.intersection(theirs)
    if shared is None or _only_a_tie(pair, ours, theirs, shared):
        return _outside(pair, ours, theirs)
    agrees = ours.encloses(theirs) or _rounds_into(pair, ours, theirs)
    if agrees and not pair.scope.caveats:
        return _answer(pair, Outcome.WITHIN, Rule.WITHIN, theirs)
    rule = Rule.CAVEAT if agrees else Rule.COARSER
    return _answer(pair, Outcome.COMPATIBLE_LESS_PRECISE, rule, theirs)


def _only_a_tie(pair: _Pair, ours: Interval, theirs: Interval, shared: Interval) -> bool:
    """Tell whether two widths merely touch: 18.3 and 18.4 share 18.35, and are two numbers.

    A bound that was stated itself (5 to 10 against 10 to 12) is shared in earnest.
    """
    if not shared.is_point or ours.is_point or theirs.is_point:
        return False
    return bool({comparator_of(pair.claimed), comparator_of(pair.evidence)} & ROUNDED)


def _rounds_into(pair: _Pair, ours: Interval, theirs: Interval) -> bool:
    """Tell whether the source's number is allowed, and at least as precise as the claim's."""
    stated = _evidence_number(pair)
    if stated is None or comparator_of(pair.evidence) is not Comparator.EXACTLY:
        return False
    if not ours.contains(stated):
        return False
    return ours.width is None or (theirs.width or Decimal(0)) <= ours.width


def _evidence_number(pair: _Pair) -> Decimal | None:
    """Return the source's stated number in the base unit; None for a range."""
    stated = stated_number(pair.evidence)
    if stated is None or pair.their_unit is None:
        return stated
    return to_base(stated, pair.their_unit)


def _outside(pair: _Pair, ours: Interval, theirs: Interval) -> Comparison:
    """Answer that the source's number is not the claimed one, and by how much."""
    if Aspect.UNIT in pair.scope.caveats:
        sentence = wording.unit_unstated(pair.claimed, pair.evidence)
        return _incomparable(Reason.UNIT, Rule.UNIT_UNSTATED, sentence, pair.scope, pair.ours)
    stated = _evidence_number(pair)
    if stated is not None and comparator_of(pair.evidence) in ROUNDED:
        offset = ours.offset(Interval(stated, stated))
    else:
        offset = ours.offset(theirs)
    offset = offset if pair.our_unit is None else from_base(offset, pair.our_unit)
    return _answer(pair, Outcome.OUTSIDE, _near_miss(pair, stated), theirs, offset)


def _near_miss(pair: _Pair, stated: Decimal | None) -> Rule:
    """Name the habit that explains a number just outside: cutting decimals, or round counts."""
    printed = stated_number(pair.claimed)
    if printed is None or stated is None or comparator_of(pair.claimed) is not Comparator.EXACTLY:
        return Rule.OUTSIDE
    number = stated if pair.our_unit is None else from_base(stated, pair.our_unit)
    step = EXACT.multiply(half_unit(pair.claimed, pair.policy), Decimal(2))
    away = EXACT.subtract(number.copy_abs(), printed.copy_abs())
    same_sign = (number < 0) == (printed < 0)
    if step and same_sign and 0 < away < step:
        return Rule.OUTSIDE_TRUNCATED
    place = last_digit_unit(printed, pair.claimed)
    miss = EXACT.subtract(number, printed).copy_abs()
    if place > max(step, Decimal(1)) and EXACT.multiply(miss, Decimal(2)) <= place:
        return Rule.OUTSIDE_ROUNDED
    return Rule.OUTSIDE


def _answer(
    pair: _Pair, outcome: Outcome, rule: Rule, theirs: Interval, offset: Decimal | None = None
) -> Comparison:
    """Put an answer about comparable numbers together."""
    if pair.our_unit is not None:
        our_unit = pair.our_unit
        theirs = theirs.mapped(lambda number: from_base(number, our_unit))
    facts = wording.Facts(pair.claimed, pair.evidence, pair.ours, theirs, pair.scope.caveats)
    return Comparison(
        outcome,
        rule,
        wording.sentence_of(rule.value, facts, offset),
        gap=None if offset is None else offset.copy_abs(),
        offset=offset,
        caveats=pair.scope.caveats,
        claimed=pair.ours,
        evidence=theirs,
    )
