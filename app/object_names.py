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

from app.field_labels import table_label
from app.filters import words_text
from claims.models import (
    Article,
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
    SignOff,
)
from sources.columns import Identifier
from sources.models import Snapshot, Source

NUMBERED: tuple[Any, ...] = (Evidence, Contest, Figure)
PLAIN: tuple[Any, ...] = (Assessment, SignOff, Comment, Finding, Citation, ClaimAnchor)
Found = tuple[str, uuid.UUID, int | None, int | None, uuid.UUID | None, str | None]


class Name(NamedTuple):
    """A row's name, and the page where it is seen (None where it has none)."""

    text: str
    href: str | None


def names(session: Session, keys: Iterable[tuple[str, uuid.UUID]]) -> dict[tuple[str, str], Name]:
    """Return the names of rows by table and key, in one statement whatever their number."""
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for table, key in keys:
        wanted[table].add(key)
    branches = [
        _branch(model, wanted[model.__tablename__])
        for model in (Article, ArticleVersion, Claim, Source, Snapshot, *NUMBERED, *PLAIN)
        if wanted.get(model.__tablename__)
    ]
    if not branches:
        return {}
    rows = session.execute(union_all(*branches)).tuples()
    return {(row[0], str(row[1])): _name(row) for row in rows}


def _branch(model: Any, keys: set[uuid.UUID]) -> Select[Any]:
    """Table, key, own number, claim's number, claim's key, text: the same six of every table."""
    none, no_key = cast(null(), Integer), cast(null(), Identifier)
    own: Any = none
    claim: Any = (none, no_key)
    text: Any = cast(null(), Text)
    join: Any = None
    if model is Article:
        text = type_coerce(Article.title, Text)
    elif model is ArticleVersion:
        own = ArticleVersion.number
    elif model is Source:
        text = func.coalesce(Source.title, Source.publisher, Source.key)
    elif model is Snapshot:
        text = func.coalesce(Snapshot.file_name, Snapshot.sha256)
    elif model is Claim:
        claim = (Claim.number, Claim.id)
    else:
        own = model.number if model in NUMBERED else none
        claim = (Claim.number, Claim.id)
        join = Claim.id == model.claim_id
    columns = (literal(model.__tablename__), model.id, own, *claim, text)
    chosen: Select[Any] = select(*columns).where(model.id.in_(keys))
    return chosen if join is None else chosen.outerjoin(Claim, join)


def _name(row: Found) -> Name:
    table, key, number, claim_number, claim_id, text = row
    href = url_for("claims.page", claim_id=claim_id) if claim_id is not None else None
    kind = table_label(table)
    if table == "claim":
        return Name(f"C-{claim_number:02d}", href)
    if claim_number is not None:
        claim = f"C-{claim_number:02d}"
        if number is not None:
            text = gettext(
                "%(kind)s %(number)s of %(claim)s", kind=kind, number=number, claim=claim
            )
        else:
            text = gettext("%(kind)s of %(claim)s", kind=kind, claim=claim)
        return Name(text, href)
    if table == "article" and text is not None:
        text = words_text(json.loads(text))
    return Name(f"{kind} {text if text is not None else number or str(key)[-8:]}", None)
