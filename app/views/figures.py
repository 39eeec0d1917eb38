"""The figures of the house: searching them, and saying how two that disagree can both stand."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.figures import ReconciliationForm
from app.forms.sending import send
from app.past.reading import readable_then
from app.past.registers import of_figures
from app.past.scope import Scope
from app.permissions import requires
from app.unit_of_work import session
from claims.errors import Missing
from claims.house import search
from claims.models import Claim, Figure
from claims.reconciliations import reconcile
from claims.vocabulary import Reconciled

blueprint = Blueprint("figures", __name__)
LONGEST = 100
SEE_OTHER = 303


def _words() -> str:
    """What is searched for."""
    return (request.args.get("q") or "").strip()[:LONGEST]


def _rows() -> Scope:
    """The rows the past of the search needs."""
    return of_figures(_words())


@blueprint.get("/figures")
@blueprint.get("/figures.json", endpoint="index_as_json")
@requires(Permission.READ)
@readable_then(_rows)
def index() -> ResponseReturnValue:
    """Search the figures of all claims by what they are about."""
    asked = _words()
    rows = search(session(), asked)
    return twins.shown(
        "figures/index.html",
        lambda: {"asked": asked, "figures": [page_twins.figure(row) for row in rows]},
        asked=asked,
        rows=rows,
    )


@blueprint.get("/figures/<uuid:figure_id>/against/<uuid:other_id>")
@requires(Permission.ASSESS)
def reconciling(figure_id: uuid.UUID, other_id: uuid.UUID) -> ResponseReturnValue:
    """Show two figures of the house, and ask how they stand to each other."""
    return _asked(_figure(figure_id), _figure(other_id), ReconciliationForm())


@blueprint.post("/figures/<uuid:figure_id>/against/<uuid:other_id>")
@requires(Permission.ASSESS)
def remember(figure_id: uuid.UUID, other_id: uuid.UUID) -> ResponseReturnValue:
    """Remember how two figures of the house stand to each other."""
    figure, other, form = _figure(figure_id), _figure(other_id), ReconciliationForm()

    def act() -> None:
        outcome, note = Reconciled(form.outcome.data), form.note.data or ""
        reconcile(session(), figure, other, outcome, by=actor(), note=note)

    refused = send(form, act)
    if refused is not None:
        return _asked(figure, other, form), refused
    flash(_("Remembered, with your reason."))
    return redirect(url_for("claims.page", claim_id=figure.claim_id, _anchor="house"), SEE_OTHER)


def _figure(figure_id: uuid.UUID) -> Figure:
    """Load a figure of a claim; raise Missing for any other identifier."""
    whole = joinedload(Figure.claim).joinedload(Claim.article)
    found = session().get(Figure, figure_id, options=[whole])
    if found is None or found.claim_id is None:
        raise Missing("no_such_figure", {"zh": "没有这条数据。", "en": "There is no such figure."})
    return found


def _asked(figure: Figure, other: Figure, form: ReconciliationForm) -> str:
    return render_template("figures/reconcile.html", figure=figure, other=other, form=form)
