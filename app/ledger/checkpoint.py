"""Checkpoints: signed tree heads, made of what is sealed and compared with what is there."""

import hmac
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.ledger.leaf import seal_mac
from app.ledger.note import BadNote, VerifierKey, opened
from app.ledger.report import Report
from app.ledger.signer import UNUSABLE, Signed, Signer, Unsignable
from app.ledger.tables import prefix, run

STORED = "the database"
OUTSIDE = "the file outside"
SIGNER = "the signer's own file"


class Sealed(Protocol):
    """What signing needs of :class:`app.db.Database`."""

    key: bytes
    signer: Signer

    def seal(self) -> int:
        """Seal what is pending."""

    def reading(self, *, steady: bool = False) -> AbstractContextManager[Session]:
        """A session that sees one state."""

    def keeping(self) -> AbstractContextManager[Connection]:
        """A connection in a transaction of the ledger's own."""


def issue(database: Sealed) -> str | None:
    """Seal what is pending and sign the tree head; None while the ledger is empty.

    Raise :class:`Unsignable` for a tree that does not continue the one signed last.
    """
    database.seal()
    with database.signer.alone() as signed:
        with database.reading(steady=True) as session:
            leaves = list(fresh(session.connection(), database.key, signed))
        if not leaves and not signed.root.size:
            return None
        size = signed.root.size + len(leaves)
        note = database.signer.sign(signed, leaves)
        with database.keeping() as connection:
            keep(connection, size, note)
    return note


def fresh(connection: Connection, key: bytes, signed: Signed) -> Iterator[bytes]:
    """The leaves behind the tree signed last, in their order, each with a good MAC.

    The last leaf of that tree is looked at again: entries bear random salts, so a database that
    was put back and then went on differently does not have it.
    """
    size = signed.root.size
    expected = max(0, size - 1)
    query = (
        f"SELECT seq, leaf, mac FROM {prefix(connection)}ledger_leaf"
        f" WHERE seq >= {expected} ORDER BY seq"
    )
    with run(connection, query, yield_per=1000) as rows:
        for seq, leaf, mac in rows:
            digest = bytes(leaf)
            if seq != expected or not hmac.compare_digest(seal_mac(key, seq, digest), bytes(mac)):
                raise Unsignable(f"leaf {expected} is missing or was not sealed here")
            expected += 1
            if seq >= size:
                yield digest
            elif digest != signed.last_leaf:
                raise Unsignable(f"leaf {seq} is not the signed one: this is another history")
    if expected < size:
        raise Unsignable(f"the ledger has {expected} leaves, {size} were signed: it was put back")


def keep(connection: Connection, size: int, note: str) -> None:
    """Store a note, unless one of its size is there."""
    table = f"{prefix(connection)}ledger_checkpoint"
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    connection.exec_driver_sql(
        f"INSERT INTO {table}(size, note) SELECT {mark}, {mark}"
        f" WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE size = {mark})",
        (size, note, size),
    )


def stored(connection: Connection) -> list[tuple[int, str]]:
    """The notes in the database by the size they stand under."""
    query = f"SELECT size, note FROM {prefix(connection)}ledger_checkpoint ORDER BY size"
    return [(size, str(note)) for size, note in run(connection, query)]


@dataclass
class Heads:
    """Every tree head that is known of a ledger, to be compared while its leaves go by.

    What cannot be trusted is a finding at once.
    """

    report: Report
    at: dict[int, list[tuple[bytes, str]]] = field(default_factory=dict)

    def collect(self, connection: Connection, signer: Signer) -> None:
        """Read the heads in the database, in the file outside and in the signer's memory."""
        try:
            keys = signer.verifiers()
            last = signer.last()
        except UNUSABLE as problem:
            self.report.add("BAD_SIGNATURE", f"{SIGNER}: {problem}")
            keys, last = [], None
        for size, note in stored(connection):
            self.add(note, keys, STORED, size)
        for note in signer.outside():
            self.add(note, keys, OUTSIDE)
        if last is not None:
            self.expect(last.size, last.root, SIGNER)

    def add(self, note: str, keys: list[VerifierKey], where: str, under: int | None = None) -> None:
        """Remember the head of a note; ``under`` is the size it is stored under."""
        try:
            head = opened(note, keys)
        except BadNote as problem:
            at = "" if under is None else f" at {under}"
            self.report.add("BAD_SIGNATURE", f"a checkpoint in {where}{at}: {problem}")
            return
        if under not in {None, head.size}:
            self.report.add("BAD_SIGNATURE", f"{where} has that of {head.size} under {under}")
        self.expect(head.size, head.root, where)

    def expect(self, size: int, root: bytes, where: str) -> None:
        """Remember what the root over the first ``size`` leaves has to be."""
        self.at.setdefault(size, []).append((root, where))

    def compare(self, size: int, root: bytes) -> None:
        """Hold the root over the first ``size`` leaves against every head of that size."""
        for known, where in self.at.pop(size, ()):
            if known != root:
                self.report.add("ROOT_MISMATCH", f"{size} leaves, by {where}")

    def finish(self, size: int) -> None:
        """What is left speaks of leaves that are not there."""
        for missing, known in sorted(self.at.items()):
            for _, where in known:
                self.report.add("ROLLBACK", f"{missing} leaves were signed, by {where}; {size} are")
