"""Assessing a claim: a status per figure, the reasons, and what happens to the sentence."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.assessments import AssessmentForm, form_class, form_of
from app.forms.sending import conflict, is_stale, send
from app.incoming import watched
from app.permissions import requires
from app.unit_of_work import session
from claims.assessments import assess
from claims.queries.claims import ClaimPage, claim_page, claim_with_all

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
    form = form_class(claim)()

    def act() -> None:
        verdict = form.verdict(claim)
        assess(session(), claim, verdict, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    back = url_for("claims.page", claim_id=claim_id)
    if refused and is_stale(form, claim.version):
        action = url_for("assessments.save", claim_id=claim_id)
        return conflict(form, form_of(claim), ("claim", claim.id), action, back)
    if refused:
        session().expire_all()
        return _page(claim_page(session(), claim_id), form), refused
    flash(_("The assessment is recorded."))
    return redirect(back, SEE_OTHER)


def _page(found: ClaimPage, form: AssessmentForm) -> str:
    return render_template(
        "assessments/form.html",
        page=found,
        claim=found.claim,
        article=found.claim.article,
        form=form,
    )
