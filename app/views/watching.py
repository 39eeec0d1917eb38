"""What an open page asks every few seconds: who is editing beside me, and what was saved since."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, jsonify, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import incoming
from app.accounts import current, presence
from app.accounts.current import account
from app.accounts.presence import Editing
from app.accounts.roles import Permission
from app.filters import person
from app.incoming import News
from app.once.course import repeatable
from app.past.scope import Scope, of_article, of_claim
from app.permissions import requires
from app.unit_of_work import SAFE_METHODS, session
from claims.errors import Missing
from claims.models import Claim
from claims.queries.articles import article_id
from sources.base import now

blueprint = Blueprint("watching", __name__)


@blueprint.get("/watch/claims/<uuid:claim_id>")
@requires(Permission.READ)
def claim(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Tell who else is editing a claim, and what others saved since the page was made."""
    return _answer(_beside_claim(claim_id), of_claim(claim_id))


@blueprint.put("/watch/claims/<uuid:claim_id>")
@requires(Permission.READ)
@repeatable("the sign of life takes the place of the one before")
def edit(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Note that the person asking has a form of the claim open, and tell the same."""
    known = current.myself()
    if session().get(Claim, claim_id) is None:
        raise Missing("no_such_claim", {"zh": "没有这条论断。", "en": "There is no such claim."})
    presence.note(session(), known.id, claim_id)
    return _answer(_beside_claim(claim_id), of_claim(claim_id))


@blueprint.get("/watch/articles/<key>")
@requires(Permission.READ)
def article(key: str) -> ResponseReturnValue:
    """Tell who else is editing a claim of an article, and what others saved in it since."""
    return _answer(_beside_article(key), of_article(article_id(session(), key)))


def _answer(people: str, scope: Scope) -> ResponseReturnValue:
    found = incoming.news(session(), scope, request.args.get("since", ""), but=current.actor())
    answer = jsonify(people=people, news=news_words(found))
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def news_words(found: News) -> str:
    """Say how many changes there were, and whose; empty where there were none."""
    if not found.saves:
        return ""
    return ngettext(
        "%(num)d change by %(names)s since you opened this",
        "%(num)d changes by %(names)s since you opened this",
        found.saves,
        names=_list([person(actor or None) for actor in found.actors]),
    )


def _beside_claim(claim_id: uuid.UUID) -> str:
    """Say who else is editing this claim."""
    found = presence.beside(session(), _me(), claim=claim_id)
    names = _list([editing.name for editing in found])
    return (
        ngettext(
            "%(names)s is editing this claim",
            "%(names)s are editing this claim",
            len(found),
            names=names,
        )
        if found
        else ""
    )


def _beside_article(key: str) -> str:
    """Say who else is editing which claim of this article."""
    found = presence.beside(session(), _me(), article=key)
    return _list([_at_claim(editing) for editing in found])


def _at_claim(editing: Editing) -> str:
    number = f"{editing.number:02d}"
    return _("%(name)s is editing C-%(number)s", name=editing.name, number=number)


def _list(parts: list[str]) -> str:
    return _(", ").join(parts)


def _me() -> uuid.UUID:
    return current.myself().id


@dataclass(frozen=True, slots=True)
class Watch:
    """What a page needs to watch: where to ask, since when, and who was there when it was made.

    ``editing`` is the address at which the page's own form speaks up; None for a page to read.
    """

    address: str
    changes: str
    mark: str
    people: str
    editing: str | None


def watch(shown_claim: Any = None, shown_article: Any = None) -> Watch | None:
    """Return what the page watches; None for a page that shows no claim, or the past."""
    if account() is None or "session" not in g or "past" in g:
        return None
    mark = g.get("mark") or ""
    since = now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if request.endpoint == "articles.page" and shown_article is not None:
        return Watch(
            address=url_for("watching.article", key=shown_article.key),
            changes=url_for("audit.page", article=shown_article.key, since=since),
            mark=mark,
            people=_beside_article(shown_article.key),
            editing=None,
        )
    if shown_claim is None or not isinstance(shown_claim, Claim):
        return None
    address = url_for("watching.claim", claim_id=shown_claim.id)
    return Watch(
        address=address,
        changes=url_for("audit.page", claim=shown_claim.id, since=since),
        mark=mark,
        people=_beside_claim(shown_claim.id),
        editing=address if _is_form() else None,
    )


def _is_form() -> bool:
    """Tell whether the page is one that takes a form of its own, or the answer to one."""
    adapter = request_ctx.url_adapter
    sent = request.method not in SAFE_METHODS
    return sent or (adapter is not None and adapter.test(request.path, "POST"))


blueprint.add_app_template_global(watch, "watch")
