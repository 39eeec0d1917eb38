"""Whether something was checked before: earlier claims that resemble a statement, found by index.

First what is about a figure of the same kind and size, then what shares rare words, and only of
those few the texts themselves are compared (rapidfuzz). Four statements, each bounded however
many claims there are.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from rapidfuzz import fuzz
from sqlalchemy import Select, bindparam, func, literal, select, union_all, values
from sqlalchemy import column as named_column
from sqlalchemy.orm import Session, contains_eager, load_only, raiseload, selectinload
from sqlalchemy.types import Integer

from claims.figures import Quantity
from claims.intervals import in_base, interval
from claims.models import Article, Claim, ClaimWord, Figure, FigureMark
from claims.models.resemblance import write_marks, write_words
from claims.policy import current_policy
from claims.resemblance_marks import size_marks, word_marks, words_of
from claims.units import unit
from claims.vocabulary import Stage
from sources.columns import Words

COMMON: Final = 300
"""A word that so many claims hold tells nothing; no more of them are looked at."""
RAREST: Final = 8
WEIGHT: Final = 1000
NO_WORD: Final = -1
STEP: Final = 16
"""Words are asked about in so many at a time, so that few statements are ever built."""
LOOKED_AT: Final = 100
"""Claims of which it is asked whether a figure fits as well."""
CANDIDATES: Final = 15
"""Claims whose texts are compared."""
READ: Final = (
    "claim_id",
    "number",
    "role",
    "comparator",
    "low",
    "high",
    "low_inclusive",
    "high_inclusive",
    "stated_decimals",
    "multiplier",
    "unit",
)
"""What a figure's interval is read from."""
SHOWN: Final = 3
LEAST: Final = 45
"""Points of 100 under which two statements only speak of similar things."""
SAME_FIGURE: Final = 18
OTHER_FIGURE: Final = 12
"""Points for a figure that may be the same, and off for figures of which none may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What may have been checked before: a proposal, or a claim, with its figures."""

    text: str
    figures: Sequence[Quantity]
    claim_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Resembling:
    """An earlier claim, and how much it resembles the statement in points of 100.

    ``same_figure`` says whether a figure of both may be the same number of the same kind.
    """

    claim: Claim
    points: int
    same_figure: bool


def resembling(session: Session, said: Statement) -> list[Resembling]:
    """Return the few earlier claims, of any article, that resemble a statement most."""
    about = " ".join(_about(figure) for figure in said.figures)
    sizes = {mark for figure in said.figures for mark in size_marks(figure)}
    words = _rarest(session, word_marks(f"{said.text} {about}"))
    best = _best(session, words, sizes, said.claim_id) if words else []
    if not best:
        return []
    judged = [_judged(said, claim) for claim in session.scalars(_loading(), {"keys": best})]
    close = [one for one in judged if one.points >= LEAST]
    return sorted(close, key=lambda one: (-one.points, str(one.claim.id)))[:SHOWN]


def _rarest(session: Session, marks: Collection[int]) -> dict[int, int]:
    """Return the rarest of some words, each with how many claims hold it, :data:`COMMON` at most.

    Without the limit a word that half of all claims hold would be counted through.
    """
    if not marks:
        return {}
    size = -len(marks) // STEP * -STEP
    asked = [*sorted(marks), *[NO_WORD] * (size - len(marks))]
    counted = session.execute(_counting(size), {f"word{n}": word for n, word in enumerate(asked)})
    known = sorted((count, word) for word, count in counted if count)
    return {word: count for count, word in known[:RAREST]}


@cache
def _counting(size: int) -> Select[Any]:
    """The statement that counts so many words; built once, which takes longer than running it."""
    rows = [(bindparam(f"word{n}", type_=Integer),) for n in range(size)]
    asked = values(named_column("word", Integer), name="asked").data(rows).cte("asked")
    some = select(literal(1)).where(ClaimWord.word == asked.c.word).limit(COMMON)
    number = select(func.count()).select_from(some.correlate(asked).subquery())
    return select(asked.c.word, number.correlate(asked).scalar_subquery())


