"""Taking an act of sorting back: every row is again what it was, or nothing is changed."""

import json
import uuid

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from claims.errors import Conflict, Missing
from claims.journal import CLAIM, TABLES, Image, digests_of, restored
from claims.models import ArticleVersion, Claim, Finding, TriageAct
from claims.vocabulary import Stage
from claims.workflow import Move, move
from sources.base import now


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
    claims = [change for change in changes if change["t"] == CLAIM]
    for change in claims:
        clear_findings(session, uuid.UUID(change["i"]))
    session.expire_all()
    _restore(session.connection(), [change for change in changes if change["t"] != CLAIM])
    session.expire_all()
    for change in claims:
        claim = session.get_one(Claim, uuid.UUID(change["i"]))
        move(claim, Move.REVIVE if "back" in change else Move.RETRACT)
    act = session.get_one(TriageAct, act.id)
    act.undone_by, act.undone_at = by, now()
    session.flush()
    return act


def _restore(connection: Connection, rows: list[Image]) -> None:
    """Put back what was removed, set back what was changed, delete what was made."""
    for change in rows:
        if "gone" in change:
            _put_back(connection, change)
    for change in rows:
        if "was" in change:
            _set_back(connection, change)
    for change in reversed(rows):
        if "gone" not in change and "was" not in change:
            table = TABLES[change["t"]]
            connection.execute(delete(table).where(table.c.id == uuid.UUID(change["i"])))


def _put_back(connection: Connection, change: Image) -> None:
    table = TABLES[change["t"]]
    values = {name: restored(table.columns[name], value) for name, value in change["gone"].items()}
    connection.execute(insert(table).values(values))


def _set_back(connection: Connection, change: Image) -> None:
    table = TABLES[change["t"]]
    values = {name: restored(table.columns[name], value) for name, value in change["was"].items()}
    connection.execute(
        update(table)
        .where(table.c.id == uuid.UUID(change["i"]))
        .values({**values, "version": table.c.version + 1})
    )


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
    worked = [uuid.UUID(change["i"]) for change in made]
    busy = next((key for key in worked if is_worked_on(session, key)), None)
    if busy is not None:
        raise overtaken(session, busy)
    if stale:
        raise _went_on(session, version, act)


def is_worked_on(session: Session, claim_id: uuid.UUID) -> bool:
    """Tell whether anything rests on a claim: then it can be dropped, no longer retracted."""
    claim = session.get_one(Claim, claim_id)
    if not (claim.stage is Stage.OPEN and claim.assignee is None and claim.disposition is None):
        return True
    resting = (
        claim.evidence,
        claim.assessments,
        claim.sign_offs,
        claim.contests,
        claim.comments,
        claim.citations,
        claim.relations,
        [finding for finding in claim.findings if finding.waived_by is not None],
    )
    return any(resting)


def clear_findings(session: Session, claim_id: uuid.UUID) -> None:
    """Delete what rules found about a claim that is being taken back."""
    session.execute(
        delete(Finding).where(Finding.claim_id == claim_id, Finding.waived_by.is_(None))
    )


def overtaken(session: Session, claim_id: uuid.UUID) -> Conflict:
    """Return the refusal for a claim that is being checked already."""
    number = session.get_one(Claim, claim_id).number
    return Conflict(
        "claim_in_work",
        {
            "zh": f"论断 C-{number} 已经有人在核查，不能再收回；可以在论断页上标为不再涉及。",
            "en": f"Work on claim C-{number} has begun, so it cannot be taken back; "
            "drop it on its own page.",
        },
    )


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
