"""The past by replay: what rows were when the ledger had a given number of sealed entries."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import MetaData, Select, collate, or_, select
from sqlalchemy.orm import Session

from app.ledger.fold import Cut, trimmed
from app.ledger.history import payload
from app.ledger.tables import EVENT, LEAF, dialect, of_kind, options
from app.ledger.upcast import Image, Rows

UNREADABLE = (ValueError, TypeError, RecursionError)
CHUNK = 900
"""Keys asked for in one statement."""
Keys = Select[Any] | Iterable[str] | None
Step = tuple[str, int, bool, str | None, str | None]
"""An event of a row: key, number, whether it has an old image, its new image, its erasures."""
ERASED = "［已删除 erased］"
"""What stands for a value that a redaction took out of the ledger."""
READ = json.JSONDecoder(parse_float=str).decode


@dataclass(frozen=True)
class Era:
    """The shape of the database at a place of the ledger, as the migrations' entries tell it.

    ``position`` counts the sealed entries before that place. ``later`` names, by table, the
    columns of today that did not exist then; ``absent`` the tables. ``cuts`` are the removals of
    columns before it, in the order of events.
    """

    position: int
    revision: str
    later: Mapping[str, frozenset[str]]
    absent: frozenset[str]
    cuts: Mapping[str, list[Cut]]


@dataclass(frozen=True)
class Migrated:
    """One migration's entry with its place."""

    seq: int
    eid: int
    story: dict[str, Any]


def migrated(session: Session) -> list[Migrated]:
    """Every sealed migration, oldest first."""
    query = (
        select(LEAF.c.seq, EVENT.c.eid, EVENT.c.new)
        .join(EVENT, EVENT.c.eid == LEAF.c.eid)
        .where(of_kind("migration"))
        .order_by(EVENT.c.eid)
    )
    found = session.execute(query, execution_options=options(session))
    return [Migrated(seq, eid, payload(text) or {}) for seq, eid, text in found]


def era(session: Session, metadata: MetaData, position: int) -> Era:
    """The shape of the database when the ledger had ``position`` sealed entries."""
    stories = migrated(session)
    before = [found for found in stories if found.seq < position]
    after = [found.story for found in stories if found.seq >= position]
    target = before[-1].story.get("to") if before else None
    later, absent = _later(metadata, after)
    return Era(position, ",".join(target or ()) or "base", later, absent, _cuts(before))


