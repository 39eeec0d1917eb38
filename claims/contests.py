"""Raising a dispute by an identifiable side, and settling it by somebody outside it."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from claims.errors import Conflict, Forbidden, Refused
from claims.models import Assessment, Claim, Contest, ContestEvidence, Evidence, Figure
from claims.rules.engine import refresh
from claims.signatures import assessors
from claims.versions import expect_version
from claims.vocabulary import GUEST, Bearing, ContestOutcome, ContestReason, Side
from claims.workflow import refuse_dropped
from sources.base import now
from sources.columns import Words

Row = TypeVar("Row", Figure, Evidence, Assessment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What is disputed, by whom, why, and which evidence speaks for and against it.

    ``about_*`` narrow it to one figure, evidence item or assessment of the claim.
    """

    reason: ContestReason
    side: Side
    statement: Words
    party: Words | None = None
    blocking: bool = False
    due_on: dt.date | None = None
    about_figure: uuid.UUID | None = None
    about_evidence: uuid.UUID | None = None
    about_assessment: uuid.UUID | None = None
    evidence_for: Collection[uuid.UUID] = ()
    evidence_against: Collection[uuid.UUID] = ()


def raise_contest(
    session: Session, claim: Claim, dispute: Dispute, *, by: str, seen_version: int | None = None
) -> Contest:
    """Open a contest about a claim; it stands beside the status and changes none.

    Raises Refused naming the field that is wrong, Conflict when the claim is stale or dropped.
    """
    expect_version(claim, seen_version)
    refuse_dropped(claim)
    _refuse_silence(dispute)
    contest = Contest(
        claim=claim,
        number=1 + max((other.number for other in claim.contests), default=0),
        figure=_one(claim.figures, dispute.about_figure, "about_figure"),
        evidence=_one(claim.evidence, dispute.about_evidence, "about_evidence"),
        assessment=_one(claim.assessments, dispute.about_assessment, "about_assessment"),
        reason=dispute.reason,
        side=dispute.side,
        party=dispute.party,
        statement=dispute.statement,
        blocking=dispute.blocking,
        due_on=dispute.due_on,
        created_by=by,
    )
    _name_evidence(claim, contest, dispute, by)
    session.add(contest)
    session.flush()
    return contest


def settle(
    session: Session,
    contest: Contest,
    *,
    outcome: ContestOutcome,
    settlement: Words,
    by: str,
    seen_version: int | None = None,
) -> None:
    """Close a contest; it stays in the record with both sides.

    Raises Forbidden for the raiser and for whoever assessed the claim, Conflict when it is stale
    or settled already, Refused without a settlement.
    """
    expect_version(contest, seen_version)
    _refuse_settled(contest)
    reason = settlement_bar(contest, by, outcome)
    if reason is not None:
        raise Forbidden("third_person", reason, "outcome")
    if not any(text.strip() for text in settlement.values()):
        raise Refused(
            "settlement_missing",
            {"zh": "请写明怎样了结、凭什么。", "en": "Say how it is settled, and on what grounds."},
            "settlement",
        )
    contest.outcome, contest.settlement = outcome, settlement
    contest.settled_by, contest.settled_at = by, now()
    session.flush()
    refresh(session, contest.claim, now())


def set_due(
    session: Session, contest: Contest, due_on: dt.date | None, *, seen_version: int | None = None
) -> None:
    """Say until when a contest is to be settled, or that no day is set.

    Raises Conflict when the contest is stale or settled.
    """
    expect_version(contest, seen_version)
    _refuse_settled(contest)
    contest.due_on = due_on
    session.flush()
    refresh(session, contest.claim, now())


def _refuse_settled(contest: Contest) -> None:
    if contest.outcome is not None:
        raise Conflict(
            "settled", {"zh": "这项争议已经了结。", "en": "This contest is settled already."}
        )


def let_block(
    session: Session, contest: Contest, *, by: str, seen_version: int | None = None
) -> None:
    """Let an open contest forbid the sign-off, as one raised from outside never does by itself.

    There is no way back but settling it. Raises Conflict when it is stale, settled or blocks
    already, Forbidden for whoever raised it through a link.
    """
    expect_version(contest, seen_version)
    if contest.outcome is not None or contest.blocking:
        raise Conflict(
            "cannot_block",
            {
                "zh": "这项争议已经了结，或者已经阻止签发。",
                "en": "This contest is settled, or blocks the sign-off already.",
            },
        )
    if by.startswith(GUEST):
        raise Forbidden(
            "blocking_outside",
            {"zh": "只有编辑部的人能这样做。", "en": "Only people of the desk can do this."},
        )
    contest.blocking = True
    session.flush()


def settlement_bar(contest: Contest, who: str, outcome: ContestOutcome) -> Words | None:
    """Return why this person may not settle the contest so, or None.

    Only the raiser can withdraw a contest; every other outcome takes a third person, who neither
    raised it nor assessed the claim. The database holds the same rule.
    """
    if outcome is ContestOutcome.WITHDRAWN:
        if who == contest.created_by:
            return None
        return {
            "zh": "只有提出争议的人能撤回它。",
            "en": "Only the person who raised a contest can withdraw it.",
        }
    if who == contest.created_by:
        return {
            "zh": "提出争议的人不能裁定它；可以撤回。",
            "en": "Whoever raised a contest cannot settle it, only withdraw it.",
        }
    if who in assessors(contest.claim):
        return {
            "zh": "评定过这条论断的人不能裁定对它的争议。",
            "en": "Whoever assessed the claim cannot settle a contest about it.",
        }
    return None


def _refuse_silence(dispute: Dispute) -> None:
    if not any(text.strip() for text in dispute.statement.values()):
        raise Refused(
            "statement_missing",
            {"zh": "请写明争的是什么。", "en": "Say what is disputed."},
            "statement",
        )


def _one(rows: Iterable[Row], wanted: uuid.UUID | None, field: str) -> Row | None:
    """Return the claim's own row with this id; raise Refused when it is another claim's."""
    if wanted is None:
        return None
    found = next((row for row in rows if row.id == wanted), None)
    if found is None:
        raise Refused(
            "foreign_row",
            {"zh": "所选的内容不属于本论断。", "en": "What was chosen belongs to another claim."},
            field,
        )
    return found


def _name_evidence(claim: Claim, contest: Contest, dispute: Dispute, by: str) -> None:
    if set(dispute.evidence_for) & set(dispute.evidence_against):
        raise Refused(
            "evidence_both_ways",
            {
                "zh": "同一条证据不能既支持又反对这项争议。",
                "en": "One evidence item cannot speak both for and against the contest.",
            },
            "evidence_against",
        )
    for field, bearing, chosen in (
        ("evidence_for", Bearing.FOR, dispute.evidence_for),
        ("evidence_against", Bearing.AGAINST, dispute.evidence_against),
    ):
        for wanted in chosen:
            item = _one(claim.evidence, wanted, field)
            contest.items.append(ContestEvidence(evidence=item, bearing=bearing, created_by=by))
