"""Reading the ledger: entries newest first, one entry, the migrations, and where it stands."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import Session

from app.ledger.acts import MIGRATION
from app.ledger.fold import Cut
from app.ledger.tables import EVENT, LEAF, of_kind, options, prefix

Change = tuple[str, Any, Any]
"""A field with its old and its new value; None stands for null and for not there."""


@dataclass(frozen=True)
class Entry:
    """One event as a person reads it.

    ``seq`` is its place in the ledger, None until it is sealed; ``at`` is UTC text in ISO 8601
    with milliseconds; ``via`` is ``app``, ``foreign`` or None until sealed. ``old`` and ``new``
    hold the changed fields of an update, the whole row of an insertion or deletion, and in
    ``new`` the payload of an act.
    """

    eid: int
    seq: int | None
    kind: str
    table: str
    pk: str
    op: str
    at: str
    actor: str | None
    request: str | None
    via: str | None
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    withheld: bool = False
    """Whether words of it are withheld from whoever reads."""

    @property
    def changes(self) -> list[Change]:
        """Each field that differs between the two images, in the table's order."""
        old, new = self.old or {}, self.new or {}
        names = [*new, *(name for name in old if name not in new)]
        return [
            (name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
        ]


FIELDS = tuple(field.name for field in fields(Entry) if field.name != "withheld")
Mask = Callable[[Entry], Entry]
MASK = "mask of entries"
"""Where a session keeps what withholds words of entries from its reader."""
UNSEARCHED = "rows that are not searched"
"""Where it keeps the rows, by table, whose values are not looked through."""
UNTRIED = "articles upon which acts are not searched"
"""Where it keeps what tells the articles whose acts hold digests that could be tried."""
READ = select(
    EVENT.c.eid,
    LEAF.c.seq,
    EVENT.c.kind,
    EVENT.c.tbl,
    EVENT.c.pk,
    EVENT.c.op,
    EVENT.c.at,
    EVENT.c.actor,
    EVENT.c.req,
    LEAF.c.via,
    EVENT.c.old,
    EVENT.c.new,
).select_from(EVENT.outerjoin(LEAF, LEAF.c.eid == EVENT.c.eid))


def entries(
    session: Session,
    *,
    kind: str | None = None,
    actor: str | None = None,
    table: str | None = None,
    pk: str | None = None,
    request: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries that meet every given filter; ``before`` is the last page's last eid."""
    wanted = {
        EVENT.c.actor: actor,
        EVENT.c.tbl: table,
        EVENT.c.pk: pk,
        EVENT.c.req: request,
    }
    query = READ.order_by(EVENT.c.eid.desc()).limit(limit)
    if kind is not None:
        query = query.where(of_kind(kind))
    for column, value in wanted.items():
        if value is not None:
            query = query.where(column == value)
    if before is not None:
        query = query.where(EVENT.c.eid < before)
    return rows(session, query)


def entry(session: Session, eid: int) -> Entry | None:
    """One entry by its event number."""
    return next(iter(rows(session, READ.where(EVENT.c.eid == eid))), None)


def position(session: Session) -> int:
    """How many events are sealed: the ledger's number at this moment."""
    query = select(func.coalesce(func.max(LEAF.c.seq) + 1, 0))
    number: int = session.execute(query, execution_options=options(session)).scalar_one()
    return number


def migrations(session: Session) -> list[Entry]:
    """Every migration that ran here, newest first."""
    query = READ.where(of_kind(MIGRATION)).order_by(EVENT.c.eid.desc())
    return rows(session, query)


def schema_revision(session: Session) -> str:
    """The revision the database says it has; ``base`` before the first."""
    found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").all()
    return ",".join(sorted(row[0] for row in found)) or "base"


def rows(session: Session, query: Select[Any]) -> list[Entry]:
    """Run a query over the ledger; what the session's reader may not know is withheld."""
    found = [read(row) for row in session.execute(query, execution_options=options(session))]
    mask: Mask | None = session.info.get(MASK)
    return [mask(entry) for entry in found] if mask is not None else found


def read(row: Row[Any]) -> Entry:
    """One row of the query as an entry."""
    found = dict(zip(FIELDS, row, strict=True))
    return Entry(**{**found, "old": payload(row.old), "new": payload(row.new)})


def payload(text: str | None) -> dict[str, Any] | None:
    """A stored image as plain values; numbers with a point stay the text they were written as."""
    if text is None:
        return None
    try:
        found = json.loads(text, parse_float=str)
    except (ValueError, TypeError, RecursionError):
        found = None
    # Somebody may have written by hand what is no image: it is shown, not tripped over.
    return found if isinstance(found, dict) else {"": str(text)}


def migration_stories(connection: Connection) -> list[tuple[int, dict[str, Any]]]:
    """The number and the payload of each migration event, oldest first."""
    found = connection.exec_driver_sql(
        f"SELECT eid, new FROM {prefix(connection)}ledger_event"
        " WHERE kind = 'migration' ORDER BY eid"
    )
    return [(eid, payload(text) or {}) for eid, text in found]


def last_migration(connection: Connection) -> dict[str, Any]:
    """What the last migration event tells; empty where there is none."""
    stories = migration_stories(connection)
    return stories[-1][1] if stories else {}


def removals(connection: Connection, table: str) -> list[Cut]:
    """The migrations that took columns of a table, or the table itself, away."""
    cuts = []
    for eid, story in migration_stories(connection):
        if table in story.get("tables_removed", ()):
            cuts.append(Cut(eid, None))
        elif gone := story.get("columns_removed", {}).get(table):
            cuts.append(Cut(eid, frozenset(gone)))
    return cuts
