"""Whose turn it is, as far as every page says so: the count beside the queue."""

from flask import Flask, g

from app.accounts.current import account, actor, may
from app.accounts.roles import Permission
from app.unit_of_work import session
from claims.queries.attention import COUNTED, Person, turn_count
from sources.base import now


def asking() -> Person:
    """The person who is asking, with what they may do about a claim that waits."""
    return Person(actor(), may(Permission.SIGN_OFF), may(Permission.SETTLE))


def count_shown() -> str:
    """The count of claims that wait for the person asking; empty where nothing can be said."""
    if account() is None or "session" not in g or "past" in g:
        return ""
    number = turn_count(session(), asking(), now())
    return f"{COUNTED - 1}+" if number >= COUNTED else str(number or "")


def init_attention(app: Flask) -> None:
    """Let the navigation of every page say how many claims wait."""
    app.jinja_env.globals["turn_count"] = count_shown
