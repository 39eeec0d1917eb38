"""Contests with both sides, and whoever was asked outside, as an appendix tells them."""

from collections.abc import Sequence

from claims.appendix.content import ContestPart, ReplyPart
from claims.appendix.people import People
from claims.appendix.persons import PersonAct
from claims.models import Contest, Evidence, Figure, InvitedClaim
from claims.vocabulary import Bearing


def contest_part(
    row: Contest, evidence: Sequence[Evidence], figures: Sequence[Figure], people: People
) -> ContestPart:
    """Tell of one dispute about a claim."""
    numbers = {item.id: item.number for item in evidence}
    sides: dict[Bearing, list[int]] = {Bearing.FOR: [], Bearing.AGAINST: []}
    for named in row.items:
        if named.evidence_id in numbers:
            sides[named.bearing].append(numbers[named.evidence_id])
    return ContestPart(
        number=row.number,
        about=_about(row, evidence, figures),
        reason=row.reason,
        side=row.side,
        party=row.party,
        statement=row.statement,
        blocking=row.blocking,
        due_on=row.due_on.isoformat() if row.due_on else None,
        evidence_for=sorted(sides[Bearing.FOR]),
        evidence_against=sorted(sides[Bearing.AGAINST]),
        raised_by=people.did(row.created_by, PersonAct.CONTESTED),
        raised_at=row.created_at.isoformat(),
        outcome=row.outcome,
        settlement=row.settlement,
        settled_by=people.perhaps(row.settled_by, PersonAct.SETTLED),
        settled_at=row.settled_at.isoformat() if row.settled_at else None,
    )


def _about(row: Contest, evidence: Sequence[Evidence], figures: Sequence[Figure]) -> str:
    for figure in figures:
        if figure.id == row.figure_id:
            return f"F{figure.number}"
    for item in evidence:
        if item.id == row.evidence_id:
            return f"E{item.number}"
    return "assessment" if row.assessment_id is not None else "claim"


def reply_part(asked: InvitedClaim, people: People) -> ReplyPart:
    """Tell of somebody outside who was asked about a claim."""
    invitation, newest = asked.invitation, asked.newest
    if newest is not None and newest.by_name and newest.credited_as:
        people.called(invitation.guest, newest.credited_as)
    accepted = newest is not None and newest.accepted_at is not None
    return ReplyPart(
        side=invitation.side,
        name=invitation.name,
        question=invitation.question,
        asked_by=people.did(invitation.created_by, PersonAct.ASKED),
        asked_at=invitation.created_at.isoformat(),
        until=invitation.expires_at.isoformat(),
        choice=newest.choice if newest else None,
        answered_at=newest.created_at.isoformat() if newest else None,
        evidence=newest.evidence.number if newest is not None and accepted else None,
    )
