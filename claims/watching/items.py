"""What of a source is looked for at its page: the passages that standing evidence quotes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.languages import stated_or_seen
from claims.models import Claim, Evidence
from claims.vocabulary import Stage
from claims.watching.looking import Looking, Stood
from sources.models import Snapshot


@dataclass(frozen=True, slots=True)
class Item:
    """A quoted passage with the text of the copy it rests on, where one was kept.

    ``near`` is where it stands in that text, where a person selected it there.
    """

    evidence_id: uuid.UUID
    snapshot_id: uuid.UUID | None
    quote: str
    old: str | None
    near: int | None = None

    def rests_in(self, evidence: Evidence) -> bool:
        """Whether an item of evidence still is what was looked for."""
        return (evidence.quote, evidence.snapshot_id) == (self.quote, self.snapshot_id)


def items_of(session: Session, source: uuid.UUID) -> list[Item]:
    """Return the passages of a source that weigh in a claim."""
    rows = session.execute(
        select(
            Evidence.id,
            Evidence.snapshot_id,
            Evidence.quote,
            Snapshot.extracted_text,
            Evidence.quote_start,
        )
        .join(Claim, Claim.id == Evidence.claim_id)
        .outerjoin(Snapshot, Snapshot.id == Evidence.snapshot_id)
        .where(
            Evidence.source_id == source,
            Evidence.withdrawn_by.is_(None),
            Evidence.quote.is_not(None),
            Claim.stage != Stage.DROPPED,
        )
        .order_by(Evidence.id)
    )
    return [
        Item(key, snapshot, quote, old, near)
        for key, snapshot, quote, old, near in rows
        if quote is not None
    ]


def looked_for(items: Iterable[Item], new: str, language: str | None) -> dict[uuid.UUID, Stood]:
    """Look for each passage in the page as it is now; every copy is compared once."""
    spoken = stated_or_seen(language, new) or "en"
    pages: dict[uuid.UUID | None, Looking] = {}
    found = {}
    for item in items:
        page = pages.setdefault(item.snapshot_id, Looking(item.old, new, spoken))
        found[item.evidence_id] = page.at(item.quote, item.near)
    return found
