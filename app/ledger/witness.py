"""What a document that leaves the house carries of the ledger: a signed head and proofs of it."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ledger.export import entries
from app.ledger.note import VerifierKey, encoded, opened
from app.ledger.proofs import Contradiction, Prover
from app.ledger.tables import EVENT, LEAF, of_kind, options

CHUNK = 900
"""Keys asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A signed head with the act that fixed a document, and one entry for each of its rows.

    ``act`` is the act's entry with its values and the hashes that lead to the head. ``rows`` holds,
    by key, the header of the row's latest entry and its proof as a C2SP tlog-proof.
    """

    keys: list[str]
    checkpoint: str
    act: dict[str, Any]
    rows: dict[str, dict[str, str]]

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def witness(
    session: Session,
    prover: Prover,
    note: str,
    keys: list[VerifierKey],
    *,
    act: int,
    rows: dict[str, int],
) -> Witness:
    """Prove an act and the latest entry of each row against a signed head.

    ``act`` and the values of ``rows`` are events' numbers. Raise
    :class:`app.ledger.proofs.Contradiction` rather than give a proof that does not hold.
    """
    head, connection = opened(note, keys), session.connection()
    wanted = {act, *rows.values()}
    found = {number_of(item): item for item in entries(connection, head.size, (), wanted)}
    proofs = {
        number: prover.inclusion(connection, item["index"], head) for number, item in found.items()
    }
    return Witness(
        keys=[str(key) for key in keys],
        checkpoint=note,
        act={**found[act], "proof": [encoded(part) for part in proofs[act].hashes]},
        rows={
            pk: {"header": found[number]["header"], "proof": proofs[number].written(note)}
            for pk, number in rows.items()
        },
    )


def number_of(item: dict[str, Any]) -> int:
    """The event's number in an entry's header; raise Contradiction where it is no header."""
    try:
        number: int = json.loads(item["header"])["eid"]
    except ValueError as problem:
        raise Contradiction("an entry of this document was written by hand") from problem
    return number


def latest(session: Session, table: str, keys: Collection[str], position: int) -> dict[str, int]:
    """The number of the last event of each row before a place in the ledger, by the row's key."""
    listed, found = sorted(keys), dict[str, int]()
    for start in range(0, len(listed), CHUNK):
        query = (
            select(EVENT.c.pk, func.max(EVENT.c.eid))
            .join(LEAF, LEAF.c.eid == EVENT.c.eid)
            .where(EVENT.c.kind == "row", EVENT.c.tbl == table, LEAF.c.seq < position)
            .where(EVENT.c.pk.in_(listed[start : start + CHUNK]))
            .group_by(EVENT.c.pk)
        )
        rows = session.execute(query, execution_options=options(session))
        found.update((row[0], row[1]) for row in rows)
    return found


def act_with(session: Session, table: str, pk: str, word: str) -> int:
    """The number of the act about a row whose payload holds a word that no other has."""
    query = select(EVENT.c.eid).where(
        of_kind("act"), EVENT.c.tbl == table, EVENT.c.pk == pk, EVENT.c.new.contains(word)
    )
    number: int = session.execute(query, execution_options=options(session)).scalar_one()
    return number
