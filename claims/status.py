"""What the evidence says about a claim, and how its figures' statuses fold into one."""

from collections.abc import Iterable
from enum import StrEnum


class VerificationStatus(StrEnum):
    """The answer to "what does the evidence say?" (AVeriTeC's four labels are among them)."""

    UNCHECKED = "unchecked"
    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    MISLEADING = "misleading"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    OUTDATED = "outdated"
    NOT_CHECKABLE = "not_checkable"


ASSIGNABLE = tuple(
    status
    for status in VerificationStatus
    if status not in {VerificationStatus.UNCHECKED, VerificationStatus.PARTLY_SUPPORTED}
)
"""The statuses a person may give; "partly supported" is only ever computed."""

SERIOUSNESS: tuple[VerificationStatus, ...] = (
    VerificationStatus.REFUTED,
    VerificationStatus.CONFLICTING,
    VerificationStatus.MISLEADING,
    VerificationStatus.OUTDATED,
    VerificationStatus.NOT_ENOUGH_EVIDENCE,
    VerificationStatus.NOT_CHECKABLE,
    VerificationStatus.UNCHECKED,
    VerificationStatus.PARTLY_SUPPORTED,
    VerificationStatus.SUPPORTED,
)
"""From the gravest to the best."""


def fold(statuses: Iterable[VerificationStatus]) -> VerificationStatus:
    """Fold the statuses of a claim's material figures into the claim's own.

    Any refuted makes the claim refuted; else any conflicting or misleading makes it that; else
    all supported make it supported and some supported make it partly supported; else the gravest
    of what is left. No figure at all leaves it unchecked.
    """
    found = set(statuses)
    for gravest in SERIOUSNESS[:3]:
        if gravest in found:
            return gravest
    if found == {VerificationStatus.SUPPORTED}:
        return VerificationStatus.SUPPORTED
    if found & {VerificationStatus.SUPPORTED, VerificationStatus.PARTLY_SUPPORTED}:
        return VerificationStatus.PARTLY_SUPPORTED
    return min(found, key=SERIOUSNESS.index, default=VerificationStatus.UNCHECKED)


def may_lower(folded: VerificationStatus, given: VerificationStatus) -> bool:
    """Tell whether a reviewer may put ``given`` in the place of the folded status.

    Lower or equal is a reviewer's right (with a reason); higher never is.
    """
    return SERIOUSNESS.index(given) <= SERIOUSNESS.index(folded)
