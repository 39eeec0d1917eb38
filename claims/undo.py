"""Taking an act of sorting back: every row is again what it was, or nothing is changed."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, raiseload
from sqlalchemy.schema import sort_tables

from claims.errors import Conflict, Missing
from claims.journal import CLAIM, TABLES, Image, digests_of, restored
from claims.models import ArticleVersion, Claim, TriageAct
from claims.retraction import clear_findings, overtaken, worked_on
from claims.workflow import Move, move
from sources.base import now
from sources.batches import batched

IN_ORDER = sort_tables(TABLES.values())
"""The tables an act changes, each behind those it points at."""


def last_act(session: Session, version: ArticleVersion, by: str) -> TriageAct | None:
    """Return the last thing this person did here that is not undone yet."""
    mine = select(TriageAct).where(
        TriageAct.version_id == version.id,
        TriageAct.created_by == by,
        TriageAct.undone_by.is_(None),
    )
    return session.scalars(mine.order_by(TriageAct.number.desc()).limit(1)).first()


def undo(session: Session, version: ArticleVersion, *, by: str) -> TriageAct:
    """Undo the last thing a person did: every row is again what it was, but for its version.

    Raises Missing when there is nothing to undo, and Conflict, changing nothing, when somebody
    went on from it.
    """
    act = last_act(session, version, by)
    if act is None:
        raise Missing(
            "nothing_to_undo",
            {"zh": "没有可以撤销的操作。", "en": "There is nothing of yours to undo."},
        )
    session.flush()
    changes: list[Image] = json.loads(act.changes)
    _refuse_overtaken(session, version, act, changes)
    claims = {uuid.UUID(change["i"]): change for change in changes if change["t"] == CLAIM}
    clear_findings(session, claims)
    session.expire_all()
    _restore(session.connection(), [change for change in changes if change["t"] != CLAIM])
    session.expire_all()
    for claim in _loaded(session, claims):
        move(claim, Move.REVIVE if "back" in claims[claim.id] else Move.RETRACT)
    act = session.get_one(TriageAct, act.id)
    act.undone_by, act.undone_at = by, now()
    session.flush()
    return act


def _loaded(session: Session, claims: Iterable[uuid.UUID]) -> Iterator[Claim]:
    for some in batched(claims):
        yield from session.scalars(
            select(Claim).where(Claim.id.in_(some)).options(raiseload("*")).order_by(Claim.number)
        )


def _restore(connection: Connection, rows: list[Image]) -> None:
    """Put back what was removed, set back what was changed, delete what was made.

    An act may hold thousands of rows, so each table is sent one statement for all rows that
    change alike; what others point at is put back first and deleted last.
    """
    here: dict[str, list[Image]] = defaultdict(list)
    for row in rows:
        here[row["t"]].append(row)
    for table in IN_ORDER:
        _put_back(connection, table, [row["gone"] for row in here[table.name] if "gone" in row])
    for table in IN_ORDER:
        _set_back(connection, table, [row for row in here[table.name] if "was" in row])
    for table in reversed(IN_ORDER):
        made = [row for row in here[table.name] if "gone" not in row and "was" not in row]
        for some in batched([uuid.UUID(row["i"]) for row in made]):
            connection.execute(delete(table).where(table.c.id.in_(some)))


def _put_back(connection: Connection, table: Table, gone: list[Image]) -> None:
    if gone:
        connection.execute(insert(table), [_restored(table, values) for values in gone])


def _set_back(connection: Connection, table: Table, rows: list[Image]) -> None:
    alike: dict[tuple[str, ...], list[Image]] = defaultdict(list)
    for row in rows:
        alike[tuple(row["was"])].append(row)
    for names, group in alike.items():
        values = {name: bindparam(f"was_{name}", type_=table.c[name].type) for name in names}
        connection.execute(
            update(table)
            .where(table.c.id == bindparam("row_id", type_=table.c.id.type))
            .values({**values, "version": table.c.version + 1}),
            [_bound(table, row) for row in group],
        )


def _bound(table: Table, row: Image) -> Image:
    values = _restored(table, row["was"])
    return {"row_id": uuid.UUID(row["i"])} | {f"was_{name}": it for name, it in values.items()}


def _restored(table: Table, values: Image) -> Image:
    return {name: restored(table.columns[name], value) for name, value in values.items()}


def _refuse_overtaken(
    session: Session, version: ArticleVersion, act: TriageAct, changes: list[Image]
) -> None:
    keys = [(change["t"], uuid.UUID(change["i"])) for change in changes if "d" in change]
    digests = digests_of(session.connection(), keys)
    stale = any(
        digests.get((change["t"], uuid.UUID(change["i"]))) != change["d"]
        for change in changes
        if "d" in change
    )
    made = (change for change in changes if change["t"] == CLAIM and "back" not in change)
    busy = worked_on(session, [uuid.UUID(change["i"]) for change in made])
    if busy is not None:
        raise overtaken(session, busy)
    if stale:
        raise _went_on(session, version, act)


def _went_on(session: Session, version: ArticleVersion, act: TriageAct) -> Conflict:
    later = session.scalars(
        select(TriageAct)
        .where(
            TriageAct.version_id == version.id,
            TriageAct.number > act.number,
            TriageAct.created_by != act.created_by,
        )
        .order_by(TriageAct.number.desc())
        .limit(1)
    ).first()
    who = later.created_by if later else None
    return Conflict(
        "overtaken",
        {
            "zh": f"{who or '有人'}已在此基础上继续处理，不能撤销；什么都没有改动。",
            "en": f"{who or 'Somebody'} went on from there, so it cannot be undone; "
            "nothing was changed.",
        },
    )
