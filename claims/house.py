"""House figures: what the house printed of the same thing before, and where two disagree."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session, contains_eager, joinedload

from claims.comparison import Comparison, Outcome, compare
from claims.models import Article, Claim, Figure, FigureTopic, Reconciliation
from claims.periods import PeriodError, read_period
from claims.policy import Policy
from claims.topics import topics
from claims.vocabulary import Stage

MOST = 200
"""The newest figures of one thing that are looked at."""


NAMED = (Figure.subject, Figure.measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFigure:
    """Another figure of the house about the same thing, set against the one in hand.

    ``contradicts`` is true where both speak of the same period and cannot both be right, and
    nobody has said yet how that is.
    """

    figure: Figure
    comparison: Comparison
    contradicts: bool
    reconciled: Reconciliation | None


def house_figures(
    session: Session, figures: Sequence[Figure], policy: Policy
) -> dict[uuid.UUID, list[HouseFigure]]:
    """Return what the house says elsewhere of the same subject and measure, the newest first.

    ``figures`` belong to one claim; the answer holds a list, perhaps empty, for each. Two
    statements, however many figures there are.
    """
    keys = {figure.id: set(topics(figure.subject, figure.measure)) for figure in figures}
    others = _others(session, figures, {key for found in keys.values() for key in found})
    answers = _answers(session, [*keys], list(others)) if others else {}
    return {
        figure.id: [
            _judged(figure, other, answers.get(frozenset((figure.id, other.id))), policy)
            for other, about in others.values()
            if about & keys[figure.id]
        ]
        for figure in figures
    }


def _others(
    session: Session, figures: Sequence[Figure], keys: Collection[str]
) -> dict[uuid.UUID, tuple[Figure, set[str]]]:
    """The figures of other claims that share a topic, each with the topics it shares."""
    found: dict[uuid.UUID, tuple[Figure, set[str]]] = {}
    if not keys:
        return found
    rows = session.execute(
        select(Figure, FigureTopic.topic)
        .join(FigureTopic, FigureTopic.figure_id == Figure.id)
        .join(Figure.claim)
        .join(Claim.article)
        .where(
            FigureTopic.topic.in_(keys),
            Figure.claim_id.not_in({figure.claim_id for figure in figures}),
            Figure.removed_by.is_(None),
            Claim.stage != Stage.DROPPED,
        )
        .options(contains_eager(Figure.claim).contains_eager(Claim.article))
        .order_by(Article.published.desc(), Figure.id.desc())
        .limit(MOST)
    )
    for figure, topic in rows:
        found.setdefault(figure.id, (figure, set()))[1].add(topic)
    return found


def _answers(
    session: Session, figures: Collection[uuid.UUID], others: Collection[uuid.UUID]
) -> dict[frozenset[uuid.UUID], Reconciliation]:
    """The reconciliation in force of each pair."""
    pairs = or_(
        Reconciliation.figure_id.in_(figures) & Reconciliation.other_id.in_(others),
        Reconciliation.other_id.in_(figures) & Reconciliation.figure_id.in_(others),
    )
    rows = session.scalars(select(Reconciliation).where(pairs).order_by(Reconciliation.id))
    return {frozenset((row.figure_id, row.other_id)): row for row in rows}


def _judged(
    figure: Figure, other: Figure, answer: Reconciliation | None, policy: Policy
) -> HouseFigure:
    found = compare(figure, other, policy)
    open_question = (
        answer is None
        and found.outcome is Outcome.OUTSIDE
        and _periods_meet(figure.period, other.period)
    )
    return HouseFigure(figure=other, comparison=found, contradicts=open_question, reconciled=answer)


def _periods_meet(one: str | None, other: str | None) -> bool:
    """Whether both periods are stated and share a day: otherwise nothing is contradicted."""
    if not one or not other:
        return False
    try:
        return read_period(one).overlaps(read_period(other))
    except PeriodError:
        return False


def contradictions(found: Iterable[HouseFigure]) -> list[HouseFigure]:
    """Return those that wait for somebody to say how both can stand."""
    return [item for item in found if item.contradicts]


def search(session: Session, words: str, limit: int = 50) -> list[Figure]:
    """Return figures of claims whose subject or measure holds every one of the words."""
    query = (
        select(Figure)
        .join(Figure.claim)
        .where(Claim.stage != Stage.DROPPED, Figure.removed_by.is_(None))
        .options(joinedload(Figure.claim).joinedload(Claim.article))
        .order_by(Figure.id.desc())
        .limit(limit)
    )
    for word in words.split()[:8]:
        said = [type_coerce(column, Text).icontains(word, autoescape=True) for column in NAMED]
        query = query.where(or_(*said))
    return list(session.scalars(query))
