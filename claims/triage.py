"""What people decide about proposals: accept, accept all, reject, reopen; each can be undone."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.acceptance import Desk, make_claim
from claims.errors import Conflict
from claims.journal import Journal
from claims.models import (
    ArticleVersion,
    ClaimAnchor,
    Figure,
    Proposal,
    QuantityMention,
    TriageAct,
)
from claims.proposals import decide, expect_pending, hold, proposal_of
from claims.retraction import clear_findings, overtaken, worked_on
from claims.triage_vocabulary import ActKind, ProposalState, RejectionReason, Strength
from claims.vocabulary import DismissalReason
from claims.workflow import Move, move
from sources.columns import Words

DISMISSED_AS: Mapping[RejectionReason, DismissalReason] = MappingProxyType(
    {
        reason: DismissalReason(reason.value)
        if reason.value in set(DismissalReason)
        else DismissalReason.OTHER
        for reason in RejectionReason
    }
)
"""Why the numbers of a rejected proposal are no claims."""


def accept(
    session: Session, version: ArticleVersion, number: int, *, by: str, seen: int | None = None
) -> TriageAct:
    """Make a claim of a proposal."""
    desk = Desk(session, version.article)
    proposal = proposal_of(session, version, number)
    expect_pending(proposal, seen)
    journal = Journal(session, version, by)
    _accept(journal, desk, proposal)
    return journal.close(ActKind.ACCEPT, str(number))


def accept_all(session: Session, version: ArticleVersion, *, by: str) -> TriageAct | None:
    """Make claims of all strong proposals left, in one act with one undo; None where none is."""
    desk = Desk(session, version.article)
    left = session.scalars(
        select(Proposal)
        .where(
            Proposal.version_id == version.id,
            Proposal.state == ProposalState.PENDING,
            Proposal.strength == Strength.STRONG,
        )
        .order_by(Proposal.start, Proposal.number)
        .options(selectinload(Proposal.figures))
    ).all()
    if not left:
        return None
    journal = Journal(session, version, by)
    for proposal in left:
        _accept(journal, desk, proposal)
    return journal.close(ActKind.ACCEPT_ALL, str(len(left)))


def _accept(journal: Journal, desk: Desk, proposal: Proposal) -> None:
    claim = make_claim(journal, desk, proposal)
    decide(journal, proposal, ProposalState.ACCEPTED, claim_id=claim.id)


def reject(
    session: Session,
    version: ArticleVersion,
    number: int,
    reason: RejectionReason,
    *,
    by: str,
    dismiss: bool = True,
    seen: int | None = None,
) -> TriageAct:
    """Drop a proposal with a reason; its numbers are dismissed with it, or stay open."""
    hold(session, version)
    proposal = proposal_of(session, version, number)
    expect_pending(proposal, seen)
    journal = Journal(session, version, by)
    decide(journal, proposal, ProposalState.REJECTED, reason=reason)
    if dismiss:
        _dismiss_held(journal, proposal, reason)
    return journal.close(ActKind.REJECT, str(number))


def _dismiss_held(journal: Journal, proposal: Proposal, reason: RejectionReason) -> None:
    """Dismiss the numbers of a proposal that nothing else accounts for."""
    keys = [figure.mention_id for figure in proposal.figures if figure.mention_id is not None]
    claimed = set(
        journal.session.scalars(select(Figure.mention_id).where(Figure.mention_id.in_(keys)))
    )
    rows = journal.session.scalars(
        select(QuantityMention).where(
            QuantityMention.id.in_(keys), QuantityMention.dismissed_as.is_(None)
        )
    )
    for row in rows:
        if row.id not in claimed:
            journal.change(
                row,
                dismissed_as=DISMISSED_AS[reason],
                dismissed_by=journal.by,
                dismissal_note=_note(proposal),
            )


def _note(proposal: Proposal) -> Words:
    """Return the note by which a number dismissed with its proposal is known."""
    return {
        "zh": f"随候选 {proposal.number} 一起舍弃",
        "en": f"dropped with proposal {proposal.number}",
    }


def reopen(
    session: Session, version: ArticleVersion, number: int, *, by: str, seen: int | None = None
) -> TriageAct:
    """Take a decision back: the proposal is left again, its claim retracted, its numbers open.

    Raises Conflict when work on the claim has begun.
    """
    hold(session, version)
    proposal = proposal_of(session, version, number)
    if seen is not None and seen != proposal.version:
        expect_pending(proposal, seen)
    if proposal.state not in (ProposalState.ACCEPTED, ProposalState.REJECTED):
        raise Conflict(
            "not_decided",
            {
                "zh": "只有保留或舍弃的候选可以重新打开；合并和拆分请用撤销。",
                "en": "Only what was kept or dropped can be reopened; undo a merge or a split.",
            },
        )
    journal = Journal(session, version, by)
    if proposal.state is ProposalState.ACCEPTED:
        _retract(journal, proposal)
    else:
        _undismiss(journal, proposal)
    decide(journal, proposal, ProposalState.PENDING, claim_id=None, reason=None)
    return journal.close(ActKind.REOPEN, str(number))


def _retract(journal: Journal, proposal: Proposal) -> None:
    claim = proposal.claim
    if claim is None:
        return
    if worked_on(journal.session, [claim.id]):
        raise overtaken(journal.session, claim.id)
    for model in (Figure, ClaimAnchor):
        for row in journal.session.scalars(select(model).where(model.claim_id == claim.id)):
            journal.remove(row)
    clear_findings(journal.session, [claim.id])
    journal.retracted(claim)
    move(claim, Move.RETRACT)


def _undismiss(journal: Journal, proposal: Proposal) -> None:
    keys = [figure.mention_id for figure in proposal.figures if figure.mention_id is not None]
    rows = select(QuantityMention).where(QuantityMention.id.in_(keys))
    for row in journal.session.scalars(rows):
        if row.dismissal_note == _note(proposal):
            journal.change(row, dismissed_as=None, dismissed_by=None, dismissal_note=None)
