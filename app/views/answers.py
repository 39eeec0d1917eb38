"""The page behind a link: what somebody outside the desk is asked, and what they answer."""

import datetime as dt
from typing import Any

import flask_babel
from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from app.accounts.current import account
from app.accounts.roles import Permission
from app.forms.answers import AnswerForm, answer_form
from app.forms.sending import send
from app.ledger import acts, context, history
from app.origins import Foreign
from app.permissions import requires
from app.unit_of_work import SAFE_METHODS, database, session
from claims import answers
from claims.errors import Conflict, DeskError, Refused
from claims.invitations import of_token
from claims.models import ArticleVersion, Invitation
from claims.queries.claims import claim_with_all
from claims.vocabulary import Stage
from sources.base import now

blueprint = Blueprint("answers", __name__)
SEE_OTHER, GONE, FORBIDDEN, TOO_LARGE = 303, 404, 403, 413
LIMIT = 512 * 1024
"""Bytes of a form: ten statements of the greatest length, each character written as nine."""
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
LONGEST_TOKEN = 100
PAUSE = dt.timedelta(minutes=10)
"""Openings within it are one: a page that is reloaded must not fill the ledger."""


@blueprint.before_request
def bound() -> None:
    """Let nobody send more than an answer can be, nor anything but a form."""
    request.max_content_length = LIMIT
    if request.method not in SAFE_METHODS and request.mimetype not in FORMS:
        raise Foreign


@blueprint.get("/answers/<token>")
@requires(Permission.PUBLIC)
def page(token: str) -> ResponseReturnValue:
    """Show what is asked, as it stood when it was asked."""
    invitation = _invitation(token)
    if invitation is None:
        return _no_link()
    if account() is None and request.method == "GET":
        _note_opening(invitation)
    return _page(invitation, answer_form(invitation.asked, fresh=True))


@blueprint.post("/answers/<token>")
@requires(Permission.PUBLIC)
def answer(token: str) -> ResponseReturnValue:
    """Keep what is answered; the same form sent twice is kept once."""
    if (request.content_length or 0) > LIMIT:
        return _problem(TOO_LARGE), TOO_LARGE
    invitation = _invitation(token, lock=True)
    if invitation is None:
        return _no_link()
    if account() is not None:
        return _page(invitation, answer_form(invitation.asked, fresh=True)), FORBIDDEN
    g.actor = invitation.guest
    context.enter(session().connection(), database().key, g.actor, g.request_id)
    form = answer_form(invitation.asked)
    back = url_for("answers.page", token=token, _anchor="thanks")
    refused = send(form, lambda: _keep(invitation, form))
    if refused:
        return _page(invitation, form), FORBIDDEN if "csrf_token" in form.errors else refused
    return redirect(back, SEE_OTHER)


def _invitation(token: str, *, lock: bool = False) -> Invitation | None:
    """Return the live invitation of a link, and speak its language from here on."""
    if len(token) > LONGEST_TOKEN:
        return None
    found = of_token(session(), token, lock=lock)
    if found is not None:
        g.page_language = found.language
        flask_babel.refresh()
    return found


def _keep(invitation: Invitation, form: AnswerForm) -> None:
    """Keep every answer of the form, or none of them."""
    if form.foreign():
        raise _not_asked()
    said = [(asked, form.said(asked)) for asked in invitation.asked]
    given = [(asked, one) for asked, one in said if one is not None]
    if not given:
        raise Refused(
            "nothing_said",
            {"zh": "请至少答复一句话。", "en": "Answer about at least one sentence."},
        )
    for asked, one in sorted(given, key=lambda pair: pair[0].claim_id):
        claim = claim_with_all(session(), asked.claim_id, lock=True)
        try:
            answers.answer(session(), invitation, claim, one, form.credit)
        except Conflict as problem:
            raise _of_claim(problem, f"statement_{asked.id.hex}") from problem


def _of_claim(problem: DeskError, field: str) -> Conflict:
    """Show a refusal beside the sentence it is about."""
    return Conflict(problem.code, problem.message, problem.field or field)


def _not_asked() -> Refused:
    return Refused(
        "not_asked",
        {"zh": "没有就这条论断向您发问。", "en": "You were not asked about this claim."},
    )


def _note_opening(invitation: Invitation) -> None:
    """Write into the ledger that the page was opened; what was read is the invitation itself."""
    key = str(invitation.id)
    last = history.entries(session(), kind="act", table="invitation", pk=key, limit=1)
    if last and now() - dt.datetime.fromisoformat(last[0].at) < PAUSE:
        return
    with database().writing(invitation.guest, g.request_id) as opened:
        acts.record(opened, "act", "invitation", key, "open", {"name": invitation.name})


def _page(invitation: Invitation, form: AnswerForm) -> str:
    return render_template(
        "answers/page.html",
        invitation=invitation,
        form=form,
        newer=_newest(invitation) > invitation.article_version.number,
        gone={one.id for one in invitation.asked if one.claim.stage is Stage.DROPPED},
        staff=account(),
    )


def _newest(invitation: Invitation) -> int:
    query = select(func.max(ArticleVersion.number))
    found = session().scalar(query.where(ArticleVersion.article_id == invitation.article_id))
    return found or 0


def _no_link() -> ResponseReturnValue:
    """Answer alike for a link that never was, has ended or was revoked."""
    return _problem(GONE), GONE


def _problem(status: int) -> Any:
    return render_template("answers/problem.html", status=status)
