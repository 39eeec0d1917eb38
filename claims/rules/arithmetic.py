"""Arithmetic inside a claim: a stated change, share or sum against the figures beside it.

Every check calculates with what the printed figures allow, so that honest rounding never hits:
from 15 to 18 is a growth of between 17.2 and 22.8 per cent, and 20 % is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.figures import ChangeKind, Role
from claims.interval_arithmetic import add, divide, multiply, negate, point, subtract
from claims.intervals import Interval, in_base, interval
from claims.models import Claim, Figure
from claims.policy import Policy
from claims.rules.hit import Hit
from claims.units import from_base, unit
from claims.vocabulary import RelationKind, Severity
from claims.wording import interval_words, stated_words
from sources.columns import Words

HUNDRED: Final = point(Decimal(100))
ONE: Final = point(Decimal(1))
NONE: Final = point(Decimal(0))
CHANGES: Final = frozenset(
    {ChangeKind.ABSOLUTE, ChangeKind.PERCENT, ChangeKind.PERCENTAGE_POINTS, ChangeKind.TIMES}
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Where a quantity started and where it ended, in the base unit that both share."""

    start: Interval
    end: Interval
    unit: str | None


def arithmetic(claim: Claim, policy: Policy) -> Iterator[Hit]:
    """Yield every stated result that the figures beside it do not allow."""
    yield from _changes(claim, policy)
    yield from _shares(claim, policy)
    yield from _sums(claim, policy)


def _changes(claim: Claim, policy: Policy) -> Iterator[Hit]:
    pairs = pairs_of(claim, policy)
    for figure in claim.figures:
        if figure.change_kind not in CHANGES or figure.role in {Role.FROM, Role.TO}:
            continue
        pair = _pair_for(claim, figure, pairs)
        stated = interval(figure, policy)
        if pair is None or stated is None:
            continue
        allowed = [_upright(found) for found in _results(figure, pair)]
        if allowed and not any(found.overlaps(_upright(stated)) for found in allowed):
            yield _contradicted(figure, allowed[0])


def pairs_of(claim: Claim, policy: Policy) -> dict[str, Pair]:
    """Return the from-to pairs of a claim whose two ends can be set against each other."""
    ends: dict[str, dict[Role, Figure]] = {}
    for figure in claim.figures:
        if figure.pair and figure.role in {Role.FROM, Role.TO}:
            ends.setdefault(figure.pair, {})[figure.role] = figure
    found = {name: _pair(both, policy) for name, both in ends.items()}
    return {name: pair for name, pair in found.items() if pair is not None}


def _pair(ends: dict[Role, Figure], policy: Policy) -> Pair | None:
    first, last = ends.get(Role.FROM), ends.get(Role.TO)
    if first is None or last is None:
        return None
    start, end = _in_base(first, policy), _in_base(last, policy)
    one, other = unit(first.unit), unit(last.unit)
    if start is None or end is None or (one and one.family) != (other and other.family):
        return None
    return Pair(start, end, last.unit)


def _in_base(figure: Figure, policy: Policy) -> Interval | None:
    found = interval(figure, policy)
    return None if found is None else in_base(found, unit(figure.unit))


def _pair_for(claim: Claim, figure: Figure, pairs: dict[str, Pair]) -> Pair | None:
    """The pair that a change speaks of: the related one, else the only one."""
    related = {
        relation.to_figure.pair
        for relation in claim.relations
        if relation.kind is RelationKind.CHANGE_OF and relation.from_figure_id == figure.id
    }
    for name in related:
        if name in pairs:
            return pairs[name]
    return next(iter(pairs.values())) if len(pairs) == 1 and not related else None


def _results(figure: Figure, pair: Pair) -> list[Interval]:
    """What the change may be, in the change's own unit; several readings where words leave them."""
    difference = subtract(pair.end, pair.start)
    quotient = divide(pair.end, pair.start)
    if figure.change_kind is ChangeKind.PERCENT:
        return [multiply(subtract(quotient, ONE), HUNDRED)]
    if figure.change_kind is ChangeKind.TIMES:
        # 增长1.5倍 adds one and a half times, 是1.5倍 is one and a half times in all.
        return [subtract(quotient, ONE), quotient]
    if figure.change_kind is ChangeKind.PERCENTAGE_POINTS:
        return [difference] if pair.unit == "%" else []
    own, shared = unit(figure.unit), unit(pair.unit)
    if own is None or shared is None or own.family != shared.family:
        return []
    return [difference.mapped(lambda number: from_base(number, own))]


def _upright(found: Interval) -> Interval:
    """A fall and its size are stated alike: an interval below zero is turned over."""
    return negate(found) if found.high is not None and found.high <= 0 else found


def _contradicted(figure: Figure, allowed: Interval) -> Hit:
    said, follows = stated_words(figure), interval_words(allowed, figure.unit)
    return _hit(
        "arithmetic",
        {
            "zh": f"文中写“{figure.stated_text}”（{said['zh']}），由同一论断的其他数据算出的是"
            f" {follows['zh']}。",
            "en": f"The text says “{figure.stated_text}” ({said['en']}); the claim's other figures"
            f" give {follows['en']}.",
        },
        figure,
    )


def _hit(code: str, message: Words, figure: Figure | None = None) -> Hit:
    return Hit(code, Severity.MANDATORY, message, figure.number if figure else None)


def _related(claim: Claim, kind: RelationKind) -> dict[Figure, list[Figure]]:
    """The figures on which others depend, each with those that depend on it."""
    found: dict[Figure, list[Figure]] = {}
    for relation in claim.relations:
        if relation.kind is kind:
            found.setdefault(relation.to_figure, []).append(relation.from_figure)
    return found


def _shares(claim: Claim, policy: Policy) -> Iterator[Hit]:
    """A share of a whole, where the claim also says the one part that it is the share of."""
    parts = _related(claim, RelationKind.PART_OF)
    for whole, shares in _related(claim, RelationKind.SHARE_OF).items():
        total, found = _in_base(whole, policy), parts.get(whole, [])
        part = _in_base(found[0], policy) if len(found) == 1 else None
        if total is None or part is None:
            continue
        allowed = multiply(divide(part, total), HUNDRED)
        for share in shares:
            stated = interval(share, policy)
            if stated is not None and share.unit == "%" and not allowed.overlaps(stated):
                yield _contradicted(share, allowed)


def _sums(claim: Claim, policy: Policy) -> Iterator[Hit]:
    """Parts that are together more than their whole, and shares of one whole above a hundred."""
    for whole, parts in _related(claim, RelationKind.PART_OF).items():
        total = _in_base(whole, policy)
        if total is not None:
            yield from _exceeding(whole, [_in_base(part, policy) for part in parts], total)
    for whole, shares in _related(claim, RelationKind.SHARE_OF).items():
        found = [interval(share, policy) for share in shares if share.unit == "%"]
        yield from _exceeding(whole, found, HUNDRED)


def _exceeding(whole: Figure, parts: list[Interval | None], total: Interval) -> Iterator[Hit]:
    """Yield a hit where even the smallest parts come to more than the largest whole."""
    together = NONE
    for part in parts:
        if part is not None:
            together = add(together, part)
    if total.high is not None and together.low is not None and together.low > total.high:
        sum_words = interval_words(together)
        yield _hit(
            "parts_exceed_whole",
            {
                "zh": f"各部分合计 {sum_words['zh']}，超过整体“{whole.stated_text}”。",
                "en": f"The parts come to {sum_words['en']}, more than the whole"
                f" “{whole.stated_text}”.",
            },
            whole,
        )
