"""Concluding what the evidence says: a status per figure, folded to the claim, with its reasons."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.models import Assessment, Claim, Figure
from claims.status import ASSIGNABLE, VerificationStatus, fold, may_lower
from claims.versions import expect_version
from claims.vocabulary import Disposition
from claims.workflow import Move, material_edit, may_move, move
from sources.columns import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a checker concludes.

    ``figures`` holds a status for each figure judged now; figures left out keep theirs. ``whole``
    is the status of a claim without material figures. ``lowered_to`` puts a graver status in the
    place of the folded one; ``reasoning`` then says why. Without a ``disposition`` the sentence is
    undecided, which submission asks for.
    """

    reasoning: Words
    disposition: Disposition | None
    figures: Mapping[uuid.UUID, VerificationStatus] = field(default_factory=dict)
    whole: VerificationStatus | None = None
    lowered_to: VerificationStatus | None = None
    proposed_wording: str | None = None


def assess(
    session: Session, claim: Claim, verdict: Verdict, *, by: str, seen_version: int | None = None
) -> Assessment:
    """Record a conclusion and return the row about the claim as a whole.

    Raises Refused naming the field that is wrong, Conflict when the claim is stale or dropped.
    """
    expect_version(claim, seen_version)
    given = _checked(claim, verdict)
    with material_edit(session, claim):
        for figure, status in given.items():
            figure.verification_status = status
            _row(session, claim, by, figure=figure, status=status)
        folded = folded_status(claim, verdict.whole)
        if folded is VerificationStatus.UNCHECKED:
            raise _missing("figures")
        status = _lowered(folded, verdict)
        claim.verification_status = status
        claim.disposition = verdict.disposition
        claim.proposed_wording = verdict.proposed_wording
        whole = _row(
            session,
            claim,
            by,
            status=status,
            lowered_from=folded if status is not folded else None,
            reasoning=verdict.reasoning,
            disposition=verdict.disposition,
            proposed_wording=verdict.proposed_wording,
        )
        session.flush()
    if may_move(claim, Move.BEGIN):
        move(claim, Move.BEGIN)
    session.flush()
    return whole


def material_figures(claim: Claim) -> list[Figure]:
    """Return the figures the claim's status is folded from."""
    return [figure for figure in claim.figures if figure.material]


def folded_status(claim: Claim, whole: VerificationStatus | None = None) -> VerificationStatus:
    """Return the fold over the material figures, or the status of a claim that has none."""
    found = material_figures(claim)
    if found:
        return fold(figure.verification_status for figure in found)
    return whole or claim.verification_status


def _row(session: Session, claim: Claim, by: str, **facts: object) -> Assessment:
    row = Assessment(claim=claim, created_by=by, **facts)
    session.add(row)
    session.flush()
    return row


def _checked(claim: Claim, verdict: Verdict) -> dict[Figure, VerificationStatus]:
    """Return the judged figures with their statuses, or raise Refused."""
    known = {figure.id: figure for figure in claim.figures}
    foreign = set(verdict.figures) - set(known)
    if foreign:
        raise Refused(
            "foreign_figure",
            {
                "zh": "这条数据不属于本论断。",
                "en": "That figure belongs to another claim.",
            },
            "figures",
        )
    for status in (*verdict.figures.values(), verdict.whole, verdict.lowered_to):
        if status is not None and status not in ASSIGNABLE:
            raise Refused(
                "status_computed",
                {
                    "zh": "“未核查”和“部分属实”只由系统得出，不能直接给。",
                    "en": "“Unchecked” and “partly supported” are computed, never given.",
                },
                "figures",
            )
    if not material_figures(claim) and verdict.whole is None:
        raise _missing("whole")
    _refuse_silence(verdict)
    return {known[number]: status for number, status in verdict.figures.items()}


def _refuse_silence(verdict: Verdict) -> None:
    """Refuse a conclusion without its reasons, and a correction without its wording."""
    if not any(text.strip() for text in verdict.reasoning.values()):
        raise Refused(
            "reasoning_missing",
            {"zh": "请写明依据。", "en": "Say what the conclusion rests on."},
            "reasoning",
        )
    if verdict.disposition is Disposition.CORRECT and not (verdict.proposed_wording or "").strip():
        raise Refused(
            "wording_missing",
            {"zh": "要改正，请写出建议的文字。", "en": "To correct it, propose the wording."},
            "proposed_wording",
        )


def _missing(field: str) -> Refused:
    return Refused("status_missing", {"zh": "请选择评定。", "en": "Choose a status."}, field)


def _lowered(folded: VerificationStatus, verdict: Verdict) -> VerificationStatus:
    """Return the status in force: the folded one, or the graver one given in its place."""
    if verdict.lowered_to is None:
        return folded
    if not may_lower(folded, verdict.lowered_to):
        raise Refused(
            "raised",
            {
                "zh": "可以把汇总结果改得更严，不能改得更宽。",
                "en": "The folded status may be lowered, never raised.",
            },
            "lowered_to",
        )
    return verdict.lowered_to
