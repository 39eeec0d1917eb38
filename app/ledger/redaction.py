"""Redaction: a value leaves the ledger, every proof stays, and the ledger tells who took it out.

The redaction is an entry of its own before anything is touched. Then the live column is set, and
in each event the value gives way to its digest; the event's salt, from which the erased value's
own could be had, gives way to the salts of the other values. The leaf stays what it was.
"""

import contextlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, cast, select

from app.ledger import acts
from app.ledger.acts import REDACTION
from app.ledger.audited import SECRET
from app.ledger.leaf import (
    UNREADABLE,
    Erased,
    Opening,
    canonical,
    erasures,
    openings,
    read,
    value_digest,
)
from app.ledger.tables import prefix
from sources.columns import WordsColumn

TEXT = "[erased]"
WORDS = {"en": "[erased]", "zh": "［已删除］"}
SHORTEST = 4
"""Characters of an erased text at least, for it to be looked for elsewhere."""


class NotRedactable(Exception):
    """What was asked cannot be erased; the message says why."""


@dataclass
class Redaction:
    """What was done: the events that lost values, how many values, and where texts still stand.

    ``elsewhere`` are events that hold one of the erased texts in another row or field.
    """

    events: list[int] = field(default_factory=list)
    values: int = 0
    texts: set[str] = field(default_factory=set)
    elsewhere: list[int] = field(default_factory=list)


def redact(
    connection: Connection,
    metadata: MetaData,
    table: str,
    pk: str,
    fields: Sequence[str],
    reason: str,
) -> Redaction:
    """Erase fields of one row, live and from every event, in the actor's own transaction."""
    known = checked(metadata, table, fields)
    if not reason.strip():
        raise NotRedactable("say why: the reason stands in the ledger")
    replacements = {name: replacement(known.columns[name]) for name in fields}
    before = named(connection, table, pk, fields, 0)
    if not before:
        raise NotRedactable(f"no event of {table} {pk} has {', '.join(fields)}")
    log(connection, table, pk, reason, fields, before)
    last = acts.last_event(connection)
    live(connection, known, pk, replacements)
    after = named(connection, table, pk, fields, last)
    if after:
        log(connection, table, pk, reason, fields, after)
    done = Redaction()
    for eid in (*before, *after):
        erase(connection, eid, fields, replacements, done)
    done.elsewhere = holding(connection, done.texts, {*before, *after})
    return done


def checked(metadata: MetaData, table: str, fields: Sequence[str]) -> Table:
    """The table, when every field is one that may be erased."""
    known = metadata.tables.get(table)
    if known is None or not fields:
        raise NotRedactable(f"there is no table {table}, or no field is named")
    for name in fields:
        column = known.columns.get(name)
        if column is None or column.info.get("ledger") == SECRET:
            raise NotRedactable(f"{table} has no field {name} in the ledger")
        if column.primary_key or column.foreign_keys:
            raise NotRedactable(f"{name} links rows: without it the history cannot be read")
        replacement(column)
    return known


def replacement(column: Column[Any]) -> Any:
    """What stands in the live row from now on: nothing, or words that say it was erased."""
    if column.nullable:
        return None
    if isinstance(column.type, WordsColumn):
        return WORDS
    if isinstance(column.type, Text) or column.type.python_type is str:
        return TEXT
    raise NotRedactable(f"{column.name} must have a value and is no text")


def named(
    connection: Connection, table: str, pk: str, fields: Collection[str], after: int
) -> list[int]:
    """The row's events behind ``after`` that hold one of the fields, on either side."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    rows = connection.exec_driver_sql(
        f"SELECT eid, old, new FROM {prefix(connection)}ledger_event"
        f" WHERE tbl = {mark} AND pk = {mark} AND eid > {mark}"
        f" AND kind NOT IN ('migration', '{REDACTION}') ORDER BY eid",
        (table, pk, after),
    )
    found = []
    for eid, *images in rows:
        try:
            read_images = [read(image) or {} for image in images]
        except UNREADABLE:
            continue
        if any(image.get(name) is not None for image in read_images for name in fields):
            found.append(int(eid))
    return found


def log(
    connection: Connection,
    table: str,
    pk: str,
    reason: str,
    fields: Sequence[str],
    events: list[int],
) -> None:
    """Enter the redaction: who and when the entry says itself, and why, what and where."""
    story = {"events": events, "fields": sorted(fields), "reason": reason.strip()}
    acts.write(connection, REDACTION, table, pk, "R", None, canonical(story))


def live(connection: Connection, table: Table, pk: str, values: dict[str, Any]) -> None:
    """Set the row's columns, if there still is a row."""
    keys = list(table.primary_key.columns)
    parts = [pk] if len(keys) == 1 else [str(part) for part in json.loads(pk)]
    where = [cast(column, Text) == part for column, part in zip(keys, parts, strict=True)]
    if connection.execute(select(table.c[keys[0].name]).where(*where)).first() is not None:
        connection.execute(table.update().where(*where).values(values))


