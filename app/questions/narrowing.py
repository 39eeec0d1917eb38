"""What a saved question is narrowed to, read from the page's address or a command's options."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.forms.timeline import LONGEST, actor, number, scope_of
from app.past.scope import belonging
from app.questions.question import Narrowed
from claims.queries.articles import article_id

NAMES = ("article", "actor", "since", "until")


def narrowed(session: Session, typed: Mapping[str, str]) -> tuple[dict[str, str], Narrowed]:
    """Read what was typed; raise Missing for an unknown article, Refused for no moment."""
    kept = {name: value for name in NAMES if (value := typed.get(name, "").strip()[:LONGEST])}
    if "actor" in kept:
        kept["actor"] = actor(kept["actor"])
    scope = scope_of(session, kept.get("article"), None)
    return kept, Narrowed(
        rows=belonging(session, scope, whole=True) if scope is not None else None,
        article=article_id(session, kept["article"]) if "article" in kept else None,
        actor=kept.get("actor"),
        since=number(session, kept.get("since"), begins=True),
        until=number(session, kept.get("until")),
    )