def _best(
    session: Session, words: Mapping[int, int], sizes: Collection[int], own: uuid.UUID | None
) -> list[uuid.UUID]:
    """Return the claims that share the most; rare words weigh more, and a figure's size doubles."""
    asked = [*words.items(), *[(NO_WORD, WEIGHT)] * (RAREST - len(words))]
    facts = {f"word{n}": word for n, (word, _count) in enumerate(asked)}
    facts |= {f"weight{n}": WEIGHT // count for n, (_word, count) in enumerate(asked)}
    weights: dict[uuid.UUID, int] = {
        key: weight for key, weight in session.execute(_sharing(), facts) if key != own
    }
    if weights and sizes:
        asking = {"keys": list(weights), "sizes": list(sizes)}
        for key in session.scalars(_fitting(), asking):
            weights[key] *= 2
    return sorted(weights, key=lambda key: weights[key], reverse=True)[:CANDIDATES]


@cache
def _sharing() -> Select[Any]:
    """The claims that share the most of a few words, each word weighing what it is worth."""
    holding = union_all(*(_holding(number) for number in range(RAREST))).subquery()
    weight = func.sum(holding.c.weight).label("weight")
    query = select(holding.c.claim_id, weight).group_by(holding.c.claim_id)
    return query.order_by(weight.desc(), holding.c.claim_id.desc()).limit(LOOKED_AT)


def _holding(number: int) -> Select[Any]:
    """The newest claims that hold a word, no more than would tell anything."""
    newest = (
        select(ClaimWord.claim_id)
        .where(ClaimWord.word == bindparam(f"word{number}", type_=Integer))
        .order_by(ClaimWord.claim_id.desc())
        .limit(COMMON)
        .subquery()
    )
    return select(newest.c.claim_id, bindparam(f"weight{number}", type_=Integer).label("weight"))


@cache
def _fitting() -> Select[Any]:
    """Those of some claims that state a figure of one of these sizes."""
    return (
        select(FigureMark.claim_id)
        .where(
            FigureMark.claim_id.in_(bindparam("keys", expanding=True)),
            FigureMark.mark.in_(bindparam("sizes", expanding=True)),
        )
        .distinct()
    )


@cache
def _loading() -> Select[Any]:
    """Some claims with their articles and figures."""
    return (
        select(Claim)
        .join(Claim.article)
        .where(Claim.id.in_(bindparam("keys", expanding=True)), Claim.stage != Stage.DROPPED)
        .options(
            load_only(Claim.number, Claim.statement, Claim.verification_status, Claim.created_at),
            contains_eager(Claim.article).load_only(
                Article.key, Article.title, Article.language, Article.published
            ),
            selectinload(Claim.figures).load_only(*(getattr(Figure, name) for name in READ)),
            raiseload("*"),
        )
    )


def _judged(said: Statement, claim: Claim) -> Resembling:
    """Compare the texts, and add or take what the figures say."""
    points = max((alike(said.text, text) for text in claim.statement.values()), default=0)
    if not said.figures or not claim.figures:
        return Resembling(claim, points, same_figure=False)
    same = any(_meet(one, other) for one in said.figures for other in claim.figures)
    return Resembling(
        claim,
        max(0, min(100, points + (SAME_FIGURE if same else -OTHER_FIGURE))),
        same_figure=same,
    )


def alike(one: str, other: str) -> int:
    """Return how much two texts resemble each other in points of 100, whatever the word order."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0
    shared = len(set(first) & set(second))
    dice = Decimal(200 * shared) / Decimal(len(first) + len(second))
    order = round(fuzz.token_sort_ratio(" ".join(first), " ".join(second)))
    return max(int(dice), (int(dice) + order) // 2)


def _meet(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures are of one family of units and may be the same number."""
    first, second = unit(one.unit), unit(other.unit)
    if (first.family if first else None) != (second.family if second else None):
        return False
    policy = current_policy()
    here, there = interval(one, policy), interval(other, policy)
    if here is None or there is None:
        return False
    return in_base(here, first).overlaps(in_base(there, second))


def _about(figure: Quantity) -> str:
    return " ".join(_texts(figure.subject) + _texts(figure.measure))


def _texts(words: Words | None) -> list[str]:
    return list((words or {}).values())


def complete(session: Session, size: int = 500) -> int:
    """Index the claims and figures no index knows yet, and return how many; after an upgrade."""
    connection = session.connection()
    claims = select(Claim).where(Claim.id.not_in(select(ClaimWord.claim_id)))
    figures = select(Figure).where(
        Figure.claim_id.is_not(None),
        Figure.removed_by.is_(None),
        Figure.id.not_in(select(FigureMark.figure_id)),
    )
    said = [
        write_words(connection, [claim])
        for claim in session.scalars(claims.execution_options(yield_per=size))
    ]
    stated = [
        write_marks(connection, [figure])
        for figure in session.scalars(figures.execution_options(yield_per=size))
    ]
    return sum(1 for marks in (*said, *stated) if marks)
