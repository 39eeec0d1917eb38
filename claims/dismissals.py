"""Numbers that are no claim: dismissed with a reason, one or many at once, and opened again."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.errors import Conflict, Missing
from claims.journal import Journal
from claims.mentions import is_accounted
from claims.models import ArticleVersion, QuantityMention, TriageAct
from claims.proposals import hold
from claims.triage_vocabulary import ActKind
from claims.versions import expect_version
from claims.vocabulary import DismissalReason


def dismiss(
    session: Session,
    version: ArticleVersion,
    mentions: Collection[uuid.UUID],
    reason: DismissalReason,
    *,
    by: str,
    note: str | None = None,
) -> TriageAct:
    """Dismiss the numbers that nothing accounts for yet, in one act with one undo.

    What a claim holds or somebody dismissed meanwhile stays as it is. Raises Conflict when that
    is all of them.
    """
    hold(session, version)
    open_rows = session.scalars(
        select(QuantityMention)
        .where(
            QuantityMention.version_id == version.id,
            QuantityMention.id.in_(list(mentions)),
            ~is_accounted(),
        )
        .order_by(QuantityMention.start)
    ).all()
    if not open_rows:
        raise Conflict(
            "accounted_already",
            {
                "zh": "这些数字已经有交代了，没有改动。",
                "en": "These numbers are accounted for already; nothing was changed.",
            },
        )
    journal = Journal(session, version, by)
    tongue = version.article.language.split("-", maxsplit=1)[0]
    said = (note or "").strip()
    words = {tongue: said} if said else None
    for row in open_rows:
        journal.change(row, dismissed_as=reason, dismissed_by=by, dismissal_note=words)
    return journal.close(ActKind.DISMISS, str(len(open_rows)))


def open_again(
    session: Session,
    version: ArticleVersion,
    mention: uuid.UUID,
    *,
    by: str,
    seen: int | None = None,
) -> TriageAct:
    """Take a dismissal back: the number is to be accounted for again."""
    hold(session, version)
    row = session.get(QuantityMention, mention)
    if row is None or row.version_id != version.id:
        raise Missing("no_such_number", {"zh": "没有这个数字。", "en": "There is no such number."})
    expect_version(row, seen)
    if row.dismissed_as is None:
        raise Conflict(
            "not_dismissed",
            {"zh": "这个数字没有被排除。", "en": "This number is not dismissed."},
        )
    journal = Journal(session, version, by)
    journal.change(row, dismissed_as=None, dismissed_by=None, dismissal_note=None)
    return journal.close(ActKind.RECLAIM, row.text[:80])
