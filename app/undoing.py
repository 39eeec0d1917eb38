"""Undo: what a person's request changed, read from the ledger, and whether it can be taken back."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import flash, g
from sqlalchemy import collate, select
from sqlalchemy.orm import Session

from app.accounts.current import may
from app.accounts.roles import Permission
from app.ledger import acts, history
from app.ledger.history import Entry
from app.ledger.stamp import stamp
from app.ledger.tables import EVENT, dialect
from app.models import Base
from app.past.reading import before
from app.past.scope import of_claim
from app.past_pages import claim_of
from app.restoring import value_of
from claims.errors import Conflict, Forbidden, Missing, Refused
from claims.material import material_sha256
from claims.models import Assessment, Claim, SignOff
from claims.queries.claims import claim_with_all
from claims.taking_back import Changed, Claimed, is_derived, take_back
from claims.undoable import ERASED, OTHER, why_not
from claims.vocabulary import Stage
from sources.base import now
from sources.batches import batched

WITHIN = dt.timedelta(hours=24)
"""How long an act can be undone by whoever did it; later a value is put back with a reason."""
OF_UNDO = "undo:"
"""What stands before a request's number in the category of a flash that offers its undo."""
PASSING = frozenset({"assignee", "due_at", "version"})
"""Columns that say nothing about a row's content: who works on it until when, how often saved."""
DEED_ACTS = frozenset({"revert", "undo", "asked"})
"""Acts that stand beside changes of rows, and are no hindrance to taking those back."""
NEEDED = {
    "article": Permission.ADD_ARTICLE,
    "assessment": Permission.ASSESS,
    "formula_check": Permission.ASSESS,
    "claim_author": Permission.ASSESS,
    "evidence": Permission.ADD_EVIDENCE,
    "contest": Permission.CONTEST,
    "comment": Permission.COMMENT,
    "snooze": Permission.COMMENT,
    "source": Permission.ADD_EVIDENCE,
    "snapshot": Permission.ADD_EVIDENCE,
    "duplicate_answer": Permission.ADD_EVIDENCE,
}
"""What a person must still be allowed to do in order to undo it."""
NEEDED_ALONE = dict.fromkeys(
    (
        "claim",
        "claim_anchor",
        "citation",
        "figure",
        "figure_relation",
        "evidence_target",
        "contest_evidence",
        "finding",
    ),
    Permission.ASSESS,
)
"""The same for rows that may only come along with one of the tables above, where none is there."""
FOLLOWING = frozenset({"stage", "verification_status", "version"})
"""Columns of a claim that change with other rows, by whoever may change those."""
ARRANGING = frozenset({"article", "snooze"})
"""Tables of whose changes no claim says anything else."""
DECIDING = (Assessment, SignOff)
BESIDE = frozenset({"finding", "claim_author", "evidence_target", "contest_evidence"})
"""Tables whose rows only come along with what was done."""
ARRIVING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "capture_attempt": frozenset(
            {"outcome", "code", "reason", "final_url", "http_status", "warc_sha256", "snapshot_id",
             "ended_at"}
        ),
        "evidence": frozenset({"snapshot_id", "version"}),
    }
)  # fmt: skip
"""What a job brings for rows that an act added: it was asked for, and is nobody's later work."""
IDLE = frozenset({"comment", "snooze", "finding", "contest", "contest_evidence"})
"""Tables that no decision rests on."""


@dataclass(frozen=True)
class Deed:
    """Everything one request changed, oldest first, by one person."""

    request: str
    actor: str
    entries: Sequence[Entry]

    @property
    def last(self) -> int:
        """The number of its last event."""
        return self.entries[-1].eid

    @property
    def rows(self) -> list[Entry]:
        """What it did to rows."""
        return [entry for entry in self.entries if entry.kind == "row"]


def undoable(message: str) -> None:
    """Tell that something is done, with the undo of this very request beside it."""
    flash(message, OF_UNDO + g.request_id)


def offers(entries: Iterable[Entry], actor: str) -> set[int]:
    """Of these entries, one of each request that its reader may try to undo."""
    since = stamp(now() - WITHIN)
    mine: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.actor == actor and entry.at >= since and entry.kind == "row" and entry.request:
            mine.setdefault(entry.request, []).append(entry)
    return {
        next((one.eid for one in found if one.table not in BESIDE), found[0].eid)
        for found in mine.values()
        if all(why_not(one.table, one.op, one.new or {}) is None for one in found)
    }


