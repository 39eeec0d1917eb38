"""Formulas over the figures of a claim: equations that are checked, and calculated evidence."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.conflicts import Edited, conflict
from app.forms.evidence import WithdrawForm
from app.forms.formulas import CalculationForm, CheckForm
from app.forms.sending import is_stale, send
from app.meanwhile import asked_again, version_to_add
from app.once.course import nothing_done
from app.past.scope import of_claim
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims.calculated_evidence import attach_calculation, edit_calculation
from claims.calculated_evidence import tried as tried_out
from claims.errors import DeskError, Missing
from claims.evidence import addressed_figures
from claims.fitting import Compared, compared
from claims.formula_acts import add_check, withdraw_check
from claims.formula_checks import Reckoned, reckon
from claims.handles import figures_by_handle
from claims.models import Claim, Evidence, FormulaCheck
from claims.policy import current_policy
from claims.queries.claims import claim_with_all
from claims.typed_figures import TypedFigure
from claims.vocabulary import EvidenceKind

blueprint = Blueprint("formulas", __name__)
SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.get("/claims/<uuid:claim_id>/formulas/new")
@requires(Permission.ASSESS)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that sets an equation against the claim."""
    claim = claim_with_all(session(), claim_id)
    return _page("check", claim, CheckForm(formdata=None, version=str(claim.version)))


