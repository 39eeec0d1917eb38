"""Assessing a claim: a status per figure, the reasons, and what happens to the sentence."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.filters import label
from app.forms.assessments import AssessmentForm, form_class, form_of
from app.forms.conflicts import Edited, conflict
from app.forms.keypad import KeypadForm
from app.forms.sending import is_stale, send
from app.incoming import watched
from app.past.scope import of_claim
from app.permissions import requires
from app.reading_view import card_alone
from app.undoing import undoable
from app.unit_of_work import session
from claims.assessments import assess
from claims.models import Claim
from claims.queries.card import suggested
from claims.queries.claims import ClaimPage, claim_page, claim_with_all
from claims.queries.reading import next_open

blueprint = Blueprint("assessments", __name__)
SEE_OTHER = 303


@blueprint.get("/claims/<uuid:claim_id>/assessment")
@watched
@requires(Permission.ASSESS)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form; what the evidence suggests stands beside it and is never chosen for you."""
    found = claim_page(session(), claim_id)
    return _page(found, form_of(found.claim))


@blueprint.post("/claims/<uuid:claim_id>/assessment")
@requires(Permission.ASSESS)
def save(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Record the conclusion."""
    claim = claim_with_all(session(), claim_id, lock=True)
    if "status" in request.form or "part" in request.form:
        return _by_keypad(claim)
    form = form_class(claim)()

    def act() -> None:
        verdict = form.verdict(claim)
        assess(session(), claim, verdict, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    back = url_for("claims.page", claim_id=claim_id)
    if refused and is_stale(form, claim.version):
        action = url_for("assessments.save", claim_id=claim_id)
        edited = Edited("claim", claim_id, of_claim(claim_id), lambda: _as_judged(claim_id))
        return conflict(form, edited, action, back)
    if refused:
        session().expire_all()
        return _page(claim_page(session(), claim_id), form), refused
    undoable(_("The assessment is recorded."))
    return redirect(back, SEE_OTHER)


def _by_keypad(claim: Claim) -> ResponseReturnValue:
    """Record what the keypad of a card says, and go on to the next claim that is open."""
    form = KeypadForm().offer(claim)

    def act() -> None:
        verdict = form.verdict(claim, suggested(session(), claim))
        assess(session(), claim, verdict, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    if refused and is_stale(form, claim.version):
        action = request.full_path.rstrip("?")
        back = url_for("articles.page", key=claim.article.key, claim=claim.number)
        edited = Edited("claim", claim.id, of_claim(claim.id), lambda: _as_pressed(claim.id))
        return conflict(form, edited, action, back)
    if refused:
        return _keypad_again(claim.id, form), refused
    number, said = f"{claim.number:02d}", label(claim.verification_status)
    undoable(_("C-%(number)s: %(status)s", number=number, status=said))
    if request.args.get("then") != "next":
        return redirect(url_for("claims.page", claim_id=claim.id), SEE_OTHER)
    following, show = next_open(session(), claim), request.args.get("show")
    place = url_for("articles.page", key=claim.article.key, claim=following, show=show)
    return redirect(place, SEE_OTHER)


def _keypad_again(claim_id: uuid.UUID, form: KeypadForm) -> str:
    """Show a refused keypad in its card, or the full form with everything that was typed."""
    session().expire_all()
    found = claim_page(session(), claim_id)
    claim = found.claim
    if request.headers.get("X-Fragment") == "review":
        return card_alone(claim.article.key, claim.number, form) or ""
    full = form_class(claim)(
        formdata=None,
        version=form.version.data,
        reasoning=form.reasoning.data,
        disposition=form.disposition.data,
        proposed_wording=form.proposed_wording.data,
        **form.meant_fields(claim),
    )
    full.form_errors = [problem for said in form.errors.values() for problem in said]
    return _page(found, full)


def _as_judged(claim_id: uuid.UUID) -> AssessmentForm:
    return form_of(claim_with_all(session(), claim_id), judged=True)


def _as_pressed(claim_id: uuid.UUID) -> KeypadForm:
    return KeypadForm.standing(claim_with_all(session(), claim_id))


def _page(found: ClaimPage, form: AssessmentForm) -> str:
    return render_template(
        "assessments/form.html",
        page=found,
        claim=found.claim,
        article=found.claim.article,
        form=form,
    )
