"""Who is asking: the account of this request, by session or by token, and what they may do."""

import datetime as dt
import re
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import cast

import flask
import flask_login
from flask import Flask, after_this_request, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session, joinedload, selectinload
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from app.accounts import (
    factors,
    guesses,
    key_cookie,
    leaked_passwords,
    provider_sessions,
    renewal,
    sessions,
    tokens,
    waiting,
    welcome,
)
from app.accounts.factor_models import Factor
from app.accounts.key_cookie import KEY
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Permission, permissions
from app.accounts.sessions import FRESH, Visitor
from app.accounts.vocabulary import Proof, SessionEnd
from app.db_problems import DatabaseProblem
from app.ledger import acts, context
from app.permissions import is_in_person, permission_of
from app.security import inside, recalled, remember
from app.security_events.entering import place
from app.unit_of_work import SAFE_METHODS, database
from sources.base import now

NOBODY = "visitor"
Held = Row[Account, OpenSession, bool]
"""An account with a session of it, and whether it has a factor that counts."""
LOOKING = frozenset({Permission.PUBLIC, Permission.READ, Permission.AUDIT})
"""What can be done on a page of the past."""
USER, TOKEN = "_user_id", "csrf_token"
"""Where Flask-Login holds the account's token, and Flask-WTF that of the forms."""
DEVICE = "desk_browser"
"""The cookie by which a browser is known again, so that signing in with another is noticed."""
MARK = re.compile(r"[\w-]{32}", re.ASCII)
YEAR = 365 * 24 * 60 * 60
SEE_OTHER = 303
TWIN = ".json"
"""How the address of a page for programs ends; a token opens no other."""
login_manager = flask_login.LoginManager()


class SignedIn(flask_login.UserMixin):
    """What a request remembers of an account, loaded once.

    ``allowed`` narrows what the account may do to what a token was made for.
    """

    def __init__(
        self,
        account: Account,
        allowed: Collection[Permission] | None = None,
        *,
        row: OpenSession | None = None,
        must_enrol: bool = False,
    ) -> None:
        """Read everything that is needed, so that nothing loads later."""
        self.id = account.id
        self.name = account.name
        self.display_name = account.display_name
        self.language = account.language
        self.actor = account.actor
        self.token = account.session_token
        self.roles = account.roles
        self.permissions = permissions(self.roles)
        if allowed is not None:
            self.permissions &= frozenset(allowed)
        self.single_keys = account.keys is None or account.keys.single_keys
        self.changed_keys = account.keys.changed if account.keys is not None else "{}"
        self.session_id = row.id if row is not None else None
        self.proved_at = row.proved_at if row is not None else None
        self.must_enrol = must_enrol

    def get_id(self) -> str:
        """Return the token, so that changing it ends every session."""
        return self.token


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    """Return whose session this is; None when it is over."""
    key, moment = flask.session.get(KEY) or "", now()
    with database().reading() as opened:
        own = OpenSession.key_sha256 == sessions.key_sha256(key)
        found = _found(opened, own, Account.session_token == token) or _repeated(opened, key)
        if found is None or sessions.ended(found[1], moment):
            return None
        holder, row, has_factor = found
        two = has_factor or provider_sessions.gave_two(row.proofs)
        must = not two and factors.is_required(_wanted(), holder)
        known = SignedIn(holder, row=row, must_enrol=must)
    if sessions.is_due(row, moment):
        _note_seen(row, moment)
    return known


def _found(opened: Session, *wanted: ColumnElement[bool]) -> Held | None:
    """Return an account that may sign in, with a session and whether a factor counts."""
    enrolled = factors.counting(Factor.account_id == Account.id)
    return opened.execute(
        select(Account, OpenSession, enrolled)
        .join(OpenSession, OpenSession.account_id == Account.id)
        .where(Account.active, *wanted)
        .options(selectinload(Account.grants), joinedload(Account.keys))
    ).first()


def _repeated(opened: Session, key: str) -> Held | None:
    """Return whose session it is where the form comes again that renewed its key.

    Anything else with the key before is noted as being under way: it is sent back.
    """
    renewed = renewal.renewed(opened, key)
    if renewed is None or renewed.key is None:
        g.overtaken = renewed is not None and renewed.under_way
        return None
    flask.session[KEY] = renewed.key
    return _found(opened, OpenSession.id == renewed.row.id)


