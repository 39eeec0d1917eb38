"""The second step of signing in: what somebody has, after what they know."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import waiting
from app.accounts.roles import Permission
from app.permissions import requires
from app.unit_of_work import session

blueprint = Blueprint("second_step", __name__)
SEE_OTHER = 303


@blueprint.get("/sign-in/second")
@requires(Permission.PUBLIC)
def page() -> ResponseReturnValue:
    """Ask for the second proof; whoever gave no first one begins at the beginning."""
    if waiting.read(session()) is None:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")), SEE_OTHER)
    return ""
