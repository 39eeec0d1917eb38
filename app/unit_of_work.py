"""One database session and one commit per request, around the view function itself."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g, make_response, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import MethodNotAllowed

from app import veiled
from app.db import Database
from app.db_problems import Crossed
from app.once.asked import rewind
from app.once.course import FIRST_ERROR, Course, begun

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TRIES = 4
"""How often a request is done that PostgreSQL undid because two stood in each other's way."""
PAUSE = 0.02
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


def beforehand(step: View, *, alone: bool = False) -> Callable[[Marked], Marked]:
    """Let a step run before the writing transaction; the view receives its answer as ``prepared``.

    What waits for the network or parses a stranger's file must not hold the one writing
    transaction SQLite has while everybody else waits. A step that changes something itself runs
    ``alone``: the request's key is taken before it, so that it is done once as well.
    """

    def mark(view: Marked) -> Marked:
        view.beforehand = step  # type: ignore[attr-defined]
        view.alone = alone  # type: ignore[attr-defined]
        return view

    return mark


def writing(view: Marked) -> Marked:
    """Let a view write although it is asked for with GET: another site sends the browser here.

    Such a view proves by itself that this very browser began the way, since no form of ours did.
    HEAD is refused: what looks whether a link works must not use up what stands in it.
    """
    view.writing = True  # type: ignore[attr-defined]
    return view


def _read(view: View, arguments: dict[str, Any]) -> Any:
    first: Callable[[Session], Any] | None = getattr(view, "at_first", None)
    with database().reading() as opened:
        veiled.cover(opened, g.get("reader", g.actor))
        g.session = opened
        g.mark = first(opened) if first is not None else None
        return make_response(view(**arguments))


def _write(view: View, arguments: dict[str, Any]) -> Any:
    """Do a writing request; where PostgreSQL undid it for another's sake, do it again."""
    course, known = g.once, set(g)
    for tries in range(1, TRIES + 1):
        try:
            return _written(view, arguments)
        except Crossed:
            if course is None or tries == TRIES:
                raise
            course.restore()
            for name in set(g) - known:
                g.pop(name)
            rewind()
            time.sleep(PAUSE * tries)
    raise AssertionError


def _written(view: View, arguments: dict[str, Any]) -> Any:
    try:
        with database().writing(g.actor, g.request_id) as opened:
            veiled.cover(opened, g.get("reader", g.actor))
            g.session = opened
            return _done(g.once, lambda: make_response(view(**arguments)))
    except Undone as refusal:
        return refusal.response


def _done(course: Course | None, show: Callable[[], Any]) -> Any:
    """Run a view under the key of its request; raise Undone for what is not to be kept."""
    if course is None:
        response = show()
        keep(response)
        return response
    response, done = course.run(session(), show)
    if not done:
        raise Undone(response)
    return response


def _alone(view: View, arguments: dict[str, Any], step: View) -> Any:
    """Run a step and its view while the key of the request is held."""
    course: Course = g.once
    with course.holding(database()) as known:
        if known is not None:
            return known
        return _write(view, arguments | {"prepared": step(**arguments)})


def in_unit_of_work(view: View) -> View:
    """Wrap a view: it reads in a reading session, or writes and commits once.

    The commit happens inside, so a failing commit is answered like any error of the view. An
    answer of 400 or above rolls back: what was refused leaves no trace in the data. A writing
    request that was done before gets the answer it got then.
    """

    @wraps(view)
    def wrapped(**arguments: Any) -> Any:
        sent = request.method not in SAFE_METHODS
        writes = sent or getattr(view, "writing", False)
        if writes and request.method == "HEAD":
            raise MethodNotAllowed(["GET"])
        g.once = begun(view) if sent else None
        step: View | None = getattr(view, "beforehand", None)
        try:
            if step is not None and g.once is not None and getattr(view, "alone", False):
                return _alone(view, arguments, step)
            if step is not None:
                arguments["prepared"] = step(**arguments)
            return (_write if writes else _read)(view, arguments)
        finally:
            g.pop("session", None)

    return wrapped


def wrap_views(app: Flask) -> None:
    """Put every view but the static files into the unit of work."""
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            app.view_functions[endpoint] = in_unit_of_work(view)