def _later(
    metadata: MetaData, stories: list[dict[str, Any]]
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Walk back from today's shape through what later migrations did."""
    later: dict[str, frozenset[str]] = {}
    absent: set[str] = set()
    for table in metadata.sorted_tables:
        today = {column.name for column in table.columns}
        then: set[str] | None = set(today)
        for story in reversed(stories):
            then = _undone(story, table.name, then, today)
        if then is None:
            absent.add(table.name)
        elif today - then:
            later[table.name] = frozenset(today - then)
    return later, frozenset(absent)


def _undone(
    story: dict[str, Any], table: str, columns: set[str] | None, today: set[str]
) -> set[str] | None:
    """The columns of a table before a migration; None where it did not exist."""
    if table in story.get("tables_added", ()):
        return None
    if table in story.get("tables_removed", ()):
        return set(today)
    added = story.get("columns_added", {}).get(table, ())
    removed = story.get("columns_removed", {}).get(table, ())
    return None if columns is None else (columns - set(added)) | (set(removed) & today)


def _cuts(stories: list[Migrated]) -> dict[str, list[Cut]]:
    """What migrations took away, by table."""
    cuts: dict[str, list[Cut]] = {}
    for found in stories:
        for table in found.story.get("tables_removed", ()):
            cuts.setdefault(table, []).append(Cut(found.eid, None))
        for table, fields in found.story.get("columns_removed", {}).items():
            cuts.setdefault(table, []).append(Cut(found.eid, frozenset(fields)))
    return cuts


def images(session: Session, table: str, then: Era, keys: Keys = None) -> Rows:
    """The rows of a table as they were, in the shape the table had; ``keys`` narrows them.

    What somebody wrote by hand and is no image changes nothing: the verification names it.
    """
    cuts = then.cuts.get(table, [])
    rows: Rows = {}
    for pk, steps in groupby(_steps(session, table, then.position, keys), lambda step: step[0]):
        image = laid(steps, cuts)
        if image is not None:
            rows[pk] = image
    return rows


def _steps(session: Session, table: str, position: int, keys: Keys) -> Iterator[Step]:
    query = (
        select(EVENT.c.pk, EVENT.c.eid, EVENT.c.old.is_not(None), EVENT.c.new, EVENT.c.red)
        .join(LEAF, LEAF.c.eid == EVENT.c.eid)
        .where(EVENT.c.kind == "row", EVENT.c.tbl == table, LEAF.c.seq < position)
        .order_by(EVENT.c.pk, EVENT.c.eid)
    )
    for narrowed in _narrowed(query, keys):
        rows = session.execute(narrowed, execution_options=options(session))
        yield from rows


def _narrowed(query: Select[Any], keys: Keys) -> Iterator[Select[Any]]:
    """The query itself, or one for each handful of keys."""
    if keys is None:
        yield query
    elif isinstance(keys, Select):
        yield query.where(EVENT.c.pk.in_(keys))
    else:
        listed = sorted(set(keys))
        for start in range(0, len(listed), CHUNK):
            yield query.where(EVENT.c.pk.in_(listed[start : start + CHUNK]))


def laid(steps: Iterable[Step], cuts: list[Cut]) -> Image | None:
    """One row's events laid over each other in their order; None where the row was not there."""
    image: Image | None = None
    waiting = iter(cuts)
    cut = next(waiting, None)
    for _, eid, continues, text, red in steps:
        while cut is not None and cut.eid < eid:
            image, cut = trimmed(image, cut), next(waiting, None)
        if text is None:
            image = None
            continue
        try:
            new = READ(text)
        except UNREADABLE:
            continue
        if isinstance(new, dict):
            image = {**(image or {}), **new} if continues else new
            if red is not None:
                image |= dict.fromkeys(erased(red), ERASED)
    while cut is not None:
        image, cut = trimmed(image, cut), next(waiting, None)
    return image


def erased(red: str) -> list[str]:
    """The fields of a new image that a redaction took out; it left their digests (``d``)."""
    try:
        digests = json.loads(red)["d"]
        return [name.removeprefix("n.") for name in digests if name.startswith("n.")]
    except (*UNREADABLE, KeyError):
        return []


def removed_since(session: Session, table: str, position: int) -> Rows:
    """The last image of each row of a table that was deleted at or after a place.

    What is not sealed yet comes after every place.
    """
    query = (
        select(EVENT.c.pk, EVENT.c.old)
        .outerjoin(LEAF, LEAF.c.eid == EVENT.c.eid)
        .where(
            EVENT.c.kind == "row",
            EVENT.c.op == "D",
            EVENT.c.tbl == table,
            or_(LEAF.c.seq >= position, LEAF.c.seq.is_(None)),
        )
        .order_by(EVENT.c.eid)
    )
    found = session.execute(query, execution_options=options(session))
    return {pk: payload(old) or {} for pk, old in found}


def position_at(session: Session, moment_text: str) -> int:
    """How many entries were sealed up to the last one written at or before a moment.

    ``moment_text`` is UTC as the ledger writes it. An index on the moment answers it.
    """
    at = collate(EVENT.c.at, "C" if dialect(session) == "postgresql" else "BINARY")
    query = (
        select(LEAF.c.seq + 1)
        .join(EVENT, EVENT.c.eid == LEAF.c.eid)
        .where(at <= moment_text)
        .order_by(at.desc(), EVENT.c.eid.desc())
        .limit(1)
    )
    found: int | None = session.scalar(query, execution_options=options(session))
    return found or 0


def moment_of(session: Session, position: int) -> str | None:
    """When the last entry before a place was written, as the ledger writes it."""
    query = (
        select(EVENT.c.at).join(LEAF, LEAF.c.eid == EVENT.c.eid).where(LEAF.c.seq == position - 1)
    )
    found: str | None = session.scalar(query, execution_options=options(session))
    return found


def last_redaction(session: Session) -> int:
    """The number of the newest redaction; copies of the past made before it are out of date."""
    query = select(EVENT.c.eid).where(of_kind("redaction")).order_by(EVENT.c.eid.desc()).limit(1)
    return session.scalar(query, execution_options=options(session)) or 0
