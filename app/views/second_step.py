"""The second step of signing in: what somebody has, after what they know; and passkeys alone."""

import uuid
from typing import NamedTuple

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import (
    attempts,
    challenges,
    current,
    factors,
    failures,
    passkeys,
    proving,
    spent,
    waiting,
)
from app.accounts import recovery_codes as codes
from app.accounts.challenges import Purpose
from app.accounts.factor_models import Factor
from app.accounts.proving import Looked
from app.accounts.register import account_of
from app.accounts.roles import Permission
from app.accounts.vocabulary import FactorKind, Proof
from app.accounts.waiting import Waiting
from app.forms.proofs import ProofForm
from app.limits.vocabulary import Gate
from app.once.course import repeatable
from app.permissions import requires
from app.security import inside
from app.unit_of_work import beforehand, database, session

blueprint = Blueprint("second_step", __name__)
SEE_OTHER, UNPROCESSABLE, MISSING = 303, 422, 404
ANOTHER = "another challenge takes the place of the one before"


class Answered(NamedTuple):
    """Whose passkey answered, and the count to forgive."""

    account: uuid.UUID | None
    pair: str


@blueprint.get("/sign-in/second")
@requires(Permission.PUBLIC)
def page() -> ResponseReturnValue:
    """Ask for the second proof; whoever gave no first one begins at the beginning."""
    found = waiting.read(session())
    return _asked(found, ProofForm()) if found is not None else _begin_again()


def looked() -> Looked | None:
    """Look at the second proof, before anything is written in earnest."""
    typed = ProofForm().typed
    with database().reading() as opened:
        found = waiting.read(opened)
        account_id = found.account.id if found is not None else None
    if account_id is None or typed is None:
        return None
    return proving.look(account_id, typed, Purpose.SECOND)


@blueprint.post("/sign-in/second")
@requires(Permission.PUBLIC)
@beforehand(looked)
@repeatable("a first step is used up by the session it opens")
def given(prepared: Looked | None) -> ResponseReturnValue:
    """Open the session, once for each first step."""
    found, form = waiting.read(session()), ProofForm()
    if found is None:
        return _begin_again()
    if prepared is None or prepared.proof is None:
        form.form_errors.append(_refused(form, factors.factors_of(session(), found.account.id)))
        return _asked(found, form), UNPROCESSABLE
    if not spent.spend(session(), found.key):
        return _begin_again()
    attempts.forgive(session(), prepared.pair, Gate.SECOND_FACTOR)
    account = account_of(session(), found.account.id)
    current.sign_in(account, (found.proof, prepared.proof))
    if prepared.proof is Proof.RECOVERY_CODE:
        _tell_how_many_are_left(account.id)
        return redirect(url_for("factors.page"), SEE_OTHER)
    return redirect(inside(request.args.get("next")), SEE_OTHER)


@blueprint.post("/sign-in/second/challenge")
@requires(Permission.PUBLIC)
@repeatable(ANOTHER)
def second_challenge() -> ResponseReturnValue:
    """Draw what a passkey of whoever waits has to sign."""
    found, site = waiting.read(session()), proving.site()
    if found is None or site is None:
        return "{}", MISSING
    own = factors.factors_of(session(), found.account.id, FactorKind.PASSKEY)
    return _json(passkeys.options_to_use(site, own, challenges.draw(Purpose.SECOND)))


@blueprint.post("/sign-in/passkey/challenge")
@requires(Permission.PUBLIC)
@repeatable(ANOTHER)
def challenge() -> ResponseReturnValue:
    """Draw what anybody's passkey has to sign."""
    site = proving.site()
    if site is None:
        return "{}", MISSING
    return _json(passkeys.options_to_use(site, [], challenges.draw(Purpose.SIGN_IN)))


def answered() -> Answered:
    """Count the attempt by its address, and look at the passkey's answer."""
    pair = proving.counted(
        "a passkey",
        Gate.SECOND_FACTOR,
        request.remote_addr or "nowhere",
        familiar=current.is_familiar(),
    )
    found = proving.by_passkey(ProofForm().answer.data or "")
    if found is None:
        failures.note(database(), None, Proof.PASSKEY, current.visitor())
    return Answered(found, pair)


@blueprint.post("/sign-in/passkey")
@requires(Permission.PUBLIC)
@beforehand(answered)
@repeatable("what was signed is used up by the session it opens")
def passkey(prepared: Answered) -> ResponseReturnValue:
    """Open a session for whoever's passkey answered."""
    if prepared.account is None:
        flash(_("The passkey did not open this desk. Try again, or use your password."))
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")), SEE_OTHER)
    attempts.forgive(session(), prepared.pair, Gate.SECOND_FACTOR)
    return current.first_step(account_of(session(), prepared.account), Proof.PASSKEY)


def _asked(found: Waiting, form: ProofForm) -> str:
    own = factors.factors_of(session(), found.account.id)
    return render_template(
        "accounts/second.html",
        form=form,
        name=found.account.name,
        kinds={row.kind for row in own},
        site=proving.site(),
        left=codes.left(session(), found.account.id),
    )


def _refused(form: ProofForm, own: list[Factor]) -> str:
    """Say what was wrong and what to do, naming only ways this account has."""
    kinds, typed = {row.kind for row in own}, "".join((form.code.data or "").split())
    if form.answer.data:
        return _("The passkey did not answer for this account. Try again, or type a recovery code.")
    if not typed and FactorKind.PASSKEY not in kinds:
        return _("Type the code that your telephone shows now, or a recovery code.")
    if not typed and FactorKind.TOTP not in kinds:
        return _("Use your passkey, or type a recovery code.")
    if not typed:
        return _("Type a code, or use a passkey.")
    if typed.isdigit() and FactorKind.TOTP in kinds:
        return _("That code is not right, or it was used before. Wait for the next one.")
    return _("That recovery code is not right, or it was used before. Take another one.")


def _begin_again() -> ResponseReturnValue:
    waiting.end()
    flash(_("The first step was too long ago, or is done. Sign in again."))
    return redirect(url_for("accounts.sign_in", next=request.args.get("next")), SEE_OTHER)


def _tell_how_many_are_left(account_id: uuid.UUID) -> None:
    count = codes.left(session(), account_id)
    flash(
        _("You used a recovery code; %(count)s are left. Set up what you lost anew.", count=count)
    )


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json")
