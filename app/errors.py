"""One table from what went wrong to a status code, and one page that says it to a person."""

from typing import Any

import structlog
from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from app import db
from app.security import noted_path
from claims import errors as domain

log = structlog.get_logger()

STATUS: dict[type[Exception], int] = {
    domain.Refused: 422,
    domain.TooLarge: 413,
    domain.Conflict: 409,
    domain.Forbidden: 403,
    domain.Missing: 404,
    domain.NoRoom: 507,
    domain.Damaged: 500,
    StaleDataError: 409,
    db.Refused: 409,
    db.Busy: 503,
    db.Unavailable: 503,
    db.NotMigrated: 503,
    db.StorageFull: 507,
    db.ReadOnly: 507,
}
PAGES = frozenset({400, 403, 404, 405, 409, 413, 414, 422, 429, 500, 503, 507})
OUTSIDE = "answers"
"""The pages of people outside the desk."""
BARE = frozenset({500, 503, 507})
"""Pages that name no person and choose no language."""


def status_of(problem: Exception) -> int:
    """Return the status code of an exception; 500 for one that nobody foresaw."""
    if isinstance(problem, HTTPException):
        return problem.code or 500
    for kind, code in STATUS.items():
        if isinstance(problem, kind):
            return code
    return 500


def wants_json() -> bool:
    """Tell whether the caller asked for a page's JSON twin."""
    return request.path.endswith(".json") or request.accept_mimetypes.best == "application/json"


def answer(problem: Exception) -> ResponseReturnValue:
    """Render the page of an error, with its reason where the domain gave one."""
    status = status_of(problem)
    message = problem.message if isinstance(problem, domain.DeskError) else None
    if wants_json():
        code = problem.code if isinstance(problem, domain.DeskError) else None
        return jsonify(status=status, code=code, message=message, request=g.request_id), status
    if request.blueprint == OUTSIDE and status not in BARE:
        # Whoever holds a link sees nothing of the desk, not even where its pages are.
        return render_template("answers/problem.html", status=status, message=message), status
    page = status if status in PAGES else 500
    known = {"message": message, "incident": g.request_id, "status": status}
    return _rendered(page, known), status


def _rendered(page: int, known: dict[str, Any]) -> str:
    """Render a page; a bare one alone, because who is asking may stand in the dead database."""
    template = f"errors/{page}.html"
    if page in BARE:
        return current_app.jinja_env.get_template(template).render(known)
    return render_template(template, **known)


def unforeseen(problem: InternalServerError) -> ResponseReturnValue:
    """Answer what nobody foresaw; the trace goes to the log, an id to the person."""
    log.error("unforeseen", request=g.request_id, path=noted_path(), exc_info=problem)
    return answer(problem)


def init_errors(app: Flask) -> None:
    """Connect the table to the application."""
    for kind in STATUS:
        app.register_error_handler(kind, answer)
    app.register_error_handler(CSRFError, answer)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(InternalServerError, unforeseen)