def _wanted() -> str:
    """Return the setting that says whose second factor is required."""
    found: str = current_app.extensions["settings"].second_factor
    return found


def _note_seen(row: OpenSession, moment: dt.datetime) -> None:
    """Note that a session is in use; a database that takes no writes now is read all the same."""
    with suppress(DatabaseProblem), database().writing(NOBODY) as opened:
        sessions.seen(opened, row.id, moment)


def account() -> SignedIn | None:
    """Return the account of this request, if there is one."""
    if "bearer" in g:
        return cast("SignedIn", g.bearer)
    user = flask_login.current_user
    return cast("SignedIn", user) if getattr(user, "is_authenticated", False) else None


def myself() -> SignedIn:
    """Return the account of this request; only where nobody without one can get."""
    known = account()
    assert known is not None  # noqa: S101 - the route's permission saw to it.
    return known


def own_row(opened: Session) -> Account:
    """Return the row of the person asking; only where nobody else can get."""
    return opened.get_one(Account, myself().id, with_for_update=request.method not in SAFE_METHODS)


def actor() -> str:
    """Return the stable string by which history knows who is asking."""
    found: str = g.actor
    return found


def reader() -> str:
    """Return in whose name confidential sources are read: nobody's for whoever may know none."""
    found: str = g.get("reader", g.actor)
    return found


def may(permission: Permission | str) -> bool:
    """Tell whether the person asking holds a permission."""
    wanted = Permission(permission)
    if "past" in g and wanted not in LOOKING:
        return False
    known = account()
    return wanted is Permission.PUBLIC or (known is not None and wanted in known.permissions)


def first_step(found: Account, proof: Proof, back: str | None = None) -> Response:
    """Let somebody in after a first proof, or lead them to the second step where they have one.

    ``back`` is where they wanted to go, of the address when left out. A passkey is a device and
    what unlocks it, so nothing follows it; a provider or a link is one proof like a password.
    """
    target = inside(back if back is not None else request.args.get("next"))
    if proof is not Proof.PASSKEY and factors.has_factor(g.session, found.id):
        waiting.begin(found, proof)
        return redirect(url_for("second_step.page", next=target), SEE_OTHER)
    sign_in(found, (proof,))
    return redirect(target, SEE_OTHER)


def sign_in(found: Account, proofs: Collection[Proof]) -> None:
    """Open a session for an account; the rest of this request is done in its name."""
    _end_own_session()
    # Whoever planted a cookie here before knows its token; the session that begins has another.
    flask.session.pop(TOKEN, None)
    waiting.end()
    here = visitor()
    welcome.tell(g.session, found, here.device, proofs)
    key, unfamiliar = sessions.open_session(g.session, found, here, proofs)
    flask.session[KEY] = key
    provider_sessions.began(g.session, found, key, proofs)
    flask_login.login_user(SignedIn(found), fresh=True)
    act_as(found.actor)
    story = {"name": found.name, "proofs": [*proofs], "unfamiliar": unfamiliar, "place": place()}
    acts.record(g.session, "act", "account", str(found.id), "sign_in", story)


def visitor() -> Visitor:
    """Return from where this request comes; its browser keeps the mark it has, or gets one."""
    device = recalled(DEVICE)
    if not MARK.fullmatch(device):
        device = secrets.token_urlsafe(24)
    after_this_request(_marking(device))
    return Visitor(request.user_agent.string, request.remote_addr or "", device)


def is_familiar(name: str | None = None) -> bool:
    """Tell whether somebody signed in in this browser before: this account, or any.

    It costs the same statement whether there is a mark or not, and whether the name is known.
    """
    with database().reading() as opened:
        return sessions.was_here(opened, recalled(DEVICE), name)


def _marking(device: str) -> Callable[[Response], Response]:
    """Return what puts the mark of a browser into its cookies; the mark opens nothing."""

    def mark(response: Response) -> Response:
        remember(response, DEVICE, device)
        return response

    return mark


def proved(session: Session, proof: Proof) -> None:
    """Note that the person asking proved anew who they are, and draw their session a new key.

    The browser gets it with an answer that is no refusal (:mod:`app.accounts.key_cookie`).
    """
    known = myself()
    g.renewed_key = renewal.renew(session, session_key() or "", proof)
    story = {"name": known.name, "proof": proof.value}
    acts.record(session, "act", "account", str(known.id), "proved", story)
    known.proved_at = now()


