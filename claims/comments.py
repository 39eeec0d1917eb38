"""Talking about a claim: remarks that may be answered and resolved, never erased."""

import uuid

from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.models import Claim, Comment
from claims.versions import expect_version
from sources.base import now

LONGEST = 10_000
"""Characters a remark may have."""


def add_comment(
    session: Session,
    claim: Claim,
    *,
    by: str,
    body: str,
    figure: uuid.UUID | None = None,
    reply_to: uuid.UUID | None = None,
) -> Comment:
    """Add a remark about a claim or one of its figures; raise Refused for an empty or foreign one.

    A remark about nothing that could be overwritten needs no version.
    """
    text = body.strip()
    if not text:
        raise Refused("body_missing", {"zh": "请写下内容。", "en": "Write something."}, "body")
    if len(text) > LONGEST:
        raise Refused(
            "body_long",
            {"zh": f"最多 {LONGEST} 个字符。", "en": f"At most {LONGEST} characters."},
            "body",
        )
    if figure is not None and figure not in {row.id for row in claim.figures}:
        raise _foreign("figure")
    if reply_to is not None and reply_to not in {row.id for row in claim.comments}:
        raise _foreign("reply_to")
    comment = Comment(claim=claim, figure_id=figure, reply_to_id=reply_to, body=text, created_by=by)
    session.add(comment)
    session.flush()
    return comment


def resolve(
    session: Session, comment: Comment, *, by: str, seen_version: int | None = None
) -> None:
    """Mark a remark as dealt with; raise Conflict when it was already."""
    expect_version(comment, seen_version)
    if comment.resolved_by is not None:
        raise Conflict(
            "resolved",
            {"zh": "这条讨论已经解决。", "en": "This remark is resolved already."},
        )
    comment.resolved_by, comment.resolved_at = by, now()
    session.flush()


def _foreign(field: str) -> Refused:
    return Refused(
        "foreign_row",
        {"zh": "所选的内容不属于本论断。", "en": "What was chosen belongs to another claim."},
        field,
    )
