"""A form that is sent after the session ended: what was typed is kept, and signing in leads back.

It runs before the check of the token, which a session that is gone cannot pass. Nothing is done but
keeping a draft, for the person whom the form's own sealed note names, and only where the browser
says that a page of ours sent it.
"""

import uuid

import flask
from flask import Flask, flash, g, redirect, request, url_for
from flask.globals import request_ctx
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts import drafts, renewal, typists
from app.accounts.current import account
from app.accounts.key_cookie import KEY
from app.accounts.models import Account
from app.accounts.typists import Typist
from app.address_parts import address_parts
from app.bodies import is_readable
from app.db_problems import DatabaseProblem
from app.origins import says_ours
from app.unit_of_work import database
from claims.errors import TooLarge

OWN = frozenset({"csrf_token", "receipt", "draft", "typist", "next"})
"""What a form says about itself; the rest is what a person typed."""
MERGE = "merge."
SEE_OTHER = 303


def typed() -> dict[str, list[str]]:
    """Return what the form that was sent holds of a person's own."""
    return {
        name: values
        for name, values in request.form.lists()
        if name not in OWN and not name.startswith(MERGE)
    }


def way_back() -> str:
    """Return the page on which the form that was sent stood, or where it can be opened again."""
    shown = came_from()
    if shown is not None:
        return shown
    path, query = request.script_root + request.path, request.query_string.decode()
    if not _opens(path):
        return "/"
    return f"{path}?{query}" if query else path


def came_from() -> str | None:
    """Return the page of this desk that led here; None where it was another, or this very one."""
    came = address_parts(request.referrer)
    here = request.method == "GET" and came.path == request.script_root + request.path
    if came.netloc != request.host or not came.path or here or not _opens(came.path):
        return None
    return f"{came.path}?{came.query}" if came.query else came.path


def _opens(path: str) -> bool:
    adapter = request_ctx.url_adapter
    inside = path.removeprefix(request.script_root)
    return adapter is not None and adapter.test(inside, "GET")


def _may_come_back(session: Session, typist: uuid.UUID) -> bool:
    """Tell whether somebody can sign in for what is kept: not with an account that was shut."""
    known = select(Account.id).where(Account.id == typist, Account.active)
    return session.scalar(known) is not None


def _kept(typist: Typist) -> bool:
    """Keep what the form that was sent holds, for the person whom its sealed note names."""
    with database().keeping() as connection, Session(connection) as session:
        if not _may_come_back(session, typist.account):
            return False
        try:
            drafts.keep(session, typist.account, typist.key, typed(), request.form.get("receipt"))
        except TooLarge:
            return False
        session.commit()
    return True


def keep_typed() -> Response | None:
    """Keep what arrives without a session, and lead to the sign-in and back."""
    if request.method != "POST" or "typist" not in request.form or account() is not None:
        return None
    typist = typists.read(request.form["typist"])
    if typist is None or not says_ours() or not _kept(typist):
        return None
    flash(gettext("Not saved yet: your session had ended. Sign in, and what you typed is back."))
    return redirect(url_for("accounts.sign_in", next=way_back()), SEE_OTHER)


def rescued() -> str | None:
    """Keep what a form holds that was refused before it was looked at; return the way back to it.

    None for what no page of ours sent, what somebody else was given, and what keeps no draft.
    """
    known = account()
    if request.method != "POST" or known is None or not says_ours() or not is_readable():
        return None
    typist = typists.read(request.form.get("typist"))
    if typist is None or typist.account != known.id:
        return None
    try:
        return way_back() if _kept(typist) else None
    except DatabaseProblem:
        return None


def send_back() -> Response | None:
    """Send back what was under way with a key that has just been renewed."""
    if KEY not in flask.session or account() is not None or not g.get("overtaken"):
        return None
    return renewal.sent_back()


def init_lost_sessions(app: Flask) -> None:
    """Look at each form before anything refuses it."""
    app.before_request(send_back)
    app.before_request(keep_typed)
