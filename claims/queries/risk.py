"""How bad it would be to publish a claim as it stands: the first order of every list of work."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, exists, or_

from claims.models import Claim, Contest, Finding
from claims.status import VerificationStatus
from claims.vocabulary import Severity

GRAVE = (
    VerificationStatus.REFUTED,
    VerificationStatus.CONFLICTING,
    VerificationStatus.MISLEADING,
)


class Risk(StrEnum):
    """How bad it would be to publish the claim as it stands."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


RISKS = tuple(Risk)


def risk(void: ColumnElement[bool]) -> ColumnElement[int]:
    """The place of a claim's risk in ``RISKS``; ``void`` tells whether its sign-off fell."""
    high = or_(
        void,
        Claim.verification_status.in_(GRAVE),
        disputed(Contest.blocking),
        found(Severity.MANDATORY),
    )
    medium = or_(disputed(), found(Severity.WARNING))
    return case((high, 0), (medium, 1), else_=2)


def disputed(*more: Any) -> ColumnElement[bool]:
    """Whether a claim has an open contest of this kind; a look into an index for each claim."""
    return exists().where(Contest.claim_id == Claim.id, Contest.outcome.is_(None), *more)


def found(severity: Severity, *more: Any) -> ColumnElement[bool]:
    """Whether a rule found something of this weight that nobody has waived."""
    return exists().where(
        Finding.claim_id == Claim.id,
        Finding.severity == severity,
        Finding.waived_by.is_(None),
        *more,
    )