def deed(session: Session, request: str, actor: str) -> Deed:
    """What a request did; raise Missing where nothing is known, Forbidden for somebody else's."""
    at = collate(EVENT.c.at, "C" if dialect(session) == "postgresql" else "BINARY")
    query = history.READ.where(at >= stamp(now() - WITHIN), EVENT.c.req == request)
    entries = history.rows(session, query.order_by(EVENT.c.eid))
    if not any(entry.kind == "row" for entry in entries):
        hours = int(WITHIN.total_seconds() // 3600)
        raise Missing(
            "nothing_to_undo",
            {
                "zh": f"没有可以撤销的操作：它在 {hours} 小时之前，或者没有改动什么。"
                "更早的值可以在台账里写明理由后退回。",
                "en": f"There is nothing to undo: it was more than {hours} hours ago, or changed "
                "nothing. An older value is put back from its entry, with a reason.",
            },
        )
    if {entry.actor for entry in entries} != {actor}:
        raise Forbidden(
            "not_yours",
            {"zh": "只能撤销自己的操作。", "en": "Only one's own act can be undone."},
        )
    if any(entry.withheld for entry in entries):
        raise Forbidden(
            "veiled",
            {
                "zh": "这涉及一个您未获授权知悉的保密来源，不能撤销。",
                "en": "This concerns a confidential source you have no need to know, so it is "
                "not undone.",
            },
        )
    return Deed(request, actor, entries)


def sorting_act(found: Deed) -> uuid.UUID | None:
    """The act of sorting that a request was, which keeps what undoes it."""
    keys = (entry.pk for entry in found.rows if entry.table == "triage_act" and entry.op == "I")
    return next((uuid.UUID(key) for key in keys), None)


def refuse_without_right(found: Deed) -> None:
    """Raise Forbidden for what a person could not do any more, and so cannot undo either."""
    tables = {entry.table for entry in found.rows}
    wanted = {needed for entry in found.rows if (needed := _needed(entry)) is not None}
    if "triage_act" in tables:
        wanted.add(Permission.ASSESS)
    wanted = wanted or {NEEDED_ALONE[table] for table in tables & NEEDED_ALONE.keys()}
    if not all(may(permission) for permission in wanted):
        raise Forbidden(
            "not_yours_any_more",
            {
                "zh": "您现在没有做这件事的权限，不能撤销。",
                "en": "You may not do this any more, so you cannot undo it either.",
            },
        )


def refuse_what_stays(found: Deed) -> None:
    """Raise Refused with the reason for an act that has no undo."""
    for entry in found.entries:
        if entry.kind == "redaction":
            raise Refused("not_undone", ERASED)
        if entry.kind != "row" and entry.op not in DEED_ACTS:
            raise Refused("not_undone", OTHER)
        if entry.kind == "row":
            reason = why_not(entry.table, entry.op, entry.new or {})
            if reason is not None:
                raise Refused("not_undone", reason)


def _needed(entry: Entry) -> Permission | None:
    """What a change of a row takes; a claim's own words are changed by those who assess."""
    if entry.table == "claim" and (entry.new or {}).keys() - FOLLOWING:
        return Permission.ASSESS
    return NEEDED.get(entry.table)


def changes(found: Deed) -> list[Changed]:
    """What a request did to each row in the end."""
    steps: dict[tuple[str, str], list[Entry]] = {}
    for entry in found.rows:
        steps.setdefault((entry.table, entry.pk), []).append(entry)
    collapsed = (_collapsed(table, pk, entries) for (table, pk), entries in steps.items())
    return [one for one in collapsed if one.before is not None or one.after is not None]


def _collapsed(table: str, pk: str, entries: Sequence[Entry]) -> Changed:
    added, gone = entries[0].op == "I", entries[-1].op == "D"
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for entry in entries:
        for name, value in (entry.old or {}).items():
            before.setdefault(name, value)
        after |= entry.new or {}
    revised = "version" in before or added or gone
    return Changed(
        table=table,
        key=uuid.UUID(pk),
        before=None if added else _typed(table, before),
        after=None if gone else _typed(table, after),
        revised=revised and "version" in Base.metadata.tables[table].columns,
    )


def _typed(table: str, image: Mapping[str, Any]) -> dict[str, Any]:
    known = Base.metadata.tables[table].columns
    return {name: value_of(table, name, value) for name, value in image.items() if name in known}


def overtaking(session: Session, found: Deed, done: Sequence[Changed]) -> list[Entry]:
    """What stands in the way: rows that were changed since, and decisions that rest on them.

    Of other people any change of a row counts, of one's own that of the same fields. What was
    itself undone, and what only follows from other rows, does not.
    """
    void = _void(session, found)
    if found.request in void:
        raise Conflict(
            "undone_already",
            {"zh": "这一步已经撤销过了。", "en": "This was undone already."},
        )
    mine = {(one.table, str(one.key)): one for one in done if not is_derived(session, one)}
    later = [
        entry
        for entry in _later(session, found, mine)
        if entry.request not in void and _in_the_way(entry, found, mine[entry.table, entry.pk])
    ]
    if any(one.table not in IDLE and _tells(one) for one in done):
        later += [entry for entry in _decisions(session, found) if entry.request not in void]
    return sorted(later, key=lambda entry: -entry.eid)


def _tells(one: Changed) -> bool:
    """Whether a change is about what is checked, and not only about who works on it and when."""
    return one.table not in ARRANGING and not _passing(one)


def _passing(one: Changed) -> bool:
    fields = (one.before or {}).keys() | (one.after or {}).keys()
    return one.table == "claim" and fields <= PASSING


def _in_the_way(entry: Entry, found: Deed, one: Changed) -> bool:
    touched = {name for name, _old, _new in entry.changes}
    mine = (one.before or {}).keys() | (one.after or {}).keys()
    own = entry.op == "U" and entry.actor == found.actor
    if own and one.before is None and touched <= ARRIVING.get(one.table, frozenset()):
        return False
    if entry.op == "U" and (entry.actor == found.actor or _passing(one)):
        return bool(touched & mine - {"version"})
    return entry.op != "U" or bool(touched - PASSING)


def _later(session: Session, found: Deed, rows: Mapping[tuple[str, str], Changed]) -> list[Entry]:
    """The later entries about these rows."""
    by_table: dict[str, list[uuid.UUID]] = {}
    for table, pk in rows:
        by_table.setdefault(table, []).append(uuid.UUID(pk))
    later: list[Entry] = []
    for table, keys in by_table.items():
        for some in batched(keys):
            query = history.READ.where(
                EVENT.c.kind == "row",
                EVENT.c.tbl == table,
                EVENT.c.pk.in_([str(key) for key in some]),
                EVENT.c.eid > found.last,
            )
            later += history.rows(session, query)
    return later


def _decisions(session: Session, found: Deed) -> list[Entry]:
    """Conclusions and signatures that were given since about the claims of the act."""
    claims = claims_of(session, [entry for entry in found.rows if entry.table not in IDLE])
    later: list[Entry] = []
    for model in DECIDING:
        for some in batched(_given(session, model, claims)):
            keys = [str(key) for key in some]
            query = history.READ.where(
                EVENT.c.tbl == model.__tablename__, EVENT.c.pk.in_(keys), EVENT.c.eid > found.last
            )
            later += history.rows(session, query)
    return later


def _given(session: Session, model: Any, claims: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    keys: list[uuid.UUID] = []
    for some in batched(claims):
        keys += session.scalars(select(model.id).where(model.claim_id.in_(some)))
    return keys


def _void(session: Session, found: Deed) -> set[str]:
    """The requests since that came to nothing: undone ones, and the undoing of them."""
    query = history.READ.where(
        EVENT.c.kind == "act", EVENT.c.op == "undo", EVENT.c.eid > found.entries[0].eid
    ).order_by(EVENT.c.eid.desc())
    void: set[str] = set()
    quiet: set[str] = set()
    for entry in history.rows(session, query):
        if entry.request and entry.request != found.request and entry.request not in void:
            void.add(str((entry.new or {}).get("undoes")))
            quiet.add(entry.request)
    return void | quiet


def claims_of(session: Session, entries: Iterable[Entry]) -> list[uuid.UUID]:
    """The claims that entries are about, in the order of their keys."""
    found = {claim_of(session, entry) for entry in entries}
    return sorted(key for key in found if key is not None)


def undo(session: Session, found: Deed, done: Sequence[Changed]) -> list[Claim]:
    """Take a request back; return the claims that did not come to their former stage.

    One act in the ledger for each claim says which request was taken back.
    """
    claims = claims_of(session, found.rows)
    concerned = claims if any(_tells(one) for one in done) else []
    left = take_back(
        session, done, [_claimed(found, key, done) for key in concerned], by=found.actor
    )
    first = found.rows[0]
    for table, key in [("claim", str(key)) for key in claims] or [(first.table, first.pk)]:
        acts.record(session, "act", table, key, "undo", {"undoes": found.request})
    return left


def lock(session: Session, found: Deed) -> None:
    """Hold the claims of an act, so that nobody goes on from it meanwhile."""
    for some in batched(claims_of(session, found.rows)):
        locked = select(Claim.id).where(Claim.id.in_(some)).order_by(Claim.id).with_for_update()
        session.execute(locked)


def _claimed(found: Deed, key: uuid.UUID, done: Sequence[Changed]) -> Claimed:
    """A claim with the stage it was taken from and, where it matters, its content then."""
    mine = (one for one in done if one.table == "claim" and one.key == key)
    stage = next((one.before.get("stage") for one in mine if one.before is not None), None)
    if stage not in {Stage.SUBMITTED, Stage.SIGNED_OFF}:
        return Claimed(key=key, stage=stage)
    with before(of_claim(key), found.rows) as then:
        return Claimed(key=key, stage=stage, sha256=material_sha256(claim_with_all(then, key)))
