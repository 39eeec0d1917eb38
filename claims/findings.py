"""Answering a rule's hit: a finding is waived with a reason, by name."""

from sqlalchemy.orm import Session

from claims.errors import Conflict
from claims.models import Finding
from claims.versions import expect_version
from claims.workflow import needed_reason


def waive(
    session: Session, finding: Finding, *, by: str, reason: str, seen_version: int | None = None
) -> None:
    """Let a finding stand aside; raise Refused without a reason, Conflict when it was waived."""
    expect_version(finding, seen_version)
    if finding.waived_by is not None:
        raise Conflict(
            "waived",
            {"zh": "这条提示已有人说明理由。", "en": "This finding has been waived already."},
        )
    text = needed_reason(reason)
    finding.waived_by, finding.waiver_reason = by, text
    session.flush()
