"""Checking a file of an appendix, for people without a shell: nothing of it is kept."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.appendix_issue.recognizing import examined, recognize
from app.errors import status_of
from app.evidence_store import store
from app.exports.verifier.findings import Report
from app.forms.verifying import VerifyForm
from app.i18n import language
from app.once.course import repeatable
from app.permissions import requires
from app.unit_of_work import beforehand, database
from claims.errors import DeskError

blueprint = Blueprint("verifying", __name__)
UNPACKED = 2**26
"""Bytes of a document unpacked for this page: a file of 20 MB may hold a thousand times as much."""


@blueprint.get("/verify-appendix")
@requires(Permission.READ)
def choose() -> ResponseReturnValue:
    """Ask for a file."""
    return render_template("appendices/verify.html", form=VerifyForm(), report=None)


def checked() -> Report | DeskError | None:
    """Check the file before, and outside of, the transaction of the request."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return None
    try:
        with form.handed_over() as (file, proof):
            report, found = examined(database(), file, proof, largest=UNPACKED)
            recognize(database(), store(), file, found, report, by=actor())
    except DeskError as problem:
        return problem
    return report


@blueprint.post("/verify-appendix")
@requires(Permission.READ)
@beforehand(checked)
@repeatable("nothing is written")
def verify(prepared: Report | DeskError | None) -> ResponseReturnValue:
    """Say whether the file is what was issued, and what the desk knows of it."""
    form = VerifyForm()
    if isinstance(prepared, Report):
        return render_template(
            "appendices/verify.html",
            form=form,
            report=prepared,
            findings=[(one.name, one.words(language())) for one in prepared.findings],
        )
    if prepared is None:
        form.validate()
        return render_template("appendices/verify.html", form=form, report=None), 422
    form.reject(prepared)
    return render_template("appendices/verify.html", form=form, report=None), status_of(prepared)
