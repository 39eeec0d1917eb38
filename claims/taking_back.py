"""Taking a person's act back: every row it changed is again what it was, in the domain's own ways.

What may be deleted is deleted, what is kept for the record is withdrawn, and a conclusion, which is
never changed, gives way to the one before it. Nothing switches a rule of the database off.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import sort_tables

from claims.calculations import recalculate
from claims.errors import Conflict
from claims.material import material_sha256
from claims.models import Assessment, Claim, Evidence, Figure, Finding
from claims.rules.engine import BY, refresh
from claims.status import VerificationStatus
from claims.vocabulary import ContestOutcome, Stage
from claims.workflow import back_to, touch
from sources.base import Base, now
from sources.columns import Words

REASON = "撤销 Undone"
WORDS: Words = {"zh": "提出后即撤销。", "en": "Undone by whoever raised it."}
BY_RULE = frozenset({"stage", "submitted_by", "submission", "sign_off_levels", "version"})
"""Columns of a claim that follow from the steps of its work and are never simply written."""
STAYING = frozenset(
    {
        "claim_author",
        "snapshot",
        "contest_evidence",
        "assessment",
        "capture_attempt",
        "awaited_copy",
    }
)
"""Rows that stay where they were added: the record of who wrote, what was kept, what was said."""
WITHDRAWN = frozenset({"evidence", "formula_check", "comment", "contest"})
"""Rows that are never deleted and have a way of counting no more."""
EARLIER = (
    "status",
    "lowered_from",
    "reasoning",
    "disposition",
    "proposed_wording",
    "created_at",
    "created_by",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What an act did to one row, in the values of the model.

    ``before`` is None for a row it added and the whole row for one it deleted; else both sides
    hold the fields that changed. ``revised`` says that the row's version rose.
    """

    table: str
    key: uuid.UUID
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    revised: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A claim an act is about: the stage it was taken from, and the content it had there."""

    key: uuid.UUID
    stage: Stage | None = None
    sha256: str | None = None


def take_back(
    session: Session, changes: Sequence[Changed], claims: Sequence[Claimed], *, by: str
) -> list[Claim]:
    """Give every row the state it had before an act; return the claims whose stage did not come.

    A claim comes back to its stage where the rules let it: as submitted with exactly the content
    that was submitted, as signed off under signatures that hold for it again. Raises Conflict,
    changing nothing, where something rests on what would go.
    """
    session.flush()
    stages = {one.key: session.get_one(Claim, one.key).stage for one in claims}
    hashes = {one.key: material_sha256(session.get_one(Claim, one.key)) for one in claims}
    try:
        with session.begin_nested():
            _rows(session, changes, by)
    except IntegrityError as problem:
        raise _rested_on() from problem
    session.expire_all()
    _conclusions(session, [one for one in changes if one.table == "assessment"], by)
    left = []
    for one in claims:
        claim = session.get_one(Claim, one.key)
        _settle(session, claim, hashes[one.key])
        taken = stages[one.key]
        if one.stage is None or claim.stage is not taken or claim.stage is one.stage:
            continue
        same = one.sha256 is None or material_sha256(claim) == one.sha256
        if not back_to(session, claim, one.stage, same=same):
            left.append(claim)
    session.flush()
    return left


def _settle(session: Session, claim: Claim, before: str) -> None:
    """Let what is computed follow: results of formulas, what rules find, and the stage."""
    recalculate(session, claim)
    session.flush()
    if material_sha256(claim) != before and claim.stage in {Stage.SUBMITTED, Stage.SIGNED_OFF}:
        touch(session, claim)
    refresh(session, claim, now())


def _rested_on() -> Conflict:
    return Conflict(
        "rested_on",
        {
            "zh": "后来的内容建立在它之上，不能撤销；请先撤回后来的内容。",
            "en": "Something that came later rests on it, so it cannot be undone; "
            "take that back first.",
        },
    )


def _rows(session: Session, changes: Sequence[Changed], by: str) -> None:
    """Write the rows: what was added goes, what went comes back, what changed is set back."""
    connection = session.connection()
    tables: dict[str, Table] = dict(Base.metadata.tables)
    order = sort_tables({tables[one.table] for one in changes})
    here: dict[str, list[Changed]] = defaultdict(list)
    for one in changes:
        here[one.table].append(one)
    staying = _staying(changes)
    for table in reversed(order):
        added = [one for one in here[table.name] if one.before is None]
        _withdraw(connection, table, added, by)
        _delete(connection, table, [one.key for one in added if one.key not in staying])
    for table in order:
        _insert(connection, table, [one for one in here[table.name] if one.after is None])
    for table in order:
        _update(session, table, here[table.name])


def _staying(changes: Iterable[Changed]) -> set[uuid.UUID]:
    """The added rows that stay, and with them what belongs to them or what they point at."""
    added = [one for one in changes if one.before is None]
    staying = {one.key for one in added if one.table in STAYING | WITHDRAWN}
    grown = True
    while grown:
        grown = False
        for one in added:
            owned = one.table in {"evidence_target", "figure"} and _named(one) & staying
            pointed = any(other.key in staying and one.key in _named(other) for other in added)
            if one.key not in staying and (owned or pointed):
                staying.add(one.key)
                grown = True
    return staying


def _named(one: Changed) -> set[uuid.UUID]:
    """The rows a row points at."""
    return {value for value in (one.after or {}).values() if isinstance(value, uuid.UUID)} - {
        one.key
    }


def _withdraw(connection: Connection, table: Table, added: list[Changed], by: str) -> None:
    """Let rows that are never deleted count no more."""
    if table.name not in WITHDRAWN or not added:
        return
    moment = now()
    values: dict[str, dict[str, Any]] = {
        "comment": {"resolved_by": by, "resolved_at": moment},
        "contest": {
            "outcome": ContestOutcome.WITHDRAWN,
            "settlement": WORDS,
            "settled_by": by,
            "settled_at": moment,
        },
    }
    chosen = values.get(table.name, {"withdrawn_by": by, "withdrawal_reason": REASON})
    connection.execute(
        update(table)
        .where(table.c.id.in_([one.key for one in added]))
        .values(**chosen, version=table.c.version + 1)
    )


def _delete(connection: Connection, table: Table, keys: list[uuid.UUID]) -> None:
    if not keys or table.name in STAYING | WITHDRAWN:
        return
    if table.name == "figure":
        # What rules found about a figure goes with it; they look at the claim again afterwards.
        found: Any = Finding.__table__
        connection.execute(
            delete(found).where(
                found.c.figure_id.in_(keys), found.c.created_by == BY, found.c.waived_by.is_(None)
            )
        )
    connection.execute(delete(table).where(table.c.id.in_(keys)))


def _insert(connection: Connection, table: Table, gone: list[Changed]) -> None:
    present = set()
    if table.name == "finding":
        keys = [one.key for one in gone]
        present = set(connection.scalars(select(table.c.id).where(table.c.id.in_(keys))))
    rows = [dict(one.before or {}) for one in gone if one.key not in present]
    if rows:
        connection.execute(insert(table), rows)


def _update(session: Session, table: Table, changes: list[Changed]) -> None:
    connection = session.connection()
    for one in changes:
        if one.before is None or one.after is None:
            continue
        kept = BY_RULE if table.name == "claim" else {"version"}
        values = {name: value for name, value in one.before.items() if name not in kept}
        if one.revised:
            values["version"] = table.c.version + 1
        if values:
            connection.execute(update(table).where(table.c.id == one.key).values(values))


def _conclusions(session: Session, added: Sequence[Changed], by: str) -> None:
    """Put the conclusion before each in force again, or none: a conclusion is never changed.

    The row that repeats it bears the name and the moment of whoever drew it; the ledger says who
    brought it back.
    """
    keys = {one.key for one in added}
    for one in added:
        values = one.after or {}
        earlier = session.scalars(
            select(Assessment)
            .where(
                Assessment.claim_id == values["claim_id"],
                Assessment.figure_id == values["figure_id"]
                if values["figure_id"]
                else Assessment.figure_id.is_(None),
                Assessment.id.not_in(keys),
                # What repeats this one, because a later one was taken back, is no earlier one.
                Assessment.id < one.key,
            )
            .order_by(Assessment.id.desc())
            .limit(1)
        ).first()
        said: dict[str, Any] = {"status": VerificationStatus.UNCHECKED, "created_by": by}
        if earlier is not None:
            said = {name: getattr(earlier, name) for name in EARLIER}
        session.add(Assessment(claim_id=values["claim_id"], figure_id=values["figure_id"], **said))
    session.flush()
    session.expire_all()


def is_derived(session: Session, one: Changed) -> bool:
    """Whether a row only follows from others: what rules found, and what a formula comes to."""
    values = {**(one.before or {}), **(one.after or {})}
    if one.table == "finding":
        row = session.get(Finding, one.key)
        return (values.get("created_by") or (row.created_by if row else BY)) == BY and (
            "waived_by" not in values or one.before is None or one.after is None
        )
    if one.table != "figure":
        return False
    figure = session.get(Figure, one.key)
    owner = values.get("evidence_id") or (figure.evidence_id if figure else None)
    item = session.get(Evidence, owner) if owner else None
    return item is not None and item.formula is not None
