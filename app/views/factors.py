"""What one signs in with besides a password: telephones, passkeys and recovery codes."""

import io
import uuid
from typing import Any

import segno
from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import twins
from app.accounts import challenges, current, factors, failures, passkeys, proving, sessions, totp
from app.accounts import recovery_codes as codes
from app.accounts.challenges import Purpose
from app.accounts.factor_models import Factor
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Permission
from app.accounts.vocabulary import FactorKind, Proof
from app.forms.base import DeskForm
from app.forms.proofs import FactorForm, FirstCodeForm, PasskeyForm
from app.forms.sending import send
from app.ledger import acts
from app.once.course import repeatable
from app.permissions import requires
from app.unit_of_work import session
from claims.errors import Refused

blueprint = Blueprint("factors", __name__)
SEE_OTHER, MISSING, CONFLICT = 303, 404, 409
LATELY = 20
ISSUER = "Claim Desk"
QR_SCALE = 5


@blueprint.get("/account/factors")
@blueprint.get("/account/factors.json", endpoint="as_json")
@requires(Permission.READ, in_person=True)
def page() -> ResponseReturnValue:
    """Show what one signs in with, and who signed in, or tried to, in one's name."""
    row = current.own_row(session())
    own = factors.factors_of(session(), row.id)
    used, left = factors.uses(session(), own), codes.left(session(), row.id)
    begun = sessions.begun(session(), row.id, LATELY)
    failed = failures.of_account(session(), row.id, LATELY)
    return twins.shown(
        "factors/page.html",
        lambda: {
            "factors": [told_factor(one, used) for one in own],
            "recovery_codes_left": left,
            "required": is_required(row),
            "signed_in": [_begun(one) for one in begun],
            "failed": [twins.columns(one, ("account_id",)) for one in failed],
        },
        rows=own,
        used=used,
        left=left,
        required=is_required(row),
        begun=begun,
        failed=failed,
        proofs=sessions.proofs_of,
        browser=sessions.browser_name,
    )


@blueprint.get("/account/factors/telephone")
@requires(Permission.READ, fresh=True)
def new_telephone() -> ResponseReturnValue:
    """Ask what a telephone is called."""
    return render_template("factors/telephone.html", form=FactorForm())


@blueprint.post("/account/factors/telephone")
@requires(Permission.READ, fresh=True)
def add_telephone() -> ResponseReturnValue:
    """Draw a seed, and lead to where it is shown."""
    row, form, made = current.own_row(session()), FactorForm(), list[Factor]()

    def act() -> None:
        name = form.name.data or ""
        keys = proving.factor_keys()
        made.append(totp.begin(session(), keys, row, name, by=current.actor()))

    refused = send(form, act)
    if refused:
        return render_template("factors/telephone.html", form=form), refused
    return redirect(url_for("factors.setting_up", factor_id=made[0].id), SEE_OTHER)


@blueprint.get("/account/factors/telephone/<uuid:factor_id>")
@requires(Permission.READ, fresh=True)
def setting_up(factor_id: uuid.UUID) -> ResponseReturnValue:
    """Show the seed, as a picture and in letters, and ask for the first code."""
    return _setting_up(factor_id, FirstCodeForm())


@blueprint.get("/account/factors/telephone/<uuid:factor_id>/code.svg")
@requires(Permission.READ, fresh=True)
def picture(factor_id: uuid.UUID) -> ResponseReturnValue:
    """Draw the seed for a telephone's camera; nothing on the way keeps it."""
    row = current.own_row(session())
    found = totp.being_set_up(session(), row.id, factor_id)
    drawn, text = io.BytesIO(), totp.address(proving.factor_keys(), found, row, ISSUER)
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", scale=QR_SCALE, border=4, light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/account/factors/telephone/<uuid:factor_id>")
@requires(Permission.READ, fresh=True)
def confirm(factor_id: uuid.UUID) -> ResponseReturnValue:
    """Let a telephone count once it shows the right code."""
    row, form = current.own_row(session()), FirstCodeForm()
    found = totp.being_set_up(session(), row.id, factor_id)

    def act() -> None:
        totp.confirm(session(), proving.factor_keys(), found, form.code.data or "")
        _added(row, found, Proof.TOTP)

    refused = send(form, act)
    return (_setting_up(factor_id, form), refused) if refused else _enrolled(row)


@blueprint.get("/account/factors/passkey")
@requires(Permission.READ, fresh=True)
def new_passkey() -> ResponseReturnValue:
    """Ask what a passkey is called, and the browser for one."""
    return render_template("factors/passkey.html", form=PasskeyForm(), site=proving.site())


@blueprint.post("/account/factors/passkey/challenge")
@requires(Permission.READ, fresh=True)
@repeatable("another challenge takes the place of the one before")
def challenge() -> ResponseReturnValue:
    """Draw what a new passkey has to sign."""
    site, row = proving.site(), current.own_row(session())
    if site is None:
        return "{}", MISSING
    own = factors.factors_of(session(), row.id, FactorKind.PASSKEY)
    text = passkeys.options_to_make(site, row, own, challenges.draw(Purpose.ADD))
    return Response(text, mimetype="application/json")


