"""Handing out a file of an issue: the very bytes, to whom may have them, entered in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.appendix_issue import documents, issues
from app.db import Database
from app.exports import FORMATS
from app.ledger import acts, search
from app.ledger.history import Entry
from app.ledger.search import Asked
from claims.appendix.commitments import is_withheld
from claims.errors import Missing
from claims.models import Appendix, AppendixFile, Claim, Evidence
from claims.vocabulary import Profile
from sources.errors import Forbidden
from sources.models import Source
from sources.need_to_know import withheld_from
from sources.store import Store

PROOF = "application/json"
PROOF_ENDING = ".proof.json"
NOT_TO_KNOW = {
    "zh": "这份附录里有您无权知悉的保密来源；请另出具一份给主编的附录。",
    "en": "This appendix names a confidential source that you have no need to know; "
    "issue one for the editor now instead.",
}
NO_PROOF = {"zh": "这个文件旁边没有凭证。", "en": "There is no proof beside this file."}


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The bytes of a file, checked against its digest, with name, type and digest."""

    parts: Iterator[bytes]
    name: str
    media_type: str
    sha256: str
    size: int


def refuse_unknowing(session: Session, store: Store, issue: Appendix, reader: str) -> None:
    """Raise Forbidden for somebody who may not know a source that an issue names.

    An internal issue names confidential ones, and each that was made so since it was issued stands
    by its name in older issues. What was issued for the public is known to all.
    """
    if issue.profile is Profile.PUBLIC:
        return
    if issue.document_sha256 is None:
        _refuse_undocumented(session, issue, reader)
        return
    query = select(Source.key).where(Source.id.in_(withheld_from(reader)))
    closed = set(session.scalars(query))
    if not closed and issue.profile is not Profile.INTERNAL:
        return
    named = _named(documents.document(store, issue).head["sources"])
    told = [key for key, confidential in named.items() if confidential]
    there = set(session.scalars(select(Source.key).where(Source.key.in_(told)))) if told else set()
    if named.keys() & closed or set(told) - there:
        raise Forbidden("not_to_know", NOT_TO_KNOW)


def _refuse_undocumented(session: Session, issue: Appendix, reader: str) -> None:
    """Raise Forbidden where an issue without a document may name what somebody may not know.

    What it names stands in its files alone, so every source the article's evidence ever rested on
    counts as named.
    """
    rests = (
        select(Evidence.id)
        .join(Claim, Claim.id == Evidence.claim_id)
        .where(Claim.article_id == issue.article_id, Evidence.source_id.in_(withheld_from(reader)))
    )
    if session.scalar(rests.limit(1)) is not None:
        raise Forbidden("not_to_know", NOT_TO_KNOW)


def _named(sources: list[dict[str, Any]]) -> dict[str, bool]:
    """The keys of the sources that a document names, and whether each was confidential then."""
    return {
        source["identity"]["key"]: source["confidential"]
        for source in sources
        if not is_withheld(source["identity"])
    }


def handed_out(
    database: Database,
    store: Store,
    asked: tuple[str, int, str],
    *,
    by: str,
    reader: str | None = None,
    request: str | None = None,
    proof: bool = False,
    leaves: bool = True,
) -> HandedOut:
    """Return a file of an issue, asked for by article, number and format, or the proof beside it.

    ``reader`` is in whose name confidential sources are read, where that is not ``by``.
    That a file ``leaves`` is entered in the ledger first. Call it outside any transaction. Raise
    Missing, Forbidden, or Damaged where the bytes changed.
    """
    key, number, form = asked
    with database.reading() as session:
        issue = issues.issued(session, key, number)
        refuse_unknowing(session, store, issue, reader or by)
        file = issues.file_of(issue, form)
    if file is None:
        raise Missing("no_such_file", issues.NO_FILE)
    parts = store.parts(file.file_sha256)
    first = next(parts, b"")
    ending, media_type = kind_of(form, first)
    name = name_of(key, issue, form, ending)
    if proof:
        return _proof(store, file, name)
    found = HandedOut(
        chain((first,), parts),
        name,
        media_type,
        file.file_sha256,
        store.size(file.file_sha256),
    )
    if leaves:
        _enter(database, issue, (key, file), by, request)
    return found


def _enter(
    database: Database,
    issue: Appendix,
    handed: tuple[str, AppendixFile],
    by: str,
    request: str | None,
) -> None:
    key, file = handed
    story = {
        "article": key,
        "number": issue.number,
        "profile": issue.profile.value,
        "language": issue.language,
        "format": file.format,
        "file_sha256": file.file_sha256,
    }
    with database.writing(by, request) as session:
        acts.record(session, "export", "article", str(issue.article_id), "X", story)


def history_of(session: Session, issue: Appendix, most: int = 200) -> list[Entry]:
    """The entries of the ledger that tell who fetched a file of an issue, the newest first."""
    asked = Asked(kind="export", table="article", pk=str(issue.article_id), op="X")
    found = search.entries(session, asked, limit=most)
    return [entry for entry in found if (entry.new or {}).get("number") == issue.number]


def has_proof(database: Database, asked: tuple[str, int, str]) -> bool:
    """Tell whether a proof lies beside a file of an issue."""
    key, number, form = asked
    with database.reading() as session:
        file = issues.file_of(issues.issued(session, key, number), form)
        return file is not None and file.proof_sha256 is not None


def _proof(store: Store, file: AppendixFile, name: str) -> HandedOut:
    if file.proof_sha256 is None:
        raise Missing("no_proof", NO_PROOF)
    parts, size = store.parts(file.proof_sha256), store.size(file.proof_sha256)
    return HandedOut(parts, name + PROOF_ENDING, PROOF, file.proof_sha256, size)


def kind_of(form: str, head: bytes) -> tuple[str, str]:
    """The ending and the media type of a file; of a format the desk makes no more, bytes."""
    return FORMATS[form].kind_of(head) if form in FORMATS else (form, "application/octet-stream")


def name_of(key: str, issue: Appendix, form: str, ending: str) -> str:
    """The name a file is saved under."""
    kind = f"-{form}" if ending.partition(".")[0] != form else ""
    return f"{key}-appendix-{issue.number}{kind}.{ending}"
