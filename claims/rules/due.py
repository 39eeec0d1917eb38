"""Which claims time alone may have changed: what fell due, grew old, or is no longer so."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from claims.models import Article, Claim, ClaimAnchor, Contest, Evidence, Figure, Finding
from claims.policy import current_policy
from claims.rules.engine import BY, TIMED, refresh
from claims.rules.place import language
from claims.rules.standing import PLANS
from claims.rules.words import first
from claims.vocabulary import Stage
from claims.whole_claims import everything
from sources.local_days import local_day
from sources.models import Snapshot


def due_claims(session: Session, now: dt.datetime) -> list[uuid.UUID]:
    """Return the claims on which a rule about time may say something else than yesterday."""
    today = local_day(session, now)
    old = now - dt.timedelta(days=current_policy().snapshot_days)
    asked: tuple[Select[uuid.UUID], ...] = (
        select(Figure.claim_id).where(  # type: ignore[assignment]
            Figure.observation_status.in_(PLANS),
            Figure.period.is_not(None),
            Figure.claim_id.is_not(None),
        ),
        select(Evidence.claim_id)
        .join(Snapshot, Snapshot.id == Evidence.snapshot_id)
        .where(Snapshot.retrieved_at < old),
        select(Contest.claim_id).where(Contest.outcome.is_(None), Contest.due_on < today),
        select(Finding.claim_id).where(Finding.created_by == BY, Finding.code.in_(TIMED)),
    )
    found = {key for query in asked for key in session.scalars(query)} | _yearly(session, today)
    living = select(Claim.id).where(Claim.stage != Stage.DROPPED)
    return sorted(found & set(session.scalars(living)))


def _yearly(session: Session, today: dt.date) -> set[uuid.UUID]:
    """Claims of articles of former years that count years from their own."""
    rows = session.scalars(
        select(ClaimAnchor)
        .join(ClaimAnchor.claim)
        .join(Claim.article)
        .where(Claim.stage.not_in((Stage.SIGNED_OFF, Stage.DROPPED)))
        .where((Article.published < str(today.year)) | Article.published.is_(None))
        .options(contains_eager(ClaimAnchor.claim).contains_eager(Claim.article))
    )
    return {row.claim_id for row in rows if first("yearly", row.exact, language(row.claim))}


def look_again(session: Session, claims: Sequence[uuid.UUID], now: dt.datetime) -> int:
    """Let the rules look at these claims; return how many findings came or went.

    The claims are held meanwhile, so that nobody else adds the same finding.
    """
    chosen = Claim.id.in_(claims)
    session.execute(select(Claim.id).where(chosen).order_by(Claim.id).with_for_update())
    rows = session.scalars(
        everything()
        .where(chosen)
        .order_by(Claim.id)
        .options(
            joinedload(Claim.article),
            selectinload(Claim.relations),
            selectinload(Claim.findings).joinedload(Finding.figure),
        )
        .execution_options(populate_existing=True)
    ).all()
    changed = 0
    for claim in rows:
        before = {row.id for row in claim.findings}
        refresh(session, claim, now)
        changed += len(before ^ {row.id for row in claim.findings})
    return changed
