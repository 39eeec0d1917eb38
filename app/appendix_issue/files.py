"""Making one file of an issue from its kept document: written, sealed, kept, entered.

It is made once. Killed between two steps it leaves an act that no row follows or a file that no
row names; both are harmless, and making it again begins anew.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.appendix_issue import documents
from app.appendix_issue.catalogues import speaking
from app.appendix_issue.issuing import LARGEST
from app.appendix_issue.witnessing import witnessed
from app.db import Database
from app.exports import FORMATS, Format, seals
from app.exports.view import view_of
from app.ledger import acts
from claims.appendix.profiles import policy_of
from claims.models import Appendix, AppendixFile
from sources.errors import Refused
from sources.store import Blob, Store

FILE_ACT = "appendix_file"
SEAL = "claim-desk/appendix-seal/1"
DOCUMENT = "json"
"""The format that is the document itself and needs no seal: its first act binds it whole."""
UNKNOWN = {"zh": "没有这种格式。", "en": "There is no such format."}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that lies in the store and is not entered yet; ``proof`` is that beside it."""

    appendix: uuid.UUID
    format: str
    file: Blob
    proof: Blob | None


def format_of(name: str) -> Format:
    """Return a format by its name; raise Refused."""
    if name not in FORMATS:
        raise Refused("no_such_format", UNKNOWN, "formats")
    return FORMATS[name]


def make(
    database: Database,
    store: Store,
    issue: Appendix,
    form: Format,
    *,
    by: str,
    progress: Progress,
) -> Made:
    """Make a file of an issue and put it into the store; call it outside any transaction."""
    if form.name == DOCUMENT:
        return _document(store, issue)
    with store.draft(f".{form.ending}") as place:
        with speaking(database.settings), place.open("wb") as out:
            form.render(view_of(documents.document(store, issue)), out, progress)
        _seal(database, issue, form, place, by)
        beside = seals.proof_path(place)
        proof = _kept(store, beside) if beside.exists() else None
        return Made(issue.id, form.name, _kept(store, place), proof)


def _document(store: Store, issue: Appendix) -> Made:
    """The document lies in the store already."""
    documents.document(store, issue)
    digest = str(issue.document_sha256)
    return Made(issue.id, DOCUMENT, Blob(digest, store.size(digest)), None)


def _seal(database: Database, issue: Appendix, form: Format, place: Path, by: str) -> None:
    """Enter the digest of what a file says, sign the head over that, and seal the file with it."""
    own = str(uuid.uuid4())
    story: dict[str, Any] = {
        "draft": own,
        "number": issue.number,
        "format": form.name,
        "body_sha256": seals.body_sha256(form.name, place),
    }
    hand = policy_of(issue.profile).hand(by)
    with database.writing(hand, wait_for_seal=True) as session:
        acts.record(session, "act", "article", str(issue.article_id), FILE_ACT, story)
    found = witnessed(database, issue.article_id, own)
    seal = {
        "format": SEAL,
        "act": found.act,
        "checkpoint": found.checkpoint,
        "keys": found.keys,
    }
    seals.sealed(form.name, place, seal)


def _kept(store: Store, place: Path) -> Blob:
    with place.open("rb") as stream:
        return store.put(stream, LARGEST)


def enter(session: Session, made: Made, *, by: str) -> AppendixFile:
    """Enter a file in the register; where somebody made it meanwhile, theirs is the file."""
    session.execute(select(Appendix.id).where(Appendix.id == made.appendix).with_for_update())
    known = session.scalar(
        select(AppendixFile).where(
            AppendixFile.appendix_id == made.appendix, AppendixFile.format == made.format
        )
    )
    if known is not None:
        return known
    row = AppendixFile(
        appendix_id=made.appendix,
        format=made.format,
        file_sha256=made.file.sha256,
        size=made.file.size,
        proof_sha256=made.proof.sha256 if made.proof is not None else None,
        created_by=by,
    )
    session.add(row)
    session.flush()
    return row
