"""Questions about signatures: who signed their own work, and which signatures did not last."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from app.ledger import history, search
from app.ledger.history import Entry
from app.ledger.tables import EVENT
from app.models import Base
from app.questions.question import MOST, Answer, Narrowed, Question, both, found

WORK = ("claim", "figure", "evidence", "assessment", "citation", "claim_anchor")
"""What a person does to a claim that makes it their own work."""
CHUNK = 900
SIGNED_OFF = "signed_off"


def signed_own_work(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List signatures of somebody who had edited or assessed the claim before."""
    signed = [
        entry
        for entry in found(session, narrowed.asked(table="sign_off", op="I"))
        if (entry.new or {}).get("decision") == "signed" and entry.actor
    ]
    done = _work_of(session, {entry.actor for entry in signed if entry.actor})
    answers = []
    for entry in signed:
        claim = str((entry.new or {}).get("claim_id"))
        earlier = [eid for eid in done[entry.actor or "", claim] if eid < entry.eid]
        if earlier:
            listed = ", ".join(f"#{eid}" for eid in sorted(earlier)[:10])
            answers.append(
                Answer(
                    entry,
                    both(
                        f"签发前自己改过或评定过：{listed}",
                        f"had edited or assessed it before: {listed}",
                    ),
                )
            )
    return answers


def _work_of(session: Session, actors: set[str]) -> defaultdict[tuple[str, str], list[int]]:
    """The numbers of each person's entries on each claim's rows."""
    done: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    query = history.READ.where(
        EVENT.c.kind == "row", EVENT.c.actor.in_(sorted(actors)), EVENT.c.tbl.in_(WORK)
    )
    entries = [entry for entry in history.rows(session, query) if not _only_stage(entry)]
    claims = _claims_of(session, entries)
    for entry in entries:
        claim = claims.get((entry.table, entry.pk))
        if claim is not None and entry.actor:
            done[entry.actor, claim].append(entry.eid)
    return done


def _only_stage(entry: Entry) -> bool:
    """Whether an entry is nothing but a move: taking, submitting, signing, sending back."""
    moved = {"stage", "version", "assignee", "submitted_by", "submission", "sign_off_levels"}
    return entry.op == "U" and entry.table == "claim" and set(entry.new or {}) <= moved


def _claims_of(session: Session, entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """The claim each row belongs to: by its own images, else by the table of today."""
    known: dict[tuple[str, str], str] = {}
    unknown: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        image = (entry.new or {}) | (entry.old or {})
        if entry.table == "claim":
            known[entry.table, entry.pk] = entry.pk
        elif image.get("claim_id"):
            known[entry.table, entry.pk] = str(image["claim_id"])
        elif "claim_id" not in image:
            unknown[entry.table].add(entry.pk)
    for name, keys in unknown.items():
        table = Base.metadata.tables[name]
        listed = sorted(keys)
        for start in range(0, len(listed), CHUNK):
            rows = session.execute(
                select(cast(table.c.id, Text), cast(table.c.claim_id, Text)).where(
                    cast(table.c.id, Text).in_(listed[start : start + CHUNK])
                )
            )
            known |= {(name, pk): claim for pk, claim in rows if claim and (name, pk) not in known}
    return known


def void_signatures(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List the changes by which a signed claim lost its signatures."""
    asked = narrowed.asked(table="claim", op="U", text=SIGNED_OFF)
    answers = []
    for entry in search.entries(session, asked, limit=MOST):
        old, new = entry.old or {}, entry.new or {}
        if old.get("stage") == SIGNED_OFF and new.get("stage") != SIGNED_OFF:
            signers = ", ".join(_signers(session, entry))
            answers.append(
                Answer(
                    entry,
                    both(
                        f"已签发的论断被重新打开；此前签发者：{signers or '—'}",
                        f"a signed claim was opened again; signed before by {signers or '—'}",
                    ),
                )
            )
    return answers


def _signers(session: Session, entry: Entry) -> list[str]:
    """Who had signed the claim when an entry was written."""
    asked = search.Asked(table="sign_off", op="I", text=entry.pk)
    signed = [
        row.actor or "—"
        for row in search.entries(session, asked, limit=20)
        if row.eid < entry.eid and (row.new or {}).get("decision") == "signed"
    ]
    return sorted(set(signed))


QUESTIONS = (
    Question(
        "signed-own-work",
        both("谁签发了自己做过的论断？", "Who signed a claim they had worked on?"),
        both(
            "列出这样的签发：签发人此前改过该论断、其数据、证据、引用或锚点，或评定过它。仅移动进度不算。",
            "Signatures of somebody who had before changed the claim, its figures, evidence, "
            "citations or anchor, or assessed it. Moving its stage alone does not count.",
        ),
        signed_own_work,
    ),
    Question(
        "signatures-void",
        both("哪些签发失效了，因谁的改动？", "Which signatures became void, and by whose change?"),
        both(
            "列出把已签发的论断退回核查的改动，以及此前的签发者。",
            "Changes that took a signed claim back to checking, and who had signed it.",
        ),
        void_signatures,
    ),
)
