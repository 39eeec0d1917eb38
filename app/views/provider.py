"""Signing in through the newsroom's identity provider: the way there, and what comes back.

The way begins with a form of ours and goes on from a page that sends the browser away: a form may
only lead within the desk (`form-action 'self'`), and so may what a form is redirected to.
"""

import secrets
from typing import TYPE_CHECKING, Any

import structlog
from flask import (
    Blueprint,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import (
    attempts,
    current,
    identities,
    journeys,
    links,
    provider_sessions,
    spent,
)
from app.accounts.identity_models import AccountIdentity
from app.accounts.journeys import Arrived, Errand, Purpose, Way
from app.accounts.models import Account
from app.accounts.provider import provider
from app.accounts.returning import Returned, returned
from app.accounts.roles import Permission
from app.accounts.vocabulary import Proof
from app.forms.base import DeskForm
from app.forms.sending import send
from app.i18n import language
from app.oidc import problems
from app.oidc.once import Secrets
from app.oidc.problems import ProviderProblem, Unanswered, Unproven, Unwelcome
from app.once.course import repeatable
from app.permissions import requires
from app.security import inside
from app.security_events.entering import refused
from app.security_events.vocabulary import Event
from app.unit_of_work import beforehand, session, writing
from claims.errors import Conflict, Missing

if TYPE_CHECKING:
    from app.oidc.provider import Provider

log = structlog.get_logger()
blueprint = Blueprint("provider", __name__)
BEGINS = "it begins a way, and writes nothing"
SEE_OTHER, BAD, FORBIDDEN, MISSING, UNAVAILABLE = 303, 400, 403, 404, 503


def ready(**_arguments: Any) -> "Provider":
    """Ask the provider what it is before a transaction begins; raise Unanswered."""
    found = provider()
    found.described()
    return found


def sent_away(there: "Provider", errand: Errand) -> ResponseReturnValue:
    """Begin a way and return the page that sends the browser to the provider."""
    drawn = Secrets.drawn()
    journeys.begin(
        Way(
            errand=errand,
            state=drawn.state,
            nonce=drawn.nonce,
            verifier=drawn.verifier,
            issuer=there.client.issuer,
            begun=journeys.moment(),
        )
    )
    fresh = errand.purpose is Purpose.CONFIRM
    address = there.way_there(drawn, language(), fresh=fresh)
    response = make_response(render_template("provider/away.html", address=address))
    response.headers["Refresh"] = f"0; url={address}"
    return response


def own_errand(purpose: Purpose, onward: str) -> Errand:
    """Return an errand that only this very session can end."""
    known = current.myself()
    return Errand(purpose, onward, account=known.id, session=str(known.session_id))


@blueprint.post("/sign-in/provider")
@requires(Permission.PUBLIC)
@repeatable(BEGINS)
@beforehand(ready)
def sign_in(prepared: "Provider") -> ResponseReturnValue:
    """Send somebody to the provider to sign in."""
    onward = inside(request.form.get("next"))
    if current.account() is not None:
        return redirect(onward, SEE_OTHER)
    return sent_away(prepared, Errand(Purpose.SIGN_IN, onward))


@blueprint.post("/sign-in/link/<token>/provider")
@requires(Permission.PUBLIC)
@repeatable(BEGINS)
@beforehand(ready)
def take_over(prepared: "Provider", token: str) -> ResponseReturnValue:
    """Send whoever was invited to the provider, to sign in with it instead of a password."""
    try:
        link = links.of_token(session(), token[: links.LONGEST_TOKEN])
    except Missing as problem:
        return render_template("accounts/no_link.html", message=problem.message), MISSING
    if not identities.takes_provider(link):
        return redirect(url_for("accounts.link", token=token), SEE_OTHER)
    return sent_away(prepared, Errand(Purpose.INVITATION, "/", link=link.id))


@blueprint.post("/confirm/provider")
@requires(Permission.READ)
@repeatable(BEGINS)
@beforehand(ready)
def confirm(prepared: "Provider") -> ResponseReturnValue:
    """Send somebody who is signed in to the provider, to prove anew who they are."""
    return sent_away(prepared, own_errand(Purpose.CONFIRM, inside(request.form.get("next"))))


@blueprint.get("/sign-in/provider/answer")
@requires(Permission.PUBLIC)
@beforehand(returned)
@writing
def answer(prepared: Returned) -> ResponseReturnValue:
    """Let somebody in, note that they proved themselves anew, or ask whether it is them."""
    errand, found = prepared.errand, prepared.identity
    attempts.forgive(session(), prepared.pair)
    if errand.purpose is Purpose.CONFIRM:
        _expect_same(errand)
        current.proved(session(), _proof(strong=prepared.strong))
        return redirect(errand.onward, SEE_OTHER)
    if errand.purpose is Purpose.SIGN_IN:
        row = identities.welcomed(session(), found.issuer, found.subject)
        if row is None:
            raise problems.unwelcome(found.issuer, found.subject)
        return _let_in(row, found.sid, strong=prepared.strong, onward=errand.onward)
    journeys.wait(
        Arrived(
            errand=errand,
            key=secrets.token_urlsafe(24),
            issuer=found.issuer,
            subject=found.subject,
            label=found.label,
            sid=found.sid,
            strong=prepared.strong,
            begun=journeys.moment(),
        )
    )
    return redirect(url_for("provider.own"), SEE_OTHER)


@blueprint.get("/sign-in/provider/own")
@requires(Permission.PUBLIC)
def own() -> ResponseReturnValue:
    """Ask somebody who came back whether it is them, before anything is bound."""
    came = _came()
    return _asked(came, _account_of(came.errand), DeskForm())


@blueprint.post("/sign-in/provider/own")
@requires(Permission.PUBLIC)
def owned() -> ResponseReturnValue:
    """Bind the identity: to the account of the person, or to the one they were invited to."""
    came, form, bound = _came(), DeskForm(), list[AccountIdentity]()
    account = _account_of(came.errand, lock=True)
    refused = send(form, lambda: bound.append(_bound(came, account)))
    if refused:
        return _asked(came, account, form), refused
    journeys.forget()
    if came.errand.purpose is Purpose.BIND:
        flash(_("Bound: from now on you can sign in with this identity as well."))
        return redirect(url_for("identities.page"), SEE_OTHER)
    flash(_("Your account is ready. Welcome to the desk."))
    return _let_in(bound[0], came.sid, strong=came.strong, onward="/")


@blueprint.errorhandler(ProviderProblem)
def told(problem: ProviderProblem) -> ResponseReturnValue:
    """Say what went wrong in the desk's own words; what the provider said goes to the log."""
    log.warning("provider", code=problem.code, reason=problem.reason, request=g.request_id)
    if isinstance(problem, Unproven | Unwelcome):
        refused(Event.SIGN_IN_FAILED, "unknown", Proof.PROVIDER)
    if isinstance(problem, Unwelcome):
        page = render_template("provider/unwelcome.html", problem=problem, incident=g.request_id)
        return page, FORBIDDEN
    status = UNAVAILABLE if isinstance(problem, Unanswered) else BAD
    known = {"message": problem.message, "incident": g.request_id}
    return render_template("provider/problem.html", **known), status


def _let_in(
    row: AccountIdentity, sid: str | None, *, strong: bool, onward: str
) -> ResponseReturnValue:
    """Take the identity as a first proof; where the desk trusts the provider's two, as both."""
    identities.arrive(session(), row.account)
    provider_sessions.remember(row, sid)
    if not strong:
        return current.first_step(row.account, Proof.PROVIDER, onward)
    current.sign_in(row.account, (Proof.PROVIDER_MFA,))
    return redirect(onward, SEE_OTHER)


def _proof(*, strong: bool) -> Proof:
    return Proof.PROVIDER_MFA if strong else Proof.PROVIDER


def _bound(came: Arrived, account: Account) -> AccountIdentity:
    if not spent.spend(session(), f"arrived {came.key}"):
        problem = problems.astray("this yes was said at the same moment")
        raise Conflict(problem.code, problem.message)
    known = {"issuer": came.issuer, "subject": came.subject, "label": came.label}
    if came.errand.purpose is Purpose.BIND:
        return identities.bind(session(), account, by=current.actor(), **known)
    link = links.of_id(session(), came.errand.link)
    # What follows is done by whoever holds the link, which only its owner should.
    current.act_as(account.actor)
    return identities.take_over(session(), link, **known)


def _came() -> Arrived:
    """Return who came back in this browser and is asked; raise Unproven where nobody did."""
    came = journeys.arrived()
    if came is None or spent.is_spent(session(), f"arrived {came.key}"):
        raise problems.astray("nobody waits for a yes in this browser")
    return came


def _account_of(errand: Errand, *, lock: bool = False) -> Account:
    """Return the account an identity is to be bound to; raise Unproven, or Missing for a link."""
    if errand.purpose is Purpose.BIND:
        _expect_same(errand)
        return current.own_row(session())
    return links.of_id(session(), errand.link, lock=lock).account


def _expect_same(errand: Errand) -> None:
    """Raise Unproven where another account, or another session of it, began the way."""
    known = current.account()
    if known is None or (known.id, str(known.session_id)) != (errand.account, errand.session):
        raise problems.astray("another session began this way")


def _asked(came: Arrived, account: Account, form: DeskForm) -> str:
    return render_template("provider/own.html", came=came, account=account, form=form)
