"""Who wrote what a claim states: whoever did does not sign it."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim, ClaimAuthor, Proposal, TriageAct
from claims.triage_vocabulary import ActKind

WORDING = (ActKind.EDIT, ActKind.MERGE, ActKind.SPLIT)
"""Acts of sorting that decide what a proposal says."""


def became_author(session: Session, claim: Claim, who: str) -> None:
    """Note that somebody changes what a claim states; they are one of its authors from now on."""
    later = select(ClaimAuthor.id).where(
        ClaimAuthor.claim_id == claim.id, ClaimAuthor.created_by == who
    )
    if who != claim.created_by and session.scalar(later.limit(1)) is None:
        session.add(ClaimAuthor(claim=claim, created_by=who))
        session.flush()


class Wordings:
    """Who corrected the proposals of a version, each with those it was merged or split from."""

    def __init__(self, session: Session, version_id: uuid.UUID) -> None:
        """Read the acts that stand; what was undone left no words."""
        self._by: dict[uuid.UUID, set[str]] = defaultdict(set)
        acts = session.execute(
            select(TriageAct.created_by, TriageAct.changes).where(
                TriageAct.version_id == version_id,
                TriageAct.kind.in_(WORDING),
                TriageAct.undone_by.is_(None),
            )
        )
        for who, changes in acts:
            for change in json.loads(changes):
                if change["t"] == Proposal.__tablename__:
                    self._by[uuid.UUID(change["i"])].add(who)
        self._from: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        rows = select(Proposal.id, Proposal.into_id, Proposal.from_id)
        for key, into, whole in session.execute(rows.where(Proposal.version_id == version_id)):
            if into is not None:
                self._from[into].add(key)
            if whole is not None:
                self._from[key].add(whole)

    def of(self, proposal: Proposal) -> set[str]:
        """Return everybody who had a hand in what a proposal says."""
        last = {proposal.edited_by} if proposal.edited_by else set()
        return last.union(*(self._by[key] for key in self._origins(proposal.id)))

    def _origins(self, key: uuid.UUID) -> Iterator[uuid.UUID]:
        seen, left = {key}, [key]
        while left:
            found = left.pop()
            yield found
            left += self._from[found] - seen
            seen |= self._from[found]
