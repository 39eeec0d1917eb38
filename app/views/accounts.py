"""Signing in and out, and the language of the pages."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts import current
from app.accounts.models import Account
from app.accounts.roles import Permission
from app.accounts.signin import check
from app.forms.accounts import SignInForm
from app.i18n import COOKIE, LANGUAGES
from app.ledger import acts
from app.permissions import requires
from app.security import inside
from app.unit_of_work import session

blueprint = Blueprint("accounts", __name__)
YEAR = 365 * 24 * 60 * 60
SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.get("/sign-in")
@requires(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form; whoever is signed in goes on."""
    if current.account() is not None:
        return redirect(inside(request.args.get("next")), SEE_OTHER)
    return render_template("accounts/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@requires(Permission.PUBLIC)
def signed_in() -> ResponseReturnValue:
    """Check name and password; the answer to a wrong one never says which of them was wrong."""
    form = SignInForm()
    if form.validate_on_submit():
        found = check(session(), form.name.data, form.password.data)
        if found is not None:
            current.sign_in(found)
            acts.record(session(), "act", "account", str(found.id), "sign_in", {"name": found.name})
            return redirect(inside(request.args.get("next")), SEE_OTHER)
        form.form_errors.append(_("User name and password do not match an account of this desk."))
    return render_template("accounts/sign_in.html", form=form), UNPROCESSABLE


@blueprint.post("/sign-out")
@requires(Permission.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    known = current.account()
    if known is not None:
        acts.record(session(), "act", "account", str(known.id), "sign_out", {"name": known.name})
    current.sign_out()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.sign_in"), SEE_OTHER)


@blueprint.post("/language")
@requires(Permission.PUBLIC)
def language() -> ResponseReturnValue:
    """Switch the language of the pages, for the account and for this browser."""
    wanted = request.form.get("language", "")
    response = make_response(redirect(inside(request.form.get("next")), SEE_OTHER))
    if wanted not in LANGUAGES:
        return response
    known = current.account()
    if known is not None:
        row = session().scalar(select(Account).where(Account.name == known.name))
        if row is not None:
            row.language = wanted
    response.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", httponly=True)
    return response