def erase(
    connection: Connection,
    eid: int,
    fields: Collection[str],
    replacements: dict[str, Any],
    done: Redaction,
) -> None:
    """Put digests in the place of an event's values; what is empty hides nothing and stays."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    old, new, salt, red = connection.exec_driver_sql(
        f"SELECT old, new, salt, red FROM {prefix(connection)}ledger_event WHERE eid = {mark}",
        (eid,),
    ).one()
    kept = {canonical(as_stored(value)) for value in (None, "", *replacements.values())}
    values = openings(old, new, bytes(salt), red)
    gone = {
        name: opening
        for name, opening in values.items()
        if isinstance(opening, Opening) and name[2:] in fields and opening.value not in kept
    }
    if not gone:
        return
    change = (without("o", old, gone), without("n", new, gone), remains(values, gone, red), eid)
    connection.exec_driver_sql(
        "UPDATE ledger_event SET old = ?, new = ?, salt = x'', red = ? WHERE eid = ?"
        if mark == "?"
        else "SELECT ledger.redact(%s, %s, %s, %s)",
        change,
    )
    done.events.append(eid)
    done.values += len(gone)
    for opening in gone.values():
        done.texts |= spellings(json.loads(opening.value, parse_float=str))


def remains(
    values: Mapping[str, Opening | Erased], gone: Mapping[str, Opening], red: str | None
) -> str:
    """What is left to check an event by: digests of the erased values, salts of the others."""
    digests = erasures(red).get("d", {})
    digests |= {name: value_digest(name, opening).hex() for name, opening in gone.items()}
    salts = {
        name: opening.salt.hex()
        for name, opening in values.items()
        if isinstance(opening, Opening) and name not in gone
    }
    return canonical({"d": digests, "s": salts})


def spellings(value: Any) -> set[str]:
    """An erased text as it may stand elsewhere: plain, in JSON, or in JSON inside a text."""
    if isinstance(value, str) and value.startswith("{"):
        with contextlib.suppress(ValueError):
            value = json.loads(value)
    texts = value.values() if isinstance(value, dict) else [value]
    found: set[str] = set()
    for text in texts:
        if isinstance(text, str) and len(text) >= SHORTEST:
            once = canonical(text)[1:-1]
            found |= {text, once, canonical(once)[1:-1]}
    return found


def as_stored(value: Any) -> Any:
    """A replacement as an image holds it: words are JSON in a text."""
    return WordsColumn().process_bind_param(value, None) if isinstance(value, dict) else value  # type: ignore[arg-type]


def without(side: str, image: str | None, gone: Collection[str]) -> str | None:
    """An image without some of its values."""
    found = read(image)
    if found is None:
        return None
    return canonical({name: v for name, v in found.items() if f"{side}.{name}" not in gone})


def holding(connection: Connection, texts: set[str], besides: set[int]) -> list[int]:
    """The events that still hold one of the texts; shorter ones would be found everywhere."""
    sqlite = connection.dialect.name == "sqlite"
    place = "instr(coalesce({0}, ''), ?)" if sqlite else "strpos(coalesce({0}, ''), %s)"
    query = (
        f"SELECT eid FROM {prefix(connection)}ledger_event"
        f" WHERE {place.format('new')} > 0 OR {place.format('old')} > 0 ORDER BY eid"
    )
    found: set[int] = set()
    for text in texts:
        found |= {row[0] for row in connection.exec_driver_sql(query, (text, text))}
    return sorted(found - besides)


def permitted(connection: Connection) -> dict[int, set[str]]:
    """The fields that may be erased of each event, by the redactions the application entered."""
    here = prefix(connection)
    rows = connection.exec_driver_sql(
        f"SELECT e.new FROM {here}ledger_event e JOIN {here}ledger_leaf l ON l.eid = e.eid"
        f" WHERE e.kind = '{REDACTION}' AND e.kind <> 'row' AND l.via = 'app'"
    )
    found: dict[int, set[str]] = {}
    for (story,) in rows:
        try:
            told = json.loads(story)
            for eid in told["events"]:
                found.setdefault(eid, set()).update(told["fields"])
        except UNREADABLE:
            continue
    return found


def unpermitted(red: str, fields: set[str]) -> bool:
    """Whether an event lost a value that no redaction names."""
    try:
        return any(name[2:] not in fields for name in erasures(red)["d"])
    except UNREADABLE:
        return True
