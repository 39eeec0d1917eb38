"""The veil on the requests of a person: over rows as they load, and over entries of the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.ledger.history import MASK, UNSEARCHED, Entry
from claims import veiling
from claims.veiling import RowVeil


def cover(session: Session, reader: str) -> None:
    """Let a session show its reader only what they may know."""
    veiling.cover(session, reader)
    rows: RowVeil = session.info[veiling.ROWS]

    def mask(entry: Entry) -> Entry:
        if not rows.hides(entry.table, entry.pk, entry.old, entry.new) or entry.kind != "row":
            return entry
        old, new = (
            image if image is None else veiling.masked(entry.table, image)
            for image in (entry.old, entry.new)
        )
        return replace(entry, old=old, new=new, withheld=True)

    session.info[MASK] = mask
    session.info[UNSEARCHED] = _Withheld(rows)


class _Withheld(Mapping[str, frozenset[str]]):
    """The keys of withheld rows by table, looked up when somebody asks."""

    def __init__(self, rows: RowVeil) -> None:
        self._rows = rows

    def __getitem__(self, table: str) -> frozenset[str]:
        return self._rows.keys[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.keys)

    def __len__(self) -> int:
        return len(self._rows.keys)
