"""What computation flags a claim with: a void sign-off, one origin, a plan fallen due."""

import uuid
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, select

from claims.models import Claim, Finding, SignOff
from claims.vocabulary import SignOffDecision, Stage


class Flag(StrEnum):
    """A condition a list can be narrowed to."""

    VOID = "void"
    SINGLE_ORIGIN = "single_origin"
    FALLEN_DUE = "fallen_due"


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
