"""How many claims each further narrowing of the queue would leave, counted in one statement.

A facet is counted under the filters of all other groups, not of its own: that is what following
its link shows. Each claim is looked at once, for all groups together.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from claims.models import Article, Claim, Contest, Finding
from claims.queries.flags import Flag, sign_off_void
from claims.queries.queue_filters import (
    NOBODY,
    Contested,
    Due,
    Filters,
    RoleTurn,
    View,
    conditions,
    due,
    role_turn,
)
from claims.queries.reliance import reliances
from claims.status import VerificationStatus
from claims.vocabulary import Severity, Stage
from sources.models import Source

COUNTED = 20_000
"""Claims that are counted, the newest: a list of them all never costs more than that."""
LISTED = 12
"""Articles, sources and people offered, those with the most claims first."""
ALL = "all"
WORDS: Mapping[str, Any] = {
    "status": VerificationStatus,
    "stage": Stage,
    "turn": RoleTurn,
    "due": Due,
}
"""The filters of which a claim has one value."""
YES: Mapping[str, Any] = {
    "contested": Contested,
    "severity": Severity,
    "flag": Flag,
    "view": [view for view in View if view is not View.ALL],
}
"""The filters of which a claim may have several."""


@dataclass(frozen=True)
class Counted:
    """The claims one value of a filter would leave; ``words`` name it where it is a row's key."""

    value: str
    number: int
    words: str | None = None


@dataclass(frozen=True)
class Facets:
    """The values of each filter with their counts; ``total`` is what the list itself has.

    ``everything`` is what it had without a view; ``whole`` is False where there are more claims
    than are counted.
    """

    groups: Mapping[str, list[Counted]] = field(default_factory=dict)
    total: int = 0
    everything: int = 0
    whole: bool = True

    def number(self, group: str, value: str) -> int:
        """How many claims a value would leave."""
        found = (one.number for one in self.groups.get(group, ()) if one.value == value)
        return next(found, 0)


def count_facets(session: Session, filters: Filters) -> Facets:
    """Return the counts beside a list; one statement."""
    active = tuple(sorted(filters.active.items()))
    statement = _statement(active, filters.signs, filters.settles)
    known = filters.known | {"most": COUNTED}
    groups: dict[str, list[Counted]] = defaultdict(list)
    for group, value, words, number in session.execute(statement, known):
        if value is not None and number:
            groups[group].append(Counted(value, number, words))
    totals = {one.value: one.number for one in groups.pop(ALL, ())}
    for found in groups.values():
        found.sort(key=lambda one: -one.number)
    return Facets(
        dict(groups), totals.get("list", 0), totals.get("everything", 0), "older" not in totals
    )


@lru_cache(maxsize=256)
def _statement(
    active: tuple[tuple[str, str], ...],
    signs: bool,  # noqa: FBT001 - a cache key
    settles: bool,  # noqa: FBT001 - a cache key
) -> Any:
    """Build the statement of a combination of filters once per process."""
    held = _held(dict(active), signs, settles)

    def under(group: str) -> list[ColumnElement[bool]]:
        """What the filters of the other groups ask."""
        return [held.c[f"in_{name}"] == 1 for name, _ in active if name != group]

    wanted = {
        (ALL, "list"): _number(under("")),
        (ALL, "everything"): _number(under("view")),
    }
    for group, kind in WORDS.items():
        for word in kind:
            met = held.c[group] == word.value
            wanted[group, word.value] = _number([met, *under(group)])
    for group, words in YES.items():
        for word in words:
            met = held.c[f"{group}_{word.name}"] == 1
            wanted[group, word.value] = _number([met, *under(group)])
    named = {f"n{at}": number for at, number in enumerate(wanted.values())}
    sums = select(*(number.label(name) for name, number in named.items()))
    once = sums.select_from(held).cte("sums")
    older = select(Claim.id).order_by(Claim.id.desc()).offset(bindparam("most")).limit(1)
    return union_all(
        select(literal(ALL), literal("older"), _no_words(), func.count()).select_from(
            older.subquery()
        ),
        *(
            select(literal(group), literal(value), _no_words(), once.c[name])
            for (group, value), name in zip(wanted, named, strict=True)
        ),
        _people(held, under("assignee")),
        _articles(held, under("article")),
        _sources(held, under("source")),
    )


def _number(asked: list[ColumnElement[bool]]) -> Any:
    """How many of the claims meet all of these conditions."""
    return func.count().filter(and_(*asked)) if asked else func.count()


