"""An article that is sorted in part: something of every step there is to take or to take back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.dismissals import dismiss
from claims.models import QuantityMention
from claims.queries.articles import version_of
from claims.triage import accept
from claims.vocabulary import DismissalReason
from tests.claims.sorting import proposals_of


@dataclass(frozen=True)
class Sorted:
    """What the addresses of sorting name."""

    open: Any
    dismissed: Any
    accepted: int
    wide: int


def sorted_partly(session: Session, key: str, by: str) -> Sorted:
    """Keep a proposal and dismiss a number in somebody's name."""
    version = version_of(session, key)
    wide = next(row for row in proposals_of(session, version) if len(row.figures) > 1)
    first = proposals_of(session, version)[0]
    accept(session, version, first.number, by=by)
    session.flush()
    query = select(QuantityMention.id).where(QuantityMention.version_id == version.id)
    numbers = list(session.scalars(query.order_by(QuantityMention.start.desc())))
    dismiss(session, version, numbers[:1], DismissalReason.IDIOM, by=by)
    return Sorted(numbers[1], numbers[0], first.number, wide.number)
