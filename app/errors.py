"""One table from what went wrong to a status code, and one page that says it to a person."""

import uuid
from typing import Any

import structlog
from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    InternalServerError,
)

from app import db_problems
from app.accounts.current import may
from app.accounts.factors import Wanted
from app.accounts.holders import Needed, needed
from app.accounts.lost_sessions import came_from, rescued
from app.accounts.roles import Permission
from app.given_back import given_back
from app.ledger import history
from app.ledger.history import Entry
from app.once.asked import noted_path
from app.once.problems import RETRY_AFTER, StillRunning, Unkeyed
from app.origins import Foreign
from app.unit_of_work import database
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
    domain.Locked: 503,
    Unkeyed: 400,
    StillRunning: 409,
    StaleDataError: 409,
    db_problems.Refused: 409,
    db_problems.Busy: 503,
    db_problems.TooSlow: 503,
    db_problems.Unavailable: 503,
    db_problems.NotMigrated: 503,
    db_problems.StorageFull: 507,
    db_problems.ReadOnly: 507,
}
PAGES = frozenset(
    {400, 401, 403, 404, 405, 409, 410, 413, 414, 415, 422, 429, 431, 500, 503, 507},
)
PASSING = (StillRunning, db_problems.Busy, db_problems.Unavailable)
"""What passes by itself: whoever asks again with the same key is done once."""
MISSING, GONE, FORBIDDEN = 404, 410, 403
BAD_REQUEST, SERVER_ERROR = 400, 500
FORGED = "forged"
"""The page of a form that cannot be shown to come from a page of this person's session."""
WANTED = "factor"
"""The page of whoever was at work when the desk began to ask for a second factor."""
OWN_PAGES: dict[tuple[type[Exception], ...], str] = {
    (CSRFError, Foreign): FORGED,
    (Wanted,): WANTED,
}
HEADERS = frozenset({"Allow", "Retry-After", "WWW-Authenticate"})
"""What an answer must keep of the exception it tells about."""
OUTSIDE = "answers"
"""The pages of people outside the desk."""
NAMED = {
    "article_id": "article",
    "attempt_id": "capture_attempt",
    "claim_id": "claim",
    "check_id": "formula_check",
    "comment_id": "comment",
    "contest_id": "contest",
    "evidence_id": "evidence",
    "figure_id": "figure",
    "finding_id": "finding",
    "other_id": "figure",
    "snapshot_id": "snapshot",
}
"""The tables of which an address tells that a row was removed, by the name of its part."""
BARE = frozenset({500, 503, 507})
"""Pages that name no person and choose no language."""


def status_of(problem: Exception) -> int:
    """Return the status code of an exception; 500 for one that nobody foresaw."""
    if isinstance(problem, CSRFError):
        return FORBIDDEN
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
    g.refusal = problem
    status = status_of(problem)
    removed = _removed() if status == MISSING else None
    if removed is not None:
        status = GONE
    lacking = _lacking(problem) if status == FORBIDDEN else None
    message = getattr(problem, "message", None)
    headers = _kept_headers(problem)
    if wants_json():
        return jsonify(_plain(problem, status, removed, lacking)), status, headers
    if request.blueprint == OUTSIDE and status not in BARE:
        # Whoever holds a link sees nothing of the desk, not even where its pages are.
        known = {"status": status, "message": message, "sent": given_back(status)}
        return render_template("answers/problem.html", **known), status, headers
    # No form shows what was typed: it is kept for its person, or given back.
    kept_at = rescued() if status not in BARE else None
    page = _page_of(problem, status)
    known = {
        "message": message,
        "incident": g.request_id,
        "status": status,
        "away": isinstance(problem, db_problems.Unavailable),
        "removed": removed,
        "lacking": lacking,
        "wait": _wait(headers),
        "kept_at": kept_at,
        "back": came_from() if status not in BARE else None,
        "sent": given_back(status) if kept_at is None else None,
    }
    return _rendered(page, known), status, headers


def _plain(
    problem: Exception, status: int, removed: Entry | None, lacking: Needed | None
) -> dict[str, Any]:
    """What a program is told; ``request`` is the incident's id in the log."""
    forged = isinstance(problem, CSRFError | Foreign)
    told: dict[str, Any] = {
        "status": status,
        "code": FORGED if forged else _code(problem),
        "message": getattr(problem, "message", None),
        "request": g.request_id,
    }
    if removed is not None:
        told["removed"] = {"entry": removed.eid, "by": removed.actor, "at": removed.at}
    if lacking is not None:
        told["needs"] = lacking.plain()
    return told


def _code(problem: Exception) -> str | None:
    """The word by which a program knows a refusal of the domain; a status is none."""
    return None if isinstance(problem, HTTPException) else getattr(problem, "code", None)


def _removed() -> Entry | None:
    """The entry by which the row that the address names was deleted; None where it never was.

    Only a row of the kind the address is about, and only for whoever may read the ledger: nobody
    learns here of what belongs to others.
    """
    if not may(Permission.AUDIT):
        return None
    for name, key in (request.view_args or {}).items():
        if name not in NAMED or not isinstance(key, uuid.UUID):
            continue
        with database().reading() as session:
            newest = history.entries(session, kind="row", pk=str(key), limit=1)
        if newest and newest[0].op == "D" and newest[0].table == NAMED[name]:
            return newest[0]
    return None


def _lacking(problem: Exception) -> Needed | None:
    """Which permission the address needs, who has it, and whether a token is too narrow for it."""
    if not isinstance(problem, Forbidden) or problem.description not in set(Permission):
        return None
    with database().reading() as session:
        return needed(session, Permission(problem.description))


def _kept_headers(problem: Exception) -> dict[str, str]:
    if isinstance(problem, PASSING):
        return {"Retry-After": str(RETRY_AFTER)}
    if not isinstance(problem, HTTPException):
        return {}
    return {name: value for name, value in problem.get_headers() if name in HEADERS}


def _wait(headers: dict[str, str]) -> int | None:
    """How many seconds somebody is asked to wait."""
    said = headers.get("Retry-After", "")
    return int(said) if said.isdigit() else None


def _page_of(problem: Exception, status: int) -> str:
    """Return the page that tells of a problem: its own, or that of its status."""
    for kinds, page in OWN_PAGES.items():
        if isinstance(problem, kinds):
            return page
    if status not in PAGES:
        status = BAD_REQUEST if status < SERVER_ERROR else SERVER_ERROR
    return str(status)


def _rendered(page: str, known: dict[str, Any]) -> str:
    """Render a page; a bare one alone, because who is asking may stand in the dead database."""
    template = f"errors/{page}.html"
    if page.isdigit() and int(page) in BARE:
        return current_app.jinja_env.get_template(template).render(known)
    return render_template(template, **known)


def unforeseen(problem: InternalServerError) -> ResponseReturnValue:
    """Answer what nobody foresaw; the trace goes to the log, an id to the person."""
    cause = problem.original_exception or problem
    log.error("unforeseen", request=g.request_id, path=noted_path(), exc_info=cause)
    return answer(problem)


def leave_it_to_unforeseen(_raised: Any) -> None:
    """Take the place of Flask's own line, which has the whole address: a link's secret as well."""


def init_errors(app: Flask) -> None:
    """Connect the table to the application."""
    app.log_exception = leave_it_to_unforeseen  # type: ignore[assignment,method-assign]
    for kind in STATUS:
        app.register_error_handler(kind, answer)
    app.register_error_handler(CSRFError, answer)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(InternalServerError, unforeseen)
