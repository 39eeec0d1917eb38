"""The key of a session in the cookie of this browser: handed out, taken over, left alone."""

from contextlib import suppress

import flask
from flask import g
from werkzeug.wrappers import Response

from app.accounts import renewal
from app.db_problems import DatabaseProblem
from app.once.course import FIRST_ERROR
from app.unit_of_work import database

KEY = "desk_session_key"
"""Where the cookie holds it."""


def held() -> str | None:
    """Return the key of this browser's session, if there is one."""
    key: str | None = g.get("renewed_key") or flask.session.get(KEY)
    return key


def hand_out() -> None:
    """Give the browser the key that was drawn, now that what drew it is committed."""
    drawn = g.pop("renewed_key", None)
    if drawn is not None:
        flask.session[KEY] = drawn


def came_twice() -> bool:
    """Tell whether this very form came twice at once, and the other one proved it already."""
    with database().reading() as opened:
        renewed = renewal.renewed(opened, flask.session.get(KEY) or "")
    if renewed is None or renewed.key is None:
        return False
    flask.session[KEY] = renewed.key
    return True


def settle(response: Response) -> Response:
    """Hand a new key out with an answer; leave one alone that another request has handed out."""
    if response.status_code < FIRST_ERROR:
        hand_out()
    key = flask.session.get(KEY)
    if key is not None and flask.session.modified and key == g.get("came_with"):
        with suppress(DatabaseProblem), database().reading() as opened:
            flask.session.modified = not renewal.is_replaced(opened, key)
    return response
