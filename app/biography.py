"""What the ledger holds about one claim and everything that belongs to it."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.ledger import history, search
from app.ledger.history import Entry
from app.ledger.search import Asked
from app.ledger.tables import EVENT, LEAF
from app.paging import refused
from app.past.scope import belonging, of_claim

PAGE = 50
AT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How the ledger writes a moment, but for its milliseconds: the order of texts is that of time."""
TABLES = (
    "claim",
    "claim_anchor",
    "figure",
    "citation",
    "evidence",
    "evidence_target",
    "assessment",
    "sign_off",
    "contest",
    "contest_evidence",
    "comment",
    "finding",
)
"""The tables whose rows make up a claim; naming them lets the ledger's index find the entries."""


PARTS = frozenset({"evidence_target", "contest_evidence", "figure"})
BRIEF = tuple(name for name in TABLES if name not in PARTS)
"""The tables a short list is about: things to a reader, not parts of them."""


def entries(
    session: Session,
    rows: Sequence[uuid.UUID],
    *,
    limit: int,
    tables: Sequence[str] = TABLES,
    before: int | None = None,
    position: int | None = None,
    since: dt.datetime | None = None,
    newer: int | None = None,
) -> list[Entry]:
    """Return the newest entries about these rows, in one statement.

    ``position`` leaves out what was sealed later; ``since`` leaves out what is older than a
    moment, and the answers of second persons; ``newer`` what is not newer than an event.
    """
    keys = [str(row) for row in rows]
    query = (
        history.READ.where(EVENT.c.tbl.in_(tables), EVENT.c.pk.in_(keys))
        .order_by(EVENT.c.eid.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(EVENT.c.eid < before)
    if position is not None:
        query = query.where(LEAF.c.seq < position)
    if newer is not None:
        query = query.where(EVENT.c.eid > newer)
    if since is not None:
        after = since.astimezone(dt.UTC).strftime(AT)
        query = query.where(EVENT.c.at > after, EVENT.c.tbl != "sign_off")
    return history.rows(session, query)


PARTS_ASKED: dict[str, tuple[str, ...]] = {
    "claim": ("claim", "claim_anchor"),
    "figures": ("figure", "figure_relation"),
    "evidence": ("evidence", "evidence_target", "citation"),
    "assessments": ("assessment",),
    "sign_offs": ("sign_off",),
    "contests": ("contest", "contest_evidence"),
    "findings": ("finding",),
    "comments": ("comment",),
    "invitations": ("invitation", "invited_claim", "answer"),
}
"""What a biography can be narrowed to, and the tables that is."""


def story(
    session: Session,
    claim: uuid.UUID,
    *,
    part: str | None = None,
    who: str | None = None,
    position: int | None = None,
    oldest: bool = False,
    after: int | None = None,
    limit: int,
) -> list[Entry]:
    """Everything that happened to a claim and its parts, deleted ones included.

    ``part`` is a key of :data:`PARTS_ASKED`; ``position`` leaves out what was sealed later.
    """
    rows = belonging(session, of_claim(claim), whole=False)
    if part is not None:
        rows = {table: keys for table, keys in rows.items() if table in PARTS_ASKED[part]}
    asked = Asked(rows=rows, actor=who, until=position)
    return search.entries(session, asked, after=after, limit=limit, oldest=oldest)


def before(place: tuple[str, str] | None) -> int | None:
    """Return the event a cursor points to; raise Refused for one that points to none."""
    if place is None:
        return None
    number = place[1]
    if not number.isdigit():
        raise refused()
    return int(number)
