"""Issuing an appendix: its content, its proofs, its file, and its entries in the ledger.

An appendix is made of the state at a ledger number, replayed, so that the number it prints tells
all of it. Its content is first fixed by an act; then the head over that act is signed; then the
file is written with the proofs, kept in the store, and entered in the register.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.exports import Format
from app.exports.integrity import Integrity, statement
from app.ledger import acts, history, replay
from app.ledger.proofs import Contradiction
from app.ledger.signer import UNUSABLE
from app.ledger.verify_offline import APPENDIX_ACT
from app.ledger.witness import Witness, act_with, latest, witness
from app.models import Base
from app.past.copy import Copy
from app.past.scope import of_article, replayed
from claims.appendix import AppendixContent, article_content
from claims.errors import Conflict, Missing
from claims.models import Appendix, Article, ArticleVersion
from claims.queries.articles import article_id, version_of
from sources.store import Store


@dataclass(frozen=True, slots=True)
class Draft:
    """An appendix whose content is fixed in the ledger and whose file is written, not issued."""

    article_id: uuid.UUID
    version_id: uuid.UUID
    form: Format
    language: str
    content: AppendixContent
    data: bytes


def latest_version(session: Session, article: Article) -> ArticleVersion:
    """Return the newest version of an article."""
    return session.scalars(
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
    ).one()


def current_content(session: Session, article: Article) -> AppendixContent:
    """Return what the appendix of an article says now."""
    return article_content(
        session,
        latest_version(session, article),
        ledger_position=history.position(session),
        schema_revision=history.schema_revision(session),
    )


def draft(
    database: Database, key: str, *, form: Format, language: str, by: str, request: str | None
) -> Draft:
    """Fix the content of an article's appendix in the ledger, sign the head, write the file.

    Call it outside any transaction, in the language of the file. Raise Missing for an unknown
    article, and Conflict where the ledger is not one that may be signed.
    """
    article, version, content = _replayed(database, key)
    own = str(uuid.uuid4())
    with _naming(database):
        story = {
            "draft": own,
            "format": form.name,
            "language": language,
            "ledger_position": content.ledger_position,
            **statement(content, form.render(content, None)),
        }
        with database.writing(by, request, wait_for_seal=True) as session:
            acts.record(session, "act", "article", str(article), APPENDIX_ACT, story)
        proven = Integrity(content, _witnessed(database, article, own, content))
        data = form.render(content, proven).encode()
    return Draft(article, version, form, language, content, data)


@contextmanager
def _naming(database: Database) -> Iterator[None]:
    """Let the templates look people's names up, once: the page is written twice and must agree."""
    with database.reading() as session:
        g.session = session
        try:
            yield
        finally:
            g.pop("session")


def _replayed(database: Database, key: str) -> tuple[uuid.UUID, uuid.UUID, AppendixContent]:
    """The article, its version and its content at the ledger's present number."""
    database.seal()
    with database.reading(steady=True) as live:
        article = article_id(live, key)
        version_of(live, key)
        head = history.schema_revision(live)
        then = replay.era(live, Base.metadata, history.position(live))
        state = replayed(live, of_article(article), then, head)
        with closing(Copy(state, then)) as copy, copy.reading(live.info) as session:
            found = session.get_one(Article, article)
            content = current_content(session, found)
            version = latest_version(session, found).id
    return article, version, content


def _witnessed(
    database: Database, article: uuid.UUID, own: str, content: AppendixContent
) -> Witness:
    """The head over the act that fixed the content, with its proof and one for each claim."""
    try:
        note = database.checkpoint()
        keys = database.signer.verifiers()
        with database.reading(steady=True) as session:
            ids = [claim.id for claim in content.claims]
            return witness(
                session,
                database.prover,
                note or "",
                keys,
                act=act_with(session, "article", str(article), own),
                rows=latest(session, "claim", ids, content.ledger_position),
            )
    except (Contradiction, *UNUSABLE) as problem:
        raise Conflict(
            "not_signed",
            {
                "zh": f"台账无法签名，附录没有出具：{problem}。请先核验台账。",
                "en": f"The ledger cannot be signed, so nothing is issued: {problem}. "
                "Verify the ledger first.",
            },
        ) from problem


def issue(session: Session, store: Store, drawn: Draft, *, by: str) -> Appendix:
    """Number a draft, keep its file, and enter it in the register and the ledger.

    Two people issuing at once cannot get one number: the table refuses the second.
    """
    last = session.scalar(
        select(Appendix)
        .where(Appendix.article_id == drawn.article_id)
        .order_by(Appendix.number.desc())
        .limit(1)
    )
    row = Appendix(
        article_id=drawn.article_id,
        version_id=drawn.version_id,
        number=last.number + 1 if last is not None else 1,
        language=drawn.language,
        format=drawn.form.name,
        ledger_position=drawn.content.ledger_position,
        schema_revision=drawn.content.schema_revision,
        policy_version=drawn.content.policy_version,
        content_sha256=drawn.content.sha256,
        file_sha256=hashlib.sha256(drawn.data).hexdigest(),
        replaces_id=last.id if last is not None else None,
        created_by=by,
    )
    session.add(row)
    session.flush()
    store.put(BytesIO(drawn.data))
    _record(session, drawn, row)
    return row


def issued(session: Session, key: str, number: int) -> Appendix:
    """Return an appendix that was issued; raise Missing."""
    found = session.scalar(
        select(Appendix).join(Appendix.article).where(Article.key == key, Appendix.number == number)
    )
    if found is None:
        raise Missing(
            "no_such_appendix", {"zh": "没有这一号附录。", "en": "There is no such appendix."}
        )
    return found


def _record(session: Session, drawn: Draft, row: Appendix) -> None:
    """Enter the issue in the ledger; ``kept`` says that the store has the very bytes."""
    acts.record(
        session,
        "export",
        "article",
        str(drawn.article_id),
        "X",
        {
            "article": drawn.content.article,
            "number": row.number,
            "format": row.format,
            "language": row.language,
            "content_sha256": row.content_sha256,
            "file_sha256": row.file_sha256,
            "claims": len(drawn.content.claims),
            "kept": True,
        },
    )
