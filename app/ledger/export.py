"""Exports of the ledger that anybody can check offline: entries, their values, proofs, the head."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, MetaData

from app.ledger.leaf import (
    UNREADABLE,
    Erased,
    Event,
    Opening,
    as_it_is,
    header,
    openings,
    read,
    value_digest,
)
from app.ledger.note import Checkpoint, encoded
from app.ledger.proofs import Prover
from app.ledger.tables import prefix, run
from app.ledger.verify_offline import FORMAT

SURROGATE = re.compile("[\ud800-\udfff]")
Keys = dict[str, set[str]]
"""Keys of rows by their table."""


def entry(event: Event, via: str, seq: int, withheld: Collection[str]) -> dict[str, Any]:
    """One entry with its values, each under its own salt.

    A value whose field, or ``table.field``, is ``withheld`` is represented by its digest: the
    entry can be checked all the same.
    """
    try:
        text = header(event, via)
        values: dict[str, dict[str, str]] | None = {
            name: shown(name, opening, event.tbl, withheld)
            for name, opening in openings(event.old, event.new, event.salt, event.red).items()
        }
    except UNREADABLE:
        # Somebody wrote by hand what is no event; it was sealed as it is.
        text, values = as_it_is(event, via), None
    return {"index": seq, "header": text.decode("utf-8", "surrogatepass"), "values": values}


def shown(
    name: str, opening: Opening | Erased, table: str, withheld: Collection[str]
) -> dict[str, str]:
    """One value as the export holds it."""
    field = name[2:]
    if isinstance(opening, Erased) or field in withheld or f"{table}.{field}" in withheld:
        return {"digest": value_digest(name, opening).hex()}
    return {"salt": opening.salt.hex(), "value": opening.value}


def entries(
    connection: Connection, size: int, withheld: Collection[str], eids: Collection[int] | None
) -> Iterator[dict[str, Any]]:
    """The sealed entries below ``size`` in their order; ``eids`` None means all of them."""
    here = prefix(connection)
    columns = ", ".join(f"e.{name}" for name in Event._fields)
    query = (
        f"SELECT l.seq, l.via, {columns} FROM {here}ledger_leaf l"
        f" JOIN {here}ledger_event e ON e.eid = l.eid WHERE l.seq < {int(size)}"
    )
    if eids is not None:
        query += f" AND l.eid IN ({', '.join(str(int(eid)) for eid in eids) or 'NULL'})"
    for seq, via, *values in run(connection, f"{query} ORDER BY l.seq", yield_per=1000):
        row = Event(*values)
        yield entry(row._replace(salt=bytes(row.salt)), via, seq, withheld)


def written(
    connection: Connection,
    prover: Prover,
    head: Checkpoint,
    note: str,
    keys: list[str],
    *,
    eids: Collection[int] | None = None,
    withheld: Collection[str] = (),
    earlier: Collection[tuple[Checkpoint, str]] = (),
) -> Iterator[str]:
    """The export as JSON, piece by piece, one entry a line.

    Raise :class:`app.ledger.proofs.Contradiction` rather than give a proof that does not hold.
    ``earlier`` are signed heads of which the export proves that it continues them.
    """
    continued = [
        {"checkpoint": old, "proof": [encoded(h) for h in proof]}
        for known, old in earlier
        for proof in [prover.consistency(connection, known, head)]
    ]
    complete = eids is None
    start = {"format": FORMAT, "keys": keys, "checkpoint": note, "earlier": continued}
    yield f'{dumped({**start, "complete": complete})[:-1]}, "entries": ['
    separator = "\n"
    for found in entries(connection, head.size, withheld, eids):
        proof = None
        if not complete:
            hashes = prover.inclusion(connection, found["index"], head).hashes
            proof = [encoded(item) for item in hashes]
        yield separator + dumped({**found, "proof": proof})
        separator = ",\n"
    yield "\n]}\n"


def dumped(value: Any) -> str:
    """JSON in which Chinese is readable and a lone surrogate is spelled out."""
    text = json.dumps(value, ensure_ascii=False)
    return SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def events_of(connection: Connection, metadata: MetaData, table: str, pk: str) -> list[int]:
    """The events of one row and of every row that hangs on it, now or once, in their order."""
    keys: Keys = {table: {pk}}
    found: set[int] = set(events_about(connection, table, pk))
    waiting = [(table, pk)]
    while waiting:
        parent, key = waiting.pop()
        for child, column in dependents(metadata, parent):
            for own in rows_naming(connection, child, column, key):
                if own not in keys.setdefault(child, set()):
                    keys[child].add(own)
                    found |= set(events_about(connection, child, own))
                    waiting.append((child, own))
    return sorted(found)


def dependents(metadata: MetaData, parent: str) -> list[tuple[str, str]]:
    """The tables and columns that point at a table."""
    return [
        (table.name, key.parent.name)
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == parent and table.name != parent
    ]


def rows_naming(connection: Connection, table: str, column: str, key: str) -> list[str]:
    """The rows of a table that ever had a key in a column, by the ledger."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    rows = connection.exec_driver_sql(
        f"SELECT pk, new FROM {prefix(connection)}ledger_event WHERE kind = 'row'"
        f" AND tbl = {mark} AND new LIKE {mark}",
        (table, f"%{key}%"),
    )
    found = []
    for pk, new in rows:
        try:
            image = read(new) or {}
        except UNREADABLE:
            continue
        if image.get(column) == key:
            found.append(str(pk))
    return found


def events_about(connection: Connection, table: str, key: str) -> list[int]:
    """The numbers of the events of one row."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    rows = connection.exec_driver_sql(
        f"SELECT eid FROM {prefix(connection)}ledger_event WHERE tbl = {mark} AND pk = {mark}",
        (table, key),
    )
    return [row[0] for row in rows]
