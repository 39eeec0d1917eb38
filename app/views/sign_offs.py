"""The second person: what is signed, what changed, the hash, and the answer."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import biography, timeline
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.sending import send
from app.forms.sign_offs import Answer, SignOffForm
from app.ledger import acts
from app.meanwhile import asked_again, tell
from app.object_names import names
from app.permissions import requires
from app.typed_numbers import whole
from app.unit_of_work import session
from claims.queries.claims import ClaimPage, claim_page, claim_with_all
from claims.sign_offs import bar, send_back, sign
from claims.vocabulary import Stage

blueprint = Blueprint("sign_offs", __name__)
SEE_OTHER = 303
SHOWN = 30
"""Changes since the last answer that are shown; all of them are in the claim's history."""


@blueprint.get("/claims/<uuid:claim_id>/sign-off")
@requires(Permission.SIGN_OFF)
def page(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show exactly what would be signed."""
    found = claim_page(session(), claim_id)
    form = SignOffForm(formdata=None)
    _open(form, found)
    return _page(found, form)


@blueprint.post("/claims/<uuid:claim_id>/sign-off")
@requires(Permission.SIGN_OFF)
def answer(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Sign the content that was shown, or return it with a reason."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = SignOffForm()

    def act() -> None:
        seen, sha256 = form.seen_version, form.content_sha256.data or ""
        if form.answer.data is Answer.SIGN:
            sign(session(), claim, by=actor(), seen_sha256=sha256, seen_version=seen)
            return
        send_back(
            session(),
            claim,
            by=actor(),
            reason=form.reason.data or "",
            seen_sha256=sha256,
            seen_version=seen,
        )

    refused = send(form, act)
    if refused:
        session().expire_all()
        found = claim_page(session(), claim_id)
        _ask_anew(form, found)
        return _page(found, form), refused
    done = claim.stage is Stage.SIGNED_OFF
    flash(_("Signed off.") if done else _("Your answer is recorded."))
    return redirect(url_for("claims.page", claim_id=claim_id), SEE_OTHER)


def _ask_anew(form: SignOffForm, found: ClaimPage) -> None:
    """After a refusal the form carries what is shown now; over other content nobody has answered.

    Nothing stays chosen there: what is signed is what was read.
    """
    seen = request.form.get("opened_at", type=whole)
    asked_again(form, found.claim)
    if form.content_sha256.data != found.content_sha256:
        form.answer.data = None
        if seen is not None:
            changed = biography.entries(session(), found.rows, limit=SHOWN, newer=seen)
            tell(form, [entry for entry in changed if entry.actor != actor()] or changed)
    _open(form, found)


def _open(form: SignOffForm, found: ClaimPage) -> None:
    """Bind a form to what is shown."""
    form.version.data = str(found.claim.version)
    form.content_sha256.data = found.content_sha256
    form.opened_at.data = str(acts.last_event(session().connection()))


def _page(found: ClaimPage, form: SignOffForm) -> str:
    """Show the content."""
    last = found.signatures[0].row if found.signatures else None
    since = last.created_at if last is not None else None
    entries = biography.entries(
        session(), found.rows, limit=SHOWN, tables=biography.BRIEF, since=since
    )
    return render_template(
        "sign_offs/page.html",
        page=found,
        claim=found.claim,
        article=found.claim.article,
        form=form,
        last=last,
        days=timeline.days(entries, names(session(), timeline.keys(entries))),
        my_bar=bar(found.claim, actor()),
        submitted=found.claim.stage is Stage.SUBMITTED,
    )
