"""Opening a recheck of everything that rests on a source: one act, one reason, every claim."""

from sqlalchemy.orm import Session

from claims.models import Claim, Finding
from claims.queries.blast import BlastRadius
from claims.vocabulary import Severity, Stage
from claims.workflow import needed_reason, reopen
from sources.veil import alias

CODE = "recheck"
"""The finding that stands until a person has looked at the claim again and waives it."""


def open_rechecks(session: Session, radius: BlastRadius, *, by: str, reason: str) -> list[Claim]:
    """Ask for a recheck of every claim in the radius; signed ones are reopened.

    A claim that has an open recheck for the same source and reason already is left alone. Returns
    the claims that were touched; raises Refused, field ``reason``, without one.
    """
    text = needed_reason(reason)
    source = radius.source
    # A finding is read by everybody: it does not say who a confidential source is.
    name = source.title or source.publisher or source.key
    if source.confidential:
        name = alias(source.id)
    message = {"zh": f"来源“{name}”须重新核对：{text}", "en": f"Check “{name}” again: {text}"}
    touched = [claim for claim in radius.claims if not _is_open(claim, message["en"])]
    for claim in touched:
        session.add(
            Finding(
                claim=claim, code=CODE, severity=Severity.MANDATORY, message=message, created_by=by
            )
        )
        if claim.stage is Stage.SIGNED_OFF:
            reopen(session, claim, by=by, reason=message["zh"])
    session.flush()
    return touched


def _is_open(claim: Claim, message: str) -> bool:
    return any(
        row.code == CODE and row.waived_by is None and row.message["en"] == message
        for row in claim.findings
    )