@blueprint.post("/claims/<uuid:claim_id>/formulas/new")
@requires(Permission.ASSESS)
def add(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Calculate an equation, or keep it with the claim."""
    claim, form = claim_with_all(session(), claim_id, lock=True), CheckForm()
    if request.form.get("act") == "try":
        return _tried(claim, form)

    def act() -> None:
        text, seen = form.formula.data or "", version_to_add(form, claim)
        add_check(session(), claim, text, by=actor(), note=form.words, seen_version=seen)

    refused = send(form, act)
    if refused:
        session().expire_all()
        asked_again(form, claim)
        return _page("check", claim, form), refused
    undoable(_("The formula is kept with the claim."))
    return redirect(url_for("claims.page", claim_id=claim_id, _anchor="formulas"), SEE_OTHER)


def _tried(claim: Claim, form: CheckForm) -> ResponseReturnValue:
    """Say what an equation comes to, and keep nothing."""
    nothing_done()
    if not form.validate_on_submit():
        return _page("check", claim, form), UNPROCESSABLE
    try:
        found = reckon(claim, form.formula.data or "", current_policy())
    except DeskError as problem:
        form.reject(problem)
        return _page("check", claim, form), UNPROCESSABLE
    return _page("check", claim, form, tried=found)


@blueprint.get("/formulas/<uuid:check_id>/withdraw")
@requires(Permission.ASSESS)
def withdrawal(check_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why an equation counts no more."""
    row = _check(check_id, lock=False)
    return _withdrawal(row, WithdrawForm(formdata=None, version=str(row.version)))


@blueprint.post("/formulas/<uuid:check_id>/withdraw")
@requires(Permission.ASSESS)
def withdraw(check_id: uuid.UUID) -> ResponseReturnValue:
    """Let an equation count no more."""
    row, form = _check(check_id), WithdrawForm()

    def act() -> None:
        reason, seen = form.reason.data or "", form.seen_version
        withdraw_check(session(), row, by=actor(), reason=reason, seen_version=seen)

    refused = send(form, act)
    if refused:
        session().expire_all()
        asked_again(form, row)
        return _withdrawal(row, form), refused
    undoable(_("Withdrawn. It stays in the record, struck through."))
    return redirect(url_for("claims.page", claim_id=row.claim_id, _anchor="formulas"), SEE_OTHER)


@blueprint.get("/claims/<uuid:claim_id>/calculations/new")
@requires(Permission.ADD_EVIDENCE)
def calculating(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that attaches a calculation."""
    claim = claim_with_all(session(), claim_id)
    return _page("calculation", claim, CalculationForm(formdata=None, version=str(claim.version)))


@blueprint.post("/claims/<uuid:claim_id>/calculations/new")
@requires(Permission.ADD_EVIDENCE)
def calculate(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Attach a calculation as evidence."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = CalculationForm().offer(claim)
    if request.form.get("act") == "try":
        return _worked_out(claim, form)

    def act() -> None:
        given, seen = form.calculation(), version_to_add(form, claim)
        attach_calculation(session(), claim, given, by=actor(), seen_version=seen)

    refused = send(form, act)
    if refused:
        session().expire_all()
        asked_again(form, claim)
        return _page("calculation", claim, form), refused
    undoable(_("The calculation is attached."))
    return redirect(url_for("claims.page", claim_id=claim_id, _anchor="evidence"), SEE_OTHER)


@blueprint.get("/evidence/<uuid:evidence_id>/calculation")
@requires(Permission.ADD_EVIDENCE)
def edit(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Show a calculation as it is, to be put right."""
    item = _item(evidence_id, lock=False)
    return _page("calculation", item.claim, CalculationForm.of(item), item=item)


@blueprint.post("/evidence/<uuid:evidence_id>/calculation")
@requires(Permission.ADD_EVIDENCE)
def save(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Save a calculation; where somebody saved in between, both texts are shown."""
    item = _item(evidence_id)
    claim = item.claim
    form = CalculationForm().offer(claim)
    if request.form.get("act") == "try":
        return _worked_out(claim, form, item)

    def act() -> None:
        given, seen = form.calculation(item), form.seen_version
        edit_calculation(session(), item, given, by=actor(), seen_version=seen)

    refused = send(form, act)
    back = url_for("claims.page", claim_id=claim.id, _anchor=f"evidence-{item.number}")
    if refused:
        session().expire_all()
    if refused and is_stale(form, item.version):
        action = url_for("formulas.save", evidence_id=item.id)
        edited = Edited("evidence", evidence_id, of_claim(claim.id), lambda: _as_saved(evidence_id))
        return conflict(form, edited, action, back)
    if refused:
        return _page("calculation", claim, form, item=item), refused
    undoable(_("The evidence is saved."))
    return redirect(back, SEE_OTHER)


def _worked_out(
    claim: Claim, form: CalculationForm, item: Evidence | None = None
) -> ResponseReturnValue:
    """Say what a calculation comes to and what that answers the claim, and keep nothing."""
    nothing_done()
    try:
        given = form.calculation(item)
        found = tried_out(claim, given, item)
        addressed = addressed_figures(claim, given.addresses) or claim.figures
    except DeskError as problem:
        form.reject(problem)
        return _page("calculation", claim, form, item=item), UNPROCESSABLE
    answers = compared(found, addressed, current_policy())
    return _page("calculation", claim, form, item=item, result=found, answers=answers)


def _check(check_id: uuid.UUID, *, lock: bool = True) -> FormulaCheck:
    """Return an equation with its claim, which a writing request locks; raise Missing."""
    claim_id = session().scalar(select(FormulaCheck.claim_id).where(FormulaCheck.id == check_id))
    if claim_id is None:
        raise Missing(
            "no_such_formula", {"zh": "没有这条算式。", "en": "There is no such formula."}
        )
    claim = claim_with_all(session(), claim_id, lock=lock)
    return next(row for row in claim.checks if row.id == check_id)


def _item(evidence_id: uuid.UUID, *, lock: bool = True) -> Evidence:
    """Return a calculation with its claim, which a writing request locks; raise Missing."""
    wanted = select(Evidence.claim_id).where(
        Evidence.id == evidence_id, Evidence.kind == EvidenceKind.CALCULATION
    )
    claim_id = session().scalar(wanted)
    if claim_id is None:
        raise Missing(
            "no_such_evidence", {"zh": "没有这条证据。", "en": "There is no such evidence."}
        )
    claim = claim_with_all(session(), claim_id, lock=lock)
    return next(item for item in claim.evidence if item.id == evidence_id)


def _as_saved(evidence_id: uuid.UUID) -> CalculationForm:
    item = _item(evidence_id, lock=False)
    return CalculationForm.of(item).offer(item.claim)


def _page(
    what: str,
    claim: Claim,
    form: CheckForm | CalculationForm,
    *,
    tried: Reckoned | None = None,
    item: Evidence | None = None,
    result: TypedFigure | None = None,
    answers: Sequence[Compared] = (),
) -> str:
    shown: dict[str, Any] = {
        "form": form.offer(claim) if isinstance(form, CalculationForm) else form
    }
    return render_template(
        f"formulas/{what}.html",
        claim=claim,
        article=claim.article,
        handles=figures_by_handle(claim, item.number if item else None),
        tried=tried,
        result=result,
        answers=answers,
        item=item,
        **shown,
    )


def _withdrawal(row: FormulaCheck, form: WithdrawForm) -> str:
    return render_template(
        "formulas/withdraw.html", claim=row.claim, article=row.claim.article, row=row, form=form
    )
