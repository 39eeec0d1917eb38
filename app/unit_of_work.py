"""One database session and one commit per request, around the view function itself."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g, make_response, request
from sqlalchemy.orm import Session

from app import veiled
from app.db import Database

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_ERROR = 400
View = Callable[..., Any]
Marked = TypeVar("Marked", bound=View)


class Undone(Exception):
    """Leaves the writing session without a commit, carrying the refusing answer."""

    def __init__(self, response: Any) -> None:
        """Keep the answer."""
        super().__init__()
        self.response = response


def database() -> Database:
    """Return the application's database."""
    found: Database = current_app.extensions["database"]
    return found


def session() -> Session:
    """Return the session of this request."""
    found: Session = g.session
    return found


def keep(response: Any) -> None:
    """Raise Undone for a refusing answer: what was refused leaves no trace."""
    if response.status_code >= FIRST_ERROR:
        raise Undone(response)


def beforehand(step: View) -> Callable[[Marked], Marked]:
    """Let a step run before the writing transaction; the view receives its answer as ``prepared``.

    What waits for the network or parses a stranger's file must not hold the one writing
    transaction SQLite has while everybody else waits.
    """

    def mark(view: Marked) -> Marked:
        view.beforehand = step  # type: ignore[attr-defined]
        return view

    return mark


def _read(view: View, arguments: dict[str, Any]) -> Any:
    first: Callable[[Session], Any] | None = getattr(view, "at_first", None)
    with database().reading() as opened:
        veiled.cover(opened, g.get("reader", g.actor))
        g.session = opened
        g.mark = first(opened) if first is not None else None
        return make_response(view(**arguments))


def _write(view: View, arguments: dict[str, Any]) -> Any:
    try:
        with database().writing(g.actor, g.request_id) as opened:
            veiled.cover(opened, g.get("reader", g.actor))
            g.session = opened
            response = make_response(view(**arguments))
            keep(response)
            return response
    except Undone as refusal:
        return refusal.response


def in_unit_of_work(view: View) -> View:
    """Wrap a view: it reads in a reading session, or writes and commits once.

    The commit happens inside, so a failing commit is answered like any error of the view. An
    answer of 400 or above rolls back: what was refused leaves no trace in the data.
    """

    @wraps(view)
    def wrapped(**arguments: Any) -> Any:
        run = _read if request.method in SAFE_METHODS else _write
        step: View | None = getattr(view, "beforehand", None)
        if step is not None:
            arguments["prepared"] = step(**arguments)
        try:
            return run(view, arguments)
        finally:
            g.pop("session", None)

    return wrapped


def wrap_views(app: Flask) -> None:
    """Put every view but the static files into the unit of work."""
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            app.view_functions[endpoint] = in_unit_of_work(view)
