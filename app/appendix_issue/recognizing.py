"""Whether a file is one this desk issued: its number, its bytes, its act, and what came since."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.appendix_issue import documents, issues
from app.appendix_issue.handing_out import refuse_unknowing
from app.appendix_issue.showing import showing
from app.appendix_issue.state import present
from app.appendix_issue.wish import Wish
from app.db import Database
from app.exports.verifier.document import Checked
from app.exports.verifier.files import LONGEST
from app.exports.verifier.findings import Report
from app.exports.verifier.program import examine
from app.ledger.tables import LEAF, options
from claims.appendix.differences import differences
from claims.errors import Missing
from claims.models import Appendix, Article
from sources.citation_styles import Style
from sources.errors import Forbidden
from sources.store import Store


def examined(
    database: Database, path: Path, proof: Path | None = None, *, largest: int = LONGEST
) -> tuple[Report, Checked]:
    """Check a file with this desk's own keys; another desk's file with those that it names.

    The second is a finding, because whoever asks a desk wants to know whether the file is its own.
    ``largest`` is how many bytes a packed part may have that is read whole.
    """
    own = [str(key) for key in database.signer.verifiers()]
    report, checked = examine(path, own, proof, largest=largest)
    if not checked.listed or set(own) & set(checked.listed):
        report.facts["trust"] = "desk"
        return report, checked
    report, checked = examine(path, None, proof, largest=largest)
    origin = checked.listed[-1].split("+", maxsplit=1)[0]
    report.add("FOREIGN_DESK", origin, "公钥不是本编辑部的", "its key is none of this desk's")
    return report, checked


def recognize(
    database: Database, store: Store, path: Path, checked: Checked, report: Report, *, by: str
) -> None:
    """Add to a report what the desk knows of a file that was checked.

    Each thing that is not so is a finding; ``report.facts["desk"]`` holds the rest: whether the
    bytes are those handed out, what replaced the issue, and in what the article differs today.
    """
    act = checked.act or checked.seal
    if act is None or not act.holds or "FOREIGN_DESK" in report.names():
        return
    with database.reading() as session:
        # What an act says counts, not what somebody wrote above it.
        number = act.says.get("number")
        issue = _issued(session, act.row, number)
        if issue is None:
            _unknown(session, act.row, number, report)
            return
        facts = _very_file(issue, path)
        _in_ledger(session, checked, report)
        later = _newest(session, issue)
        facts["replaced_by"] = later.number if later is not None else None
        wish = _wish(session, issue) if _may_compare(session, store, issue, by) else None
    facts["changed_since"] = _changed(database, store, issue, wish, by) if wish else None
    report.facts["desk"] = facts


def _unknown(session: Session, row: tuple[str, str], number: Any, report: Report) -> None:
    """Say that there is no such number, and which is the last."""
    last = session.scalar(select(func.max(Appendix.number)).where(Appendix.article_id == _key(row)))
    report.add(
        "UNKNOWN_NUMBER",
        f"No. {number}",
        f"这篇文章最后出具的是第 {last} 号" if last else "这里没有出具过这篇文章的附录",
        f"the last of this article is No. {last}" if last else "none of this article was issued",
    )


def _issued(session: Session, row: tuple[str, str], number: Any) -> Appendix | None:
    key = _key(row)
    if key is None or not isinstance(number, int):
        return None
    query = select(Appendix).where(Appendix.article_id == key, Appendix.number == number)
    return session.scalar(query)


def _key(row: tuple[str, str]) -> uuid.UUID | None:
    try:
        return uuid.UUID(row[1]) if row[0] == "article" else None
    except ValueError:
        return None


def _very_file(issue: Appendix, path: Path) -> dict[str, Any]:
    """Whether the bytes are those that were handed out."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    known = {file.file_sha256: file.format for file in issue.files}
    if issue.document_sha256 is not None:
        known.setdefault(issue.document_sha256, "json")
    return {
        "very_file": digest in known,
        "made_as": known.get(digest),
        "sha256": digest,
    }


def _in_ledger(session: Session, checked: Checked, report: Report) -> None:
    """Look the acts up in the ledger as it is today."""
    for act in filter(None, (checked.act, checked.seal)):
        query = select(LEAF.c.leaf).where(LEAF.c.seq == act.place)
        leaf = session.execute(query, execution_options=options(session)).scalar()
        if leaf is None or bytes(leaf) != act.leaf:
            report.add(
                "NOT_IN_LEDGER",
                str(act.place),
                "台账的这一处是别的条目：台账被改写过",
                "another entry stands there: the ledger was rewritten",
            )


def _may_compare(session: Session, store: Store, issue: Appendix, reader: str) -> bool:
    """Whether somebody may be told how an issue differs from what they see today.

    To whom it may not be handed out, that would say in which claims it names a source.
    """
    try:
        refuse_unknowing(session, store, issue, reader)
    except Forbidden:
        return False
    return True


def _newest(session: Session, issue: Appendix) -> Appendix | None:
    """The issue that stands in this one's place today."""
    found, later = None, issues.replaced_by(session, issue)
    while later is not None:
        found, later = later, issues.replaced_by(session, later)
    return found


def _wish(session: Session, issue: Appendix) -> Wish | None:
    """What would have to be asked for to issue the same again."""
    if issue.style is None:
        return None
    key = session.scalars(select(Article.key).where(Article.id == issue.article_id)).one()
    version = issue.article_version.number
    return Wish(key, issue.profile, issue.language, Style(issue.style), version)


def _changed(
    database: Database, store: Store, issue: Appendix, wish: Wish, by: str
) -> Mapping[str, Any] | None:
    """In what the article differs today from what was issued; None where that cannot be told."""
    then = documents.marks_of(store, issue)
    try:
        now = showing(database, present(database, wish), wish, by).marks
    except Missing:
        return None
    return asdict(differences(then, now)) if then is not None else None
