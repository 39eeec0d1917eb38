"""Signing in and out, the one-time link by which a password is chosen, and the pages' language."""

import uuid
from typing import NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests

from app.accounts import (
    attempts,
    current,
    failures,
    identities,
    links,
    provider,
    provider_sessions,
    proving,
)
from app.accounts.models import Account, AccountLink
from app.accounts.register import account_of, is_first_run
from app.accounts.roles import Permission
from app.accounts.signin import check, id_of
from app.accounts.vocabulary import Proof
from app.forms.accounts import PasswordForm, SignInForm
from app.forms.sending import send
from app.i18n import COOKIE, LANGUAGES
from app.ledger import acts
from app.once.course import repeatable
from app.permissions import requires
from app.security import inside, remember
from app.unit_of_work import beforehand, database, session
from claims.errors import Missing

blueprint = Blueprint("accounts", __name__)
SEE_OTHER, UNPROCESSABLE, MISSING = 303, 422, 404


class Tried(NamedTuple):
    """A form that was sent, the account it opens, and the attempt as it was counted."""

    form: SignInForm
    account: uuid.UUID | None
    pair: str | None


@blueprint.get("/sign-in")
@requires(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form; whoever is signed in goes on."""
    if current.account() is not None:
        return redirect(inside(request.args.get("next")), SEE_OTHER)
    return _asked(SignInForm())


def tried() -> Tried:
    """Count the attempt and look at the password, before anything is written in earnest.

    Hashing takes its time by design; nobody who saves meanwhile should wait for it.
    """
    form = SignInForm()
    if not form.validate_on_submit():
        return Tried(form, None, None)
    name, address = form.name.data or "", request.remote_addr or ""
    counted = attempts.attempt(database(), name, address, familiar=current.is_familiar(name))
    if counted.wait is not None:
        raise TooManyRequests(retry_after=counted.wait)
    with database().reading() as opened:
        found, named = check(opened, name, form.password.data or ""), id_of(opened, name)
        opened_by = found.id if found is not None else None
    if opened_by is None:
        failures.note(database(), named, Proof.PASSWORD, current.visitor(), pair=counted.pair)
    return Tried(form, opened_by, counted.pair)


@blueprint.post("/sign-in")
@requires(Permission.PUBLIC)
@beforehand(tried)
@repeatable("a session of its own, listed and ended like any other")
def signed_in(prepared: Tried) -> ResponseReturnValue:
    """Open a session; the answer to a wrong name or password never says which of them was wrong."""
    form = prepared.form
    if prepared.account is not None and prepared.pair is not None:
        attempts.forgive(session(), prepared.pair)
        return current.first_step(account_of(session(), prepared.account), Proof.PASSWORD)
    if prepared.pair is not None:
        form.form_errors.append(_("User name and password do not match an account of this desk."))
    return _asked(form), UNPROCESSABLE


@blueprint.get("/sign-in/link/<token>")
@requires(Permission.PUBLIC)
def link(token: str) -> ResponseReturnValue:
    """Show the form in which the owner of a link chooses a password."""
    try:
        found = links.of_token(session(), token[: links.LONGEST_TOKEN])
    except Missing as problem:
        return render_template("accounts/no_link.html", message=problem.message), MISSING
    return _chosen(found, token, PasswordForm())


@blueprint.post("/sign-in/link/<token>")
@requires(Permission.PUBLIC)
def link_used(token: str) -> ResponseReturnValue:
    """Set the password, end every other session of the account, and sign its owner in."""
    try:
        found = links.of_token(session(), token[: links.LONGEST_TOKEN], lock=True)
    except Missing as problem:
        return render_template("accounts/no_link.html", message=problem.message), MISSING
    form = PasswordForm()
    # What follows is done by whoever holds the link, which only its owner should.
    current.act_as(found.account.actor)
    refused = send(form, lambda: links.use_link(session(), found, form.password.data or ""))
    if refused:
        return _chosen(found, token, form), refused
    flash(_("Your password is set. Welcome to the desk."))
    return current.first_step(found.account, Proof.LINK, url_for("home.page"))


@blueprint.post("/sign-out")
@requires(Permission.PUBLIC)
@repeatable("who is out is out, and of nobody else anything is noted")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    known = current.account()
    if known is not None:
        acts.record(session(), "act", "account", str(known.id), "sign_out", {"name": known.name})
    began_there = provider_sessions.is_of_provider(session(), current.session_key())
    current.sign_out()
    flash(_("You are signed out."))
    left = "provider" if began_there else None
    answer = redirect(url_for("accounts.sign_in", left=left), SEE_OTHER)
    # What was being typed while the server was away lies there; the server has been reached again.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.post("/language")
@requires(Permission.PUBLIC)
@repeatable("the language is the one that was chosen")
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
    remember(response, COOKIE, wanted)
    return response


def _chosen(found: AccountLink, token: str, form: PasswordForm) -> str:
    by_provider = identities.takes_provider(found)
    return render_template(
        "accounts/link.html", link=found, token=token, form=form, by_provider=by_provider
    )


def _asked(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html",
        form=form,
        first_run=is_first_run(session()),
        site=proving.site(),
        way_out=provider.way_out() if request.args.get("left") == "provider" else None,
    )
