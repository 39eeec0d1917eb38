"""Putting a claim aside, and taking it up again."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.sending import send
from app.forms.snoozes import SnoozeForm
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims import snoozes
from claims.models import Claim
from claims.queries.claims import no_such_claim

blueprint = Blueprint("snoozes", __name__)
SEE_OTHER = 303


@blueprint.get("/claims/<uuid:claim_id>/snooze")
@requires(Permission.COMMENT)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for how long."""
    return render_template("snoozes/new.html", claim=_claim(claim_id), form=SnoozeForm())


@blueprint.post("/claims/<uuid:claim_id>/snooze")
@requires(Permission.COMMENT)
def snooze(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Put the claim aside for the person asking; nobody else notices."""
    claim = _claim(claim_id)
    form = SnoozeForm()
    refused = send(form, lambda: snoozes.snooze(session(), claim, by=actor(), until=form.moment))
    if refused:
        return render_template("snoozes/new.html", claim=claim, form=form), refused
    undoable(_("C-%(number)s is put aside.", number=f"{claim.number:02d}"))
    return redirect(url_for("home.page"), SEE_OTHER)


@blueprint.post("/claims/<uuid:claim_id>/wake")
@requires(Permission.COMMENT)
def wake(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Bring the claim back; once it is back, asking again changes nothing."""
    claim = _claim(claim_id)
    snoozes.wake(session(), claim.id, by=actor())
    undoable(_("C-%(number)s is back in your list.", number=f"{claim.number:02d}"))
    return redirect(url_for("home.page"), SEE_OTHER)


def _claim(claim_id: uuid.UUID) -> Claim:
    claim = session().get(Claim, claim_id)
    if claim is None:
        raise no_such_claim()
    return claim