def fresh() -> bool:
    """Tell whether the person asking proved a short while ago who they are."""
    known = account()
    return known is not None and known.proved_at is not None and now() - known.proved_at <= FRESH


def act_as(who: str) -> None:
    """Do the rest of this request in somebody's name."""
    g.actor = who
    context.enter(g.session.connection(), database().key, who, g.request_id)


def stay_signed_in(found: Account) -> None:
    """Go on in this browser after the account's token has changed."""
    before, changed = myself(), SignedIn(found)
    changed.session_id, changed.proved_at = before.session_id, before.proved_at
    flask_login.login_user(changed, fresh=True)


def session_key() -> str | None:
    """Return the key of this browser's session, if there is one."""
    return key_cookie.held()


def sign_out() -> None:
    """End the session of the person asking."""
    _end_own_session()
    flask.session.pop(TOKEN, None)
    flask_login.logout_user()


def _end_own_session() -> None:
    """End the session this browser has, whosever it is."""
    key = flask.session.pop(KEY, None)
    if key:
        sessions.end_key(g.session, key, SessionEnd.SIGNED_OUT)


def admit() -> Response | None:
    """Let the request through, send it to the sign-in page, or refuse it (401, 403)."""
    # The library's own reading of this header fails on what is neither text nor base64.
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        g.bearer = _bearer(token.strip())
    known = account()
    g.came_with = flask.session.get(KEY)
    g.actor = known.actor if known is not None else NOBODY
    trusted = known is not None and Permission.KNOW in known.permissions
    g.reader = g.actor if trusted else NOBODY
    g.holder = str(known.id) if known is not None else NOBODY
    if request.endpoint is None:
        return None
    wanted = permission_of(current_app, request.endpoint)
    if may(wanted) and not ("bearer" in g and is_in_person(current_app, request.endpoint)):
        return None
    if known is not None:
        raise Forbidden(description=wanted.value)
    if request.path.endswith(TWIN):
        raise _unknown()
    if USER in flask.session:
        _say_why_over()
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=back), SEE_OTHER)


def _bearer(text: str) -> SignedIn:
    """Return whose token came with the request; raise Unauthorized, alike whatever is wrong."""
    twin = request.url_rule is not None and request.url_rule.rule.endswith(TWIN)
    if not twin or request.method not in SAFE_METHODS:
        raise _unknown()
    found = tokens.bearer(database(), text)
    if found is None:
        raise _unknown()
    return SignedIn(found.account, found.allowed, must_enrol=found.must_enrol)


def _unknown() -> Unauthorized:
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "Claim Desk"}))


def _say_why_over() -> None:
    """Tell whoever was signed in why they are not any more, and forget the session."""
    key = flask.session.pop(KEY, None)
    flask.session.pop(USER, None)
    row = None
    if key:
        wanted = OpenSession.key_sha256 == sessions.key_sha256(key)
        with database().reading() as opened:
            row = opened.scalar(select(OpenSession).where(wanted))
    how = sessions.ended(row, now()) if row is not None else None
    flash(
        {
            SessionEnd.EXPIRED: _("Your session ended because nobody used it for long. Sign in."),
            SessionEnd.ELSEWHERE: _("This session was ended from another browser. Sign in again."),
            SessionEnd.PASSWORD: _("The password was changed, which ended this session. Sign in."),
            SessionEnd.DISABLED: _("This account was disabled. Ask an administrator."),
            SessionEnd.FACTORS: _("A second factor changed, which ended this session. Sign in."),
        }.get(how or SessionEnd.SIGNED_OUT, _("Your session is over. Sign in again."))
    )


def init_accounts(app: Flask) -> None:
    """Connect sessions and admission to the application."""
    app.after_request(key_cookie.settle)
    factors.checked(app.extensions["settings"].second_factor)
    leaked_passwords.checked(app.extensions["settings"].leaked_passwords_file)
    login_manager.init_app(app)
    app.before_request(admit)
    app.before_request(guesses.count_guess)
    app.context_processor(lambda: {"me": account(), "may": may})
