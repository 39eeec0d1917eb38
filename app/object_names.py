"""What a row is called by people: C-14, evidence 2 of C-14, a source by its title."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext
from sqlalchemy import (
    Select,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import Integer, Text

from app.accounts.models import Account
from app.filters import words_text
from app.table_labels import table_label
from claims import veiling
from claims.models import (
    Answer,
    Appendix,
    Article,
    ArticleSignOff,
    ArticleVersion,
    Assessment,
    Citation,
    Claim,
    ClaimAnchor,
    Comment,
    Contest,
    Evidence,
    Figure,
    Finding,
    Invitation,
    InvitedClaim,
    SignOff,
    Snooze,
)
from sources.attempt_models import CaptureAttempt
from sources.columns import Identifier
from sources.models import Snapshot, Source
from sources.veil import alias

NAMED: tuple[Any, ...] = (
    Account,
    Appendix,
    Article,
    ArticleSignOff,
    ArticleVersion,
    Claim,
    Invitation,
    Source,
    Snapshot,
    CaptureAttempt,
)
NUMBERED: tuple[Any, ...] = (Evidence, Contest, Figure)
UNNAMED = frozenset({"source", "snapshot", "capture_attempt"})
"""Tables whose rows a confidential source's name stands in."""
PLAIN: tuple[Any, ...] = (
    Assessment,
    SignOff,
    Comment,
    Finding,
    Citation,
    ClaimAnchor,
    InvitedClaim,
    Answer,
    Snooze,
)


class Name(NamedTuple):
    """A row's name, the page where it is seen (None where it has none), and the name alone.

    ``claim`` is the claim it belongs to, where it does: ``C-14``.
    """

    text: str
    href: str | None
    short: str
    claim: str | None = None


def names(session: Session, keys: Iterable[tuple[str, uuid.UUID]]) -> dict[tuple[str, str], Name]:
    """Return the names of rows by table and key, in one statement whatever their number."""
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for table, key in keys:
        wanted[table].add(key)
    branches = [
        _branch(model, wanted[model.__tablename__])
        for model in (*NAMED, *NUMBERED, *PLAIN)
        if wanted.get(model.__tablename__)
    ]
    if not branches:
        return {}
    rows = session.execute(union_all(*branches))
    hidden = veiling.rows_of(session)
    return {
        (row[0], str(row[1])): _withheld(row[0], row[1])
        if row[0] in UNNAMED and hidden is not None and hidden.hides(row[0], str(row[1]))
        else _name(*row)
        for row in rows
    }


def _withheld(table: str, key: uuid.UUID) -> Name:
    """The name of a row that the reader may not know: what it is, and no more."""
    said = gettext("confidential")
    page = url_for("sources.page", key=alias(key)) if table == "source" else None
    return Name(f"{table_label(table)} ({said})", page, said)


def _branch(model: Any, keys: set[uuid.UUID]) -> Select[Any]:
    """Table, key, own number, claim's number and key, text and address: the same of every table."""
    none, no_key, nothing = cast(null(), Integer), cast(null(), Identifier), cast(null(), Text)
    own: Any = model.number if model in (Appendix, ArticleVersion, *NUMBERED) else none
    claim: Any = (Claim.number, Claim.id) if model is Claim else (none, no_key)
    text, address = _texts().get(model, (nothing, nothing))
    if model in (*NUMBERED, *PLAIN):
        claim = (Claim.number, Claim.id)
    columns = (literal(model.__tablename__), model.id, own, *claim, text, address)
    chosen: Select[Any] = select(*columns).where(model.id.in_(keys))
    if model in (*NUMBERED, *PLAIN):
        chosen = chosen.outerjoin(Claim, Claim.id == model.claim_id)
    return chosen


def _texts() -> dict[Any, tuple[Any, Any]]:
    """How a row that has no number is called, and the key in the address of its page."""
    nothing = cast(null(), Text)
    signed = select(Article).where(Article.id == ArticleSignOff.article_id)
    return {
        ArticleSignOff: (
            signed.with_only_columns(type_coerce(Article.title, Text)).scalar_subquery(),
            signed.with_only_columns(Article.key).scalar_subquery(),
        ),
        Account: (Account.display_name, nothing),
        Appendix: (
            nothing,
            select(Article.key).where(Article.id == Appendix.article_id).scalar_subquery(),
        ),
        Article: (type_coerce(Article.title, Text), Article.key),
        Invitation: (Invitation.name, nothing),
        Source: (func.coalesce(Source.title, Source.publisher, Source.key), Source.key),
        Snapshot: (func.coalesce(Snapshot.file_name, Snapshot.sha256), nothing),
        CaptureAttempt: (
            CaptureAttempt.url,
            select(Source.key).where(Source.id == CaptureAttempt.source_id).scalar_subquery(),
        ),
    }


def _name(
    table: str,
    key: uuid.UUID,
    number: int | None,
    claim_number: int | None,
    claim_id: uuid.UUID | None,
    text: str | None,
    address: str | None,
) -> Name:
    kind = table_label(table)
    if claim_number is not None:
        href = url_for("claims.page", claim_id=claim_id)
        claim = f"C-{claim_number:02d}"
        name = _of_claim(table, kind, claim, number)
        return Name(name, href, name, claim)
    if table in {"article", "article_sign_off"} and text is not None:
        text = words_text(json.loads(text))
    short = text if text is not None else str(number or str(key)[-8:])
    pages = {
        "article": "articles.page",
        "article_sign_off": "article_sign_offs.page",
        "source": "sources.page",
        "capture_attempt": "sources.page",
    }
    page = url_for(pages[table], key=address) if table in pages else None
    if table == "appendix":
        page = url_for("appendix_issues.page", key=address, number=number)
    if table == "invitation":
        page = url_for("invitations.page", invitation_id=key)
    return Name(f"{kind} {short}", page, short)


def _of_claim(table: str, kind: str, claim: str, number: int | None) -> str:
    if table == "claim":
        return claim
    if number is None:
        return gettext("%(kind)s of %(claim)s", kind=kind, claim=claim)
    return gettext("%(kind)s %(number)s of %(claim)s", kind=kind, number=number, claim=claim)