@blueprint.post("/account/factors/passkey")
@requires(Permission.READ, fresh=True)
def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that a browser made."""
    row, form, site = current.own_row(session()), PasskeyForm(), proving.site()

    def act() -> None:
        drawn = challenges.take(session(), Purpose.ADD)
        if site is None or drawn is None:
            raise Refused(
                "challenge_over",
                {
                    "zh": "这次请求已过期。请再试一次。",
                    "en": "The request was too long ago. Try again.",
                },
            )
        name, answer = form.name.data or "", form.answer.data or ""
        made = passkeys.add(
            session(), site, row, name, answer=answer, challenge=drawn, by=current.actor()
        )
        _added(row, made, Proof.PASSKEY)

    refused = send(form, act)
    if refused:
        form.answer.data = ""
        return render_template("factors/passkey.html", form=form, site=site), refused
    return _enrolled(row)


@blueprint.post("/account/factors/<uuid:factor_id>/remove")
@requires(Permission.READ, fresh=True)
def remove(factor_id: uuid.UUID) -> ResponseReturnValue:
    """Remove a telephone or a passkey."""
    row = current.own_row(session())
    factors.remove(session(), row, factor_id, required=is_required(row), key=current.session_key())
    current.stay_signed_in(row)
    flash(_("Removed. Every other session has ended."))
    return redirect(url_for("factors.page"), SEE_OTHER)


@blueprint.post("/account/factors/recovery-codes")
@requires(Permission.READ, fresh=True)
def new_codes() -> ResponseReturnValue:
    """Draw ten codes and show them, once."""
    row = current.own_row(session())
    if not factors.has_factor(session(), row.id):
        raise Refused(
            "no_factor_yet",
            {
                "zh": "请先设置验证码或通行密钥。",
                "en": "Set up codes or a passkey first.",
            },
        )
    return _codes(row)


@blueprint.post("/account/factors/recovery-codes/file")
@requires(Permission.READ, fresh=True)
@repeatable("nothing is written")
def codes_file() -> ResponseReturnValue:
    """Give back the codes that a page shows, as a file to keep; here they are not kept."""
    row, shown = current.own_row(session()), request.form.getlist("code")[: codes.HOW_MANY]
    if not codes.are_of(session(), row.id, shown):
        raise Refused(
            "codes_replaced",
            {
                "zh": "这些恢复码已被新的一组取代。",
                "en": "These codes were replaced by others.",
            },
        )
    text = "\n".join((f"{ISSUER} · {request.host} · {row.name}", "", *shown, ""))
    name = 'attachment; filename="claim-desk-recovery-codes.txt"'
    return Response(text, mimetype="text/plain", headers={"Content-Disposition": name})


def is_required(row: Account) -> bool:
    """Tell whether this desk wants an account to have a second factor."""
    return factors.is_required(current_app.extensions["settings"].second_factor, row)


def told_factor(row: Factor, used: Any) -> dict[str, Any]:
    """A factor for a program: what it is and when it was used, nothing of what it holds."""
    use = used.get(row.id)
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "confirmed_at": row.confirmed_at,
        "used_at": use.used_at if use is not None else None,
    }


def _begun(row: OpenSession) -> dict[str, Any]:
    return {
        "at": row.started_at,
        "browser": sessions.browser_name(row.browser),
        "address": row.address,
        "proofs": sessions.proofs_of(row),
        "unfamiliar": bool(row.unfamiliar),
    }


def _setting_up(factor_id: uuid.UUID, form: FirstCodeForm) -> str:
    row = current.own_row(session())
    found = totp.being_set_up(session(), row.id, factor_id)
    seed = totp.seed(proving.factor_keys(), found)
    letters = " ".join(seed[at : at + 4] for at in range(0, len(seed), 4))
    return render_template("factors/setting_up.html", form=form, row=found, letters=letters)


def _added(row: Account, made: Factor, proof: Proof) -> None:
    """What was set up was proved by its first use."""
    factors.added(session(), row, made, key=current.session_key())
    current.proved(session(), proof)


def _enrolled(row: Account) -> ResponseReturnValue:
    """Go on with the session one is in; with the first factor come the recovery codes."""
    current.stay_signed_in(row)
    if codes.left(session(), row.id):
        flash(_("Added."))
        return redirect(url_for("factors.page"), SEE_OTHER)
    return _codes(row)


def _codes(row: Account) -> str:
    made = codes.make(session(), row.id, by=current.actor())
    story = {"name": row.name, "codes": len(made)}
    acts.record(session(), "act", "account", str(row.id), "recovery_codes_made", story)
    return render_template("factors/codes.html", codes=made, form=DeskForm(formdata=None))
