"""Putting right what a claim states."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.claim_edits import ClaimForm, claim_form
from app.forms.conflicts import Edited, conflict
from app.forms.sending import is_stale, send
from app.incoming import watched
from app.past.scope import of_claim
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims.claim_edits import edit_claim
from claims.models import Claim
from claims.queries.claims import claim_with_all

blueprint = Blueprint("claim_edits", __name__)
SEE_OTHER = 303


@blueprint.get("/claims/<uuid:claim_id>/edit")
@watched
@requires(Permission.ASSESS)
def edit(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the claim as it is, to be put right."""
    claim = claim_with_all(session(), claim_id)
    return _page(claim, claim_form(claim, fresh=True))


@blueprint.post("/claims/<uuid:claim_id>/edit")
@requires(Permission.ASSESS)
def save(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Save the claim; where somebody saved in between, both texts are shown."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = claim_form(claim)

    def act() -> None:
        edit_claim(session(), claim, form.facts(), by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    back = url_for("claims.page", claim_id=claim_id)
    if refused:
        session().expire_all()
    if refused and is_stale(form, claim.version):
        action = url_for("claim_edits.save", claim_id=claim_id)
        edited = Edited("claim", claim_id, of_claim(claim_id), lambda: _as_saved(claim_id))
        return conflict(form, edited, action, back)
    if refused:
        return _page(claim, form), refused
    undoable(_("The claim is saved."))
    return redirect(back, SEE_OTHER)


def _as_saved(claim_id: uuid.UUID) -> ClaimForm:
    return claim_form(claim_with_all(session(), claim_id), fresh=True)


def _page(claim: Claim, form: ClaimForm) -> str:
    return render_template("claim_edits/form.html", claim=claim, article=claim.article, form=form)
