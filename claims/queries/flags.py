"""What computation flags a claim with: a void sign-off, one origin, a plan fallen due."""

import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from claims.models import Assessment, Claim, ClaimAuthor, Contest, Finding, SignOff
from claims.signatures import FORMER_LEVELS
from claims.vocabulary import SignOffDecision, Stage


class Flag(StrEnum):
    """A condition a list can be narrowed to."""

    VOID = "void"
    SINGLE_ORIGIN = "single_origin"
    FALLEN_DUE = "fallen_due"
    SOURCE_CHANGED = "source_changed"
    SOURCE_GONE = "source_gone"


def answered(decision: SignOffDecision, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether somebody answered the claim's present submission so."""
    return exists().where(
        SignOff.claim_id == Claim.id,
        SignOff.submission == Claim.submission,
        SignOff.decision == decision,
        *more,
    )


def sign_off_void() -> ColumnElement[bool]:
    """Whether the claim was signed and is being checked again, because something changed."""
    return (
        (Claim.stage == Stage.CHECKING)
        & answered(SignOffDecision.SIGNED)
        & ~answered(SignOffDecision.RETURNED)
    )


def signable(actor: Any) -> ColumnElement[bool]:
    """Whether a submitted claim waits for a signature that somebody may give.

    Nobody signs what they assessed or wrote, nor twice, nor what they submitted where more than
    one level is asked for (:mod:`claims.signatures`); and a contest may forbid it to everybody.
    """
    levels = func.coalesce(Claim.sign_off_levels, FORMER_LEVELS)
    submitted = (func.coalesce(Claim.submitted_by, "") == actor) & (levels > 1)
    changed = exists().where(ClaimAuthor.claim_id == Claim.id, ClaimAuthor.created_by == actor)
    blocked = exists().where(
        Contest.claim_id == Claim.id, Contest.outcome.is_(None), Contest.blocking
    )
    return and_(
        Claim.stage == Stage.SUBMITTED,
        Claim.created_by != actor,
        ~submitted,
        ~changed,
        ~assessed_by(actor),
        ~answered(SignOffDecision.SIGNED, SignOff.created_by == actor),
        ~blocked,
    )


def assessed_by(actor: Any) -> ColumnElement[bool]:
    """Whether somebody assessed the claim."""
    return exists().where(Assessment.claim_id == Claim.id, Assessment.created_by == actor)


def flagged(flag: Flag) -> Select[uuid.UUID]:
    """The claims with a flag, each once."""
    if flag is Flag.VOID:
        return select(Claim.id).where(sign_off_void())
    # A finding bears the name of its rule, as the flag does.
    return (
        select(Finding.claim_id)
        .join(Claim, Claim.id == Finding.claim_id)
        .where(Finding.code == flag.value, Finding.waived_by.is_(None))
        .where(Claim.stage != Stage.DROPPED)
        .distinct()
    )
