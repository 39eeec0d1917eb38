"""What is asked of the timeline, read from the page's address or the command's options."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import has_request_context
from flask_babel import get_timezone
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ledger.replay import Keys
from app.ledger.search import KINDS, Asked
from app.past import place
from app.past.scope import Scope, belonging, of_article, of_claim
from app.typed_numbers import whole
from claims.errors import Refused
from claims.models import Claim
from claims.queries.articles import article_id

LONGEST = 200
NAMES = ("kind", "actor", "table", "pk", "request", "q", "since", "until", "article", "claim")
"""The filters in the address, in the order links write them."""
STORED_KINDS = frozenset({"row", "migration", "read", "redaction"})


@dataclass(frozen=True)
class Filters:
    """What was typed, to be shown and handed on, and what it asks of the ledger."""

    typed: dict[str, str]
    asked: Asked


def read(session: Session, typed: Mapping[str, str], until: int | None = None) -> Filters:
    """Read filters; ``until`` is the ledger number of the page itself, when it is of the past.

    Raises Refused for a kind that is none, Missing for an article or claim that is not there.
    """
    kept = {name: value for name in NAMES if (value := typed.get(name, "").strip()[:LONGEST])}
    _check_kind(kept.get("kind"))
    if "actor" in kept:
        kept["actor"] = actor(kept["actor"])
    return Filters(
        kept,
        Asked(
            kind=kept.get("kind"),
            actor=kept.get("actor"),
            table=kept.get("table"),
            pk=kept.get("pk"),
            request=kept.get("request"),
            text=kept.get("q"),
            since=number(session, kept.get("since"), begins=True),
            until=_earlier(number(session, kept.get("until")), until),
            rows=_rows(session, kept),
        ),
    )


def zone() -> dt.tzinfo:
    """The time zone in which a moment without one is read: the page's, UTC for a command."""
    return (get_timezone() if has_request_context() else None) or dt.UTC


def _check_kind(kind: str | None) -> None:
    if kind is not None and kind not in KINDS and kind not in STORED_KINDS:
        raise Refused(
            "filter_unknown",
            {"zh": "没有这种记录。", "en": "There are no entries of this kind."},
            "kind",
        )


def actor(typed: str) -> str:
    """The stable string of whoever is meant: ``li.wei`` is ``editor:li.wei``."""
    return typed if ":" in typed or typed == "visitor" else f"editor:{typed}"


def number(session: Session, typed: str | None, *, begins: bool = False) -> int | None:
    """The ledger number of what was typed; a day alone means its end, unless it ``begins``."""
    return place.find(session, typed, zone(), begins=begins).position if typed else None


def _earlier(first: int | None, second: int | None) -> int | None:
    known = [number for number in (first, second) if number is not None]
    return min(known, default=None)


def scope_of(session: Session, article: str | None, claim: str | None) -> Scope | None:
    """The rows of the article (by key) or claim (by identifier, or as ``key/14``) asked for."""
    if claim:
        return of_claim(claim_id(session, claim))
    if article:
        return of_article(article_id(session, article))
    return None


def claim_id(session: Session, typed: str) -> uuid.UUID:
    """The claim meant: by identifier, or by its article's key and its number; raise Refused."""
    key, slash, number = typed.rpartition("/")
    try:
        if not slash:
            return uuid.UUID(typed)
        wanted = whole(number)
    except ValueError as problem:
        raise _no_such_claim() from problem
    article = article_id(session, key)
    found = session.scalar(
        select(Claim.id).where(Claim.article_id == article, Claim.number == wanted)
    )
    if found is None:
        raise _no_such_claim()
    return found


def _no_such_claim() -> Refused:
    return Refused(
        "claim_unknown", {"zh": "没有这条论断。", "en": "There is no such claim."}, "claim"
    )


def _rows(session: Session, kept: Mapping[str, Any]) -> Mapping[str, Keys] | None:
    scope = scope_of(session, kept.get("article"), kept.get("claim"))
    if scope is None:
        return None
    return belonging(session, scope, whole=not kept.get("claim"))