def _held(active: Mapping[str, str], signs: bool, settles: bool) -> Any:  # noqa: FBT001 - what they may do
    """Every claim counted, with its value for each filter, and which of those asked it meets.

    A claim that fails two of them counts nowhere.
    """
    known = conditions(signs, settles)
    meets = {name: _one(known[condition]) for name, condition in active.items()}
    disputed, found = _disputed(), _found()
    columns = {
        "stage": Claim.stage,
        "status": Claim.verification_status,
        "turn": role_turn(),
        "due": due(),
        "contested_OPEN": _one(disputed.c.claim_id.is_not(None)),
        "contested_BLOCKING": func.coalesce(disputed.c.blocking, 0),
        **{f"severity_{one.name}": func.coalesce(found.c[one.name], 0) for one in Severity},
        "flag_VOID": _one(sign_off_void()),
        **{
            f"flag_{flag.name}": _one(and_(found.c[flag.name] == 1, Claim.stage != Stage.DROPPED))
            for flag in Flag
            if flag is not Flag.VOID
        },
        **{
            f"view_{view.name}": _one(known[f"view {view}"])
            for view in View
            if view is not View.ALL
        },
        **{f"in_{name}": condition for name, condition in meets.items()},
    }
    chosen: Any = (
        select(
            Claim.id,
            Claim.article_id,
            Claim.assignee,
            *(column.label(name) for name, column in columns.items()),
        )
        .join(Article, Article.id == Claim.article_id)
        .outerjoin(disputed, disputed.c.claim_id == Claim.id)
        .outerjoin(found, found.c.claim_id == Claim.id)
        .where(_newest())
    )
    if len(meets) > 1:
        chosen = chosen.where(sum(meets.values(), literal(0)) >= len(meets) - 1)
    return chosen.cte("held")


def _newest() -> ColumnElement[bool]:
    """Whether a claim is among those that are counted."""
    last = select(Claim.id).order_by(Claim.id.desc()).offset(bindparam("most")).limit(1)
    floor = last.correlate(None).scalar_subquery()
    return or_(floor.is_(None), Claim.id > floor)


def _disputed() -> Any:
    """The claims with an open contest, and whether one of them forbids the sign-off."""
    return (
        select(Contest.claim_id, func.max(_one(Contest.blocking)).label("blocking"))
        .where(Contest.outcome.is_(None))
        .group_by(Contest.claim_id)
        .subquery("disputed")
    )


def _found() -> Any:
    """The claims rules found something in: how grave, and whether it is one of the flags."""
    rules = [flag for flag in Flag if flag is not Flag.VOID]
    return (
        select(
            Finding.claim_id,
            *(func.max(_one(Finding.severity == one)).label(one.name) for one in Severity),
            *(func.max(_one(Finding.code == flag.value)).label(flag.name) for flag in rules),
        )
        .where(Finding.waived_by.is_(None))
        .group_by(Finding.claim_id)
        .subquery("found")
    )


def _people(held: Any, under: list[ColumnElement[bool]]) -> Select[Any]:
    who = func.coalesce(held.c.assignee, NOBODY)
    counted = (
        select(who.label("who"), func.count().label("number"))
        .select_from(held)
        .where(*under)
        .group_by(who)
        .order_by(func.count().desc(), who)
        .limit(LISTED)
        .subquery()
    )
    return select(literal("assignee"), counted.c.who, _no_words(), counted.c.number)


def _articles(held: Any, under: list[ColumnElement[bool]]) -> Select[Any]:
    counted = (
        select(held.c.article_id, func.count().label("number"))
        .where(*under)
        .group_by(held.c.article_id)
        .subquery()
    )
    return _offered("article", Article, counted, counted.c.article_id, Article.title)


def _sources(held: Any, under: list[ColumnElement[bool]]) -> Select[Any]:
    used = reliances()
    counted = (
        select(used.c.source_id, func.count().label("number"))
        .join(held, held.c.id == used.c.claim_id)
        .where(*under)
        .group_by(used.c.source_id)
        .subquery()
    )
    # The list is the same for everybody, so a confidential source is not named in it.
    name = func.coalesce(Source.publisher, Source.title, Source.key)
    return _offered(
        "source", Source, counted, counted.c.source_id, name, Source.confidential.is_(False)
    )


def _offered(
    group: str, model: Any, counted: Any, key: Any, words: Any, *under: ColumnElement[bool]
) -> Select[Any]:
    """The rows with the most claims, and the one that is asked for in any case."""
    first = case((model.key == func.coalesce(bindparam(group, type_=Text), ""), 0), else_=1)
    listed = (
        select(model.key.label("key"), type_coerce(words, Text).label("words"), counted.c.number)
        .join(counted, key == model.id)
        .where(*under)
        .order_by(first, counted.c.number.desc(), model.id.desc())
        .limit(LISTED)
        .subquery()
    )
    return select(literal(group), listed.c.key, listed.c.words, listed.c.number)


def _one(condition: Any) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _no_words() -> Any:
    return cast(null(), Text)
