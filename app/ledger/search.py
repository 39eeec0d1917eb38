"""Finding entries: who, what kind, which rows, when, and which words stand in the values."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from app.ledger import history
from app.ledger.history import Entry
from app.ledger.replay import Keys
from app.ledger.tables import BESIDE_ROWS, EVENT, LEAF, dialect, of_kind, options

Condition = ColumnElement[bool]
SECURITY_KINDS = ("security", "read", "export", "redaction")
DOORS = (
    *("account", "account_identity", "account_link", "api_token", "checkpoint", "contact"),
    *("desk", "factor", "ledger", "need_to_know", "recovery_code", "role_grant"),
)
"""The tables of who gets in, and of what is locked."""
ISSUED = ("appendix", "appendix_file")
"""The acts by which files are made that may leave the house."""
KINDS: Mapping[str, Callable[[], Condition]] = {
    "data": lambda: EVENT.c.kind == "row",
    "schema": lambda: of_kind("migration"),
    "export": lambda: of_kind("export"),
    "act": lambda: and_(BESIDE_ROWS, EVENT.c.kind.not_in(("migration", "export"))),
    "security": lambda: or_(
        and_(BESIDE_ROWS, EVENT.c.kind.in_(SECURITY_KINDS)),
        and_(of_kind("act"), EVENT.c.op.in_(ISSUED)),
        EVENT.c.tbl.in_(DOORS),
    ),
    "system": lambda: EVENT.c.actor.startswith("system:"),
    "foreign": lambda: LEAF.c.via == "foreign",
    "nobody": lambda: EVENT.c.actor.is_(None),
}
"""The kinds somebody can ask for; the ledger's own words (``row``, ``read`` …) work as well."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the ledger; what is None or empty asks for nothing.

    ``since`` and ``until`` are ledger numbers: entries from the one up to, not including, the
    other. ``rows`` names tables with the keys wanted of each.
    """

    kind: str | None = None
    actor: str | None = None
    table: str | None = None
    op: str | None = None
    pk: str | None = None
    request: str | None = None
    text: str | None = None
    since: int | None = None
    until: int | None = None
    rows: Mapping[str, Keys] | None = None

    @property
    def placed(self) -> bool:
        """Whether the order is that of the sealed places rather than that of the events."""
        return self.since is not None or self.until is not None


def entries(
    session: Session,
    asked: Asked,
    *,
    after: int | None = None,
    limit: int,
    oldest: bool = False,
) -> list[Entry]:
    """The newest entries that meet everything asked; ``after`` is the last page's last mark.

    ``oldest`` begins at the other end. A page costs the same at any depth: nothing is counted and
    nothing is skipped.
    """
    column = LEAF.c.seq if asked.placed else EVENT.c.eid
    order = column if oldest else column.desc()
    query = history.READ.where(*conditions(session, asked)).order_by(order).limit(limit)
    if after is not None:
        query = query.where(column > after if oldest else column < after)
    return history.rows(session, query)


def mark(asked: Asked, entry: Entry) -> int:
    """The number after which the next page begins."""
    return entry.seq if asked.placed and entry.seq is not None else entry.eid


def conditions(session: Session, asked: Asked) -> list[Condition]:
    """Everything asked, as conditions over an event and its leaf."""
    exact = {
        EVENT.c.actor: asked.actor,
        EVENT.c.tbl: asked.table,
        EVENT.c.op: asked.op,
        EVENT.c.pk: asked.pk,
        EVENT.c.req: asked.request,
    }
    found: list[Condition] = [column == value for column, value in exact.items() if value]
    if asked.kind:
        known = KINDS.get(asked.kind)
        found.append(known() if known else of_kind(asked.kind))
    if asked.since is not None:
        found.append(LEAF.c.seq >= asked.since)
    if asked.until is not None:
        found.append(LEAF.c.seq < asked.until)
    if asked.text:
        found.append(mentions(session, asked.text))
        # Whoever may not read a value must not find out by searching for it either.
        if hidden := session.info.get(history.UNSEARCHED, {}):
            found.append(not_(among(hidden)))
        if untried := session.info.get(history.UNTRIED, set)():
            found.append(not_(and_(BESIDE_ROWS, among({"article": untried}))))
    if asked.rows is not None:
        found.append(among(asked.rows))
    return found


def mentions(session: Session, text: str) -> Condition:
    """That a value before or after holds a text, in whatever case Latin letters have.

    A text inside words of several languages is escaped twice, because those are JSON in JSON.
    """
    once = json.dumps(text, ensure_ascii=False)[1:-1]
    spellings = {once, json.dumps(once, ensure_ascii=False)[1:-1]}
    # SQLite's LIKE takes a for A by itself, and is slower when it is told to.
    folded = dialect(session) == "postgresql"
    return or_(
        *(
            column.icontains(spelling, autoescape=True)
            if folded
            else column.contains(spelling, autoescape=True)
            for column in (EVENT.c.new, EVENT.c.old)
            for spelling in sorted(spellings)
        )
    )


def among(rows: Mapping[str, Keys]) -> Condition:
    """That an entry is about one of these rows; of no rows there is none."""
    return or_(
        false(),
        *(
            EVENT.c.tbl == table if keys is None else and_(EVENT.c.tbl == table, _keyed(keys))
            for table, keys in rows.items()
        ),
    )


def _keyed(keys: Any) -> Condition:
    found: Condition = EVENT.c.pk.in_(keys if isinstance(keys, Select) else sorted(keys))
    return found


def last_verification(session: Session) -> Entry | None:
    """The entry of the last time somebody verified the ledger."""
    wanted = Asked(kind="act", table="ledger", op="verify")
    return next(iter(entries(session, wanted, limit=1)), None)


def neighbours(session: Session, eid: int) -> tuple[int | None, int | None]:
    """The numbers of the entries before and after one."""
    before = select(func.max(EVENT.c.eid)).where(EVENT.c.eid < eid).scalar_subquery()
    after = select(func.min(EVENT.c.eid)).where(EVENT.c.eid > eid).scalar_subquery()
    found = session.execute(select(before, after), execution_options=options(session)).one()
    return found[0], found[1]


def of_request(session: Session, request: str, limit: int) -> list[Entry]:
    """What one request did, in its order."""
    query = history.READ.where(EVENT.c.req == request).order_by(EVENT.c.eid).limit(limit)
    return history.rows(session, query)
