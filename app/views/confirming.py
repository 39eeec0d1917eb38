"""Proving once more who one is, before what changes who can get in; what was being sent waits."""

from collections.abc import Iterator

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import (
    attempts,
    challenges,
    current,
    factors,
    identities,
    key_cookie,
    passkeys,
    proving,
)
from app.accounts.challenges import Purpose
from app.accounts.current import TWIN, SignedIn
from app.accounts.lost_sessions import way_back
from app.accounts.models import Account
from app.accounts.roles import Permission
from app.accounts.vocabulary import FactorKind
from app.forms.proofs import PREFIX, ProofForm
from app.limits.vocabulary import Gate
from app.once.course import repeatable
from app.permissions import needs_fresh_proof, requires
from app.security import inside
from app.unit_of_work import SAFE_METHODS, database, session

blueprint = Blueprint("confirming", __name__)
SEE_OTHER, UNPROCESSABLE, FORBIDDEN, MISSING = 303, 422, 403, 404
SET_UP_BY = frozenset({"confirming", "factors", "help", "provider"})
"""The pages open to somebody who must set up a second factor first, and what explains them."""
ALWAYS = frozenset({"static", "accounts.sign_out", "accounts.language"})

PASSWORDS = frozenset({"password", "again", "old"})


@blueprint.before_app_request
def lead_to_a_factor() -> ResponseReturnValue | None:
    """Lead whoever must have a second factor and has none to set one up, from everywhere else."""
    known = current.account()
    if known is None or not known.must_enrol or request.blueprint in SET_UP_BY:
        return None
    if request.endpoint is None or request.endpoint in ALWAYS:
        return None
    if request.path.endswith(TWIN) or request.method not in SAFE_METHODS:
        raise factors.Wanted
    flash(_("This desk asks you for a second factor. Set one up; then you can go on."))
    return redirect(url_for("factors.page"), SEE_OTHER)


@blueprint.before_app_request
def ask_again() -> ResponseReturnValue | None:
    """Ask for a proof where the last one is too old; a form that was sent comes along meanwhile.

    The proof is sent to where the form went, with all of the form: nothing is typed twice, and what
    it asks for is done at once.
    """
    known = current.account()
    if known is None or current.fresh() or not needs_fresh_proof(current_app, request.endpoint):
        return None
    if request.method in SAFE_METHODS:
        return redirect(url_for("confirming.page", next=request.full_path.rstrip("?")), SEE_OTHER)
    form, carried = ProofForm(), request.endpoint != "confirming.prove"
    if form.typed is None:
        return _asked(known, form, carried=carried), FORBIDDEN
    if not _right(known, form):
        return _asked(known, form, carried=carried), UNPROCESSABLE
    return None


@blueprint.get("/confirm")
@requires(Permission.READ)
def page() -> ResponseReturnValue:
    """Ask for a proof before a page that needs one."""
    if current.fresh():
        return redirect(inside(request.args.get("next")), SEE_OTHER)
    return _asked(current.myself(), ProofForm())


@blueprint.post("/confirm")
@requires(Permission.READ, fresh=True)
@repeatable("who was asked once has answered")
def prove() -> ResponseReturnValue:
    """Go on to where somebody was going; the proof was looked at before this."""
    return redirect(inside(request.args.get("next")), SEE_OTHER)


@blueprint.post("/confirm/challenge")
@requires(Permission.READ)
@repeatable("another challenge takes the place of the one before")
def challenge() -> ResponseReturnValue:
    """Draw what a passkey of the person asking has to sign."""
    site = proving.site()
    if site is None:
        return "{}", MISSING
    own = factors.factors_of(session(), current.myself().id, FactorKind.PASSKEY)
    text = passkeys.options_to_use(site, own, challenges.draw(Purpose.CONFIRM))
    return Response(text, mimetype="application/json")


def _right(known: SignedIn, form: ProofForm) -> bool:
    """Look at a proof, and note it with the session where it is right."""
    typed = form.typed
    looked = proving.look(known.id, typed, Purpose.CONFIRM) if typed is not None else None
    if (looked is None or looked.proof is None) and key_cookie.came_twice():
        return True
    if looked is None or looked.proof is None:
        form.form_errors.append(_("That is not right. Type it again, or use something else."))
        return False
    with database().writing(known.actor, g.request_id) as opened:
        attempts.forgive(opened, looked.pair, Gate.CONFIRM)
        current.proved(opened, looked.proof)
    key_cookie.hand_out()
    return True


def _asked(known: SignedIn, form: ProofForm, *, carried: bool = False) -> str:
    with database().reading() as opened:
        own = factors.factors_of(opened, known.id)
        by_provider = bool(identities.identities_of(opened, known.id))
        has_password = opened.get_one(Account, known.id).has_password
    return render_template(
        "accounts/confirm.html",
        form=form,
        name=known.name,
        has_password=has_password,
        kinds={row.kind for row in own},
        site=proving.site(),
        carried=list(_carried()) if carried else [],
        sent=carried,
        by_provider=by_provider,
        onward=way_back() if carried else request.args.get("next"),
    )


def _carried() -> Iterator[tuple[str, str]]:
    """What the form that waits holds, but for passwords: those are typed again."""
    for name, values in request.form.lists():
        if not name.startswith(PREFIX) and name not in PASSWORDS:
            yield from ((name, value) for value in values)
