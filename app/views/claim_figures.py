"""The figures of a claim: adding one, putting it right, removing it."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.claim_figures import FigureForm, RemoveFigureForm
from app.forms.conflicts import Edited, conflict
from app.forms.sending import is_stale, send
from app.incoming import watched
from app.meanwhile import asked_again, version_to_add
from app.past.scope import of_claim
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims.errors import Missing
from claims.figure_edits import add_figure, edit_figure, remove_figure
from claims.models import Claim, Figure
from claims.queries.claims import claim_with_all

blueprint = Blueprint("claim_figures", __name__)
SEE_OTHER = 303


@blueprint.get("/claims/<uuid:claim_id>/figures/new")
@requires(Permission.ASSESS)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that adds a figure."""
    claim = claim_with_all(session(), claim_id)
    return _page(claim, FigureForm(formdata=None, version=str(claim.version)))


@blueprint.post("/claims/<uuid:claim_id>/figures/new")
@requires(Permission.ASSESS)
def add(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Add a figure to the claim."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = FigureForm().offer(claim)
    made: list[Figure] = []

    def act() -> None:
        facts, seen = form.facts(), version_to_add(form, claim)
        made.append(add_figure(session(), claim, facts, by=actor(), seen_version=seen))

    refused = send(form, act)
    if refused:
        session().expire_all()
        asked_again(form, claim)
        return _page(claim, form), refused
    undoable(_("The figure is added. Nobody has assessed it yet."))
    return redirect(_back(claim, made[0]), SEE_OTHER)


@blueprint.get("/figures/<uuid:figure_id>/edit")
@watched
@requires(Permission.ASSESS)
def edit(figure_id: uuid.UUID) -> ResponseReturnValue:
    """Show a figure as it is, to be put right."""
    claim, figure = _figure(figure_id, lock=False)
    return _page(claim, FigureForm.of(figure), figure)


@blueprint.post("/figures/<uuid:figure_id>/edit")
@requires(Permission.ASSESS)
def save(figure_id: uuid.UUID) -> ResponseReturnValue:
    """Save a figure; where somebody saved in between, both texts are shown."""
    claim, figure = _figure(figure_id)
    form = FigureForm().offer(claim, figure)

    def act() -> None:
        facts = form.facts(figure)
        edit_figure(session(), figure, facts, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    if refused:
        session().expire_all()
    if refused and is_stale(form, figure.version):
        edited = Edited("figure", figure_id, of_claim(claim.id), lambda: _as_saved(figure_id))
        action = url_for("claim_figures.save", figure_id=figure_id)
        return conflict(form, edited, action, _back(claim, figure))
    if refused:
        return _page(claim, form, figure), refused
    undoable(_("The figure is saved."))
    return redirect(_back(claim, figure), SEE_OTHER)


@blueprint.get("/figures/<uuid:figure_id>/remove")
@requires(Permission.ASSESS)
def removal(figure_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why a figure is taken out of its claim."""
    claim, figure = _figure(figure_id, lock=False)
    return _removal(claim, figure, RemoveFigureForm(formdata=None, version=str(figure.version)))


@blueprint.post("/figures/<uuid:figure_id>/remove")
@requires(Permission.ASSESS)
def remove(figure_id: uuid.UUID) -> ResponseReturnValue:
    """Take a figure out of its claim."""
    claim, figure = _figure(figure_id)
    form = RemoveFigureForm()

    def act() -> None:
        reason, seen = form.reason.data or "", form.seen_version
        remove_figure(session(), figure, by=actor(), reason=reason, seen_version=seen)

    refused = send(form, act)
    if refused:
        session().expire_all()
        asked_again(form, figure)
        return _removal(claim, figure, form), refused
    undoable(_("Removed. It stays in the record."))
    return redirect(_back(claim), SEE_OTHER)


def _figure(figure_id: uuid.UUID, *, lock: bool = True) -> tuple[Claim, Figure]:
    """Return a figure that stands with its claim, which a writing request locks; raise Missing."""
    standing = select(Figure.claim_id).where(Figure.id == figure_id, Figure.removed_by.is_(None))
    claim_id = session().scalar(standing)
    if claim_id is None:
        raise Missing("no_such_figure", {"zh": "没有这条数据。", "en": "There is no such figure."})
    claim = claim_with_all(session(), claim_id, lock=lock)
    found = next((row for row in claim.figures if row.id == figure_id), None)
    if found is None:
        raise Missing("no_such_figure", {"zh": "没有这条数据。", "en": "There is no such figure."})
    return claim, found


def _as_saved(figure_id: uuid.UUID) -> FigureForm:
    claim, figure = _figure(figure_id, lock=False)
    return FigureForm.of(figure).offer(claim, figure)


def _page(claim: Claim, form: FigureForm, figure: Figure | None = None) -> str:
    return render_template(
        "claim_figures/form.html",
        claim=claim,
        article=claim.article,
        form=form.offer(claim, figure),
        figure=figure,
    )


def _removal(claim: Claim, figure: Figure, form: RemoveFigureForm) -> str:
    return render_template(
        "claim_figures/remove.html", claim=claim, article=claim.article, form=form, figure=figure
    )


def _back(claim: Claim, figure: Figure | None = None) -> str:
    anchor = f"figure-{figure.number}" if figure is not None else None
    return url_for("claims.page", claim_id=claim.id, _anchor=anchor)
