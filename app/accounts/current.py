"""Who is asking: the signed-in account of this request, and what they may do."""

from typing import cast

import flask_login
from flask import Flask, current_app, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from app.accounts.models import Account
from app.accounts.roles import Permission, permissions
from app.ledger import context
from app.permissions import permission_of
from app.unit_of_work import database

NOBODY = "visitor"
LOOKING = frozenset({Permission.PUBLIC, Permission.READ, Permission.AUDIT})
"""What can be done on a page of the past."""
login_manager = flask_login.LoginManager()


class SignedIn(flask_login.UserMixin):
    """What a session remembers of an account, loaded once per request."""

    def __init__(self, account: Account) -> None:
        """Read everything that is needed, so that nothing loads later."""
        self.id = account.id
        self.name = account.name
        self.display_name = account.display_name
        self.language = account.language
        self.actor = account.actor
        self.token = account.session_token
        self.roles = account.roles
        self.permissions = permissions(self.roles)
        self.single_keys = account.keys is None or account.keys.single_keys
        self.changed_keys = account.keys.changed if account.keys is not None else "{}"

    def get_id(self) -> str:
        """Return the token, so that changing it ends every session."""
        return self.token


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    with database().reading() as session:
        account = session.scalar(
            select(Account)
            .where(Account.session_token == token, Account.active)
            .options(selectinload(Account.grants), joinedload(Account.keys))
        )
        return SignedIn(account) if account is not None else None


def account() -> SignedIn | None:
    """Return the signed-in account, if there is one."""
    user = flask_login.current_user
    return cast("SignedIn", user) if getattr(user, "is_authenticated", False) else None


def actor() -> str:
    """Return the stable string by which history knows who is asking."""
    found: str = g.actor
    return found


def may(permission: Permission | str) -> bool:
    """Tell whether the person asking holds a permission."""
    wanted = Permission(permission)
    if "past" in g and wanted not in LOOKING:
        return False
    known = account()
    return wanted is Permission.PUBLIC or (known is not None and wanted in known.permissions)


def sign_in(found: Account) -> None:
    """Open a session for an account; the rest of this request is done in its name."""
    flask_login.login_user(SignedIn(found), fresh=True)
    g.actor = found.actor
    context.enter(g.session.connection(), database().key, found.actor, g.request_id)


def sign_out() -> None:
    """End the session of the person asking."""
    flask_login.logout_user()


def admit() -> Response | None:
    """Let the request through, send it to the sign-in page, or refuse it (403)."""
    known = account()
    g.actor = known.actor if known is not None else NOBODY
    if request.endpoint is None:
        return None
    wanted = permission_of(current_app, request.endpoint)
    if may(wanted):
        return None
    if known is None:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=back), 303)
    raise Forbidden(description=wanted.value)


def init_accounts(app: Flask) -> None:
    """Connect sessions and admission to the application."""
    login_manager.init_app(app)
    app.before_request(admit)
    app.context_processor(lambda: {"me": account(), "may": may})
