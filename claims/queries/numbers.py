"""The numbers of a version and what accounts for each: open, dismissed with a reason, claimed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, raiseload

from claims.headings import words_begin
from claims.mentions import Coverage, coverage, is_accounted, is_claimed
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Figure,
    Proposal,
    ProposedFigure,
    QuantityMention,
    TriageAct,
)
from claims.queries.articles import newest
from claims.triage_vocabulary import ProposalState, Strength
from claims.undo import last_act

PAGE = 200
AROUND = 18


class View(StrEnum):
    """Which numbers are listed."""

    OPEN = "open"
    DISMISSED = "dismissed"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A number in its place, and the claims that hold it (their numbers and keys)."""

    mention: QuantityMention
    before: str
    after: str
    claims: list[tuple[int, uuid.UUID]]
    proposal: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersPage:
    """What the page of numbers shows; open numbers come in groups of one kind."""

    article: Article
    version: ArticleVersion
    coverage: Coverage
    counts: dict[View, int]
    view: View
    groups: dict[str, list[Listed]]
    more: bool
    act: TriageAct | None


def numbers_page(session: Session, key: str, view: View, page: int, by: str | None) -> NumbersPage:
    """Load one page of numbers of the newest version; raise Missing for an unknown article."""
    article, version = newest(session, key)
    condition = {
        View.OPEN: ~is_accounted(),
        View.DISMISSED: QuantityMention.dismissed_as.is_not(None),
        View.CLAIMED: is_claimed(),
    }
    rows = session.scalars(
        select(QuantityMention)
        .where(QuantityMention.version_id == version.id, condition[view])
        .order_by(QuantityMention.kind, QuantityMention.start)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
        .options(raiseload("*"))
    ).all()
    shown = rows[:PAGE]
    claims = _claims(session, [row.id for row in shown]) if view is View.CLAIMED else {}
    held = _proposed(session, [row.id for row in shown]) if view is View.OPEN else {}
    groups: dict[str, list[Listed]] = {}
    for row in shown:
        groups.setdefault(row.kind, []).append(_listed(version.text, row, claims, held))
    counted = coverage(session, version)
    dismissed = _count(session, version)
    return NumbersPage(
        article=article,
        version=version,
        coverage=counted,
        counts={
            View.OPEN: counted.total - counted.accounted,
            View.DISMISSED: dismissed,
            View.CLAIMED: counted.accounted - dismissed,
        },
        view=view,
        groups=groups,
        more=len(rows) > PAGE,
        act=last_act(session, version, by) if by else None,
    )


def _count(session: Session, version: ArticleVersion) -> int:
    query = select(func.count()).where(
        QuantityMention.version_id == version.id, QuantityMention.dismissed_as.is_not(None)
    )
    return session.scalar(query) or 0


def _listed(
    text: str,
    row: QuantityMention,
    claims: dict[uuid.UUID, list[tuple[int, uuid.UUID]]],
    held: dict[uuid.UUID, int],
) -> Listed:
    words = words_begin(text, text.rfind("\n", 0, row.start) + 1)
    begin = min(max(words, row.start - AROUND), row.start)
    end = text.find("\n", row.stop)
    end = min(len(text) if end < 0 else end, row.stop + AROUND)
    return Listed(
        mention=row,
        before=text[begin : row.start],
        after=text[row.stop : end],
        claims=claims.get(row.id, []),
        proposal=held.get(row.id),
    )


def _proposed(session: Session, mentions: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the strong proposals left that would claim a number."""
    rows = session.execute(
        select(ProposedFigure.mention_id, ProposedFigure.period_mention_id, Proposal.number)
        .join(Proposal, Proposal.id == ProposedFigure.proposal_id)
        .where(
            Proposal.state == ProposalState.PENDING,
            Proposal.strength == Strength.STRONG,
            or_(
                ProposedFigure.mention_id.in_(mentions),
                ProposedFigure.period_mention_id.in_(mentions),
            ),
        )
    )
    return {
        held: number
        for mention, period, number in rows
        for held in (mention, period)
        if held is not None
    }


def _claims(
    session: Session, mentions: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[int, uuid.UUID]]]:
    rows = session.execute(
        select(Figure.mention_id, Figure.period_mention_id, Claim.number, Claim.id)
        .join(Claim, Claim.id == Figure.claim_id)
        .where(or_(Figure.mention_id.in_(mentions), Figure.period_mention_id.in_(mentions)))
        .order_by(Claim.number)
    )
    found: dict[uuid.UUID, list[tuple[int, uuid.UUID]]] = {}
    for mention, period, number, key in rows:
        for held in (mention, period):
            if held is not None and (number, key) not in found.setdefault(held, []):
                found[held].append((number, key))
    return found
