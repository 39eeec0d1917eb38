"""Entering security events: in a transaction of their own, and never at the price of an answer."""

import datetime as dt
from typing import Any, NamedTuple

import structlog
from flask import Flask, current_app, g, has_app_context, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger import acts
from app.security_events.places import pseudonym
from app.security_events.tally import Subject, Tally, Told
from app.security_events.vocabulary import KIND, Event
from app.unit_of_work import database
from sources.base import now

log = structlog.get_logger()
DENIED, UNKNOWN, LIMITED = 403, 401, 429
BY_STATUS = {
    UNKNOWN: Event.TOKEN_REFUSED,
    DENIED: Event.ACCESS_DENIED,
    LIMITED: Event.LIMIT_REACHED,
}
"""What a refusal means where nothing says it more exactly."""
REFUSED = frozenset({400, 401, 403, 404, 410, 422, 503})
"""A replay (409) was answered before; all of these were an attempt."""
GUARDED = {"confidences.read": (Event.CONTACT_READ_REFUSED, "contact_id")}
"""The views whose refusals are events of their own, and the part of the address they concern."""
FORGED = ("CSRFError", "Foreign")
"""The exceptions of a request that no page of this desk sent."""
LONGEST = 80
UNTOLD = frozenset({"actor", "about", "apart"})
"""What of a subject its story leaves out: the entry says two, and nobody the third."""


def record(session: Session, event: Event, table: str, pk: str, /, **told: Any) -> None:
    """Enter an event in the transaction of what was done."""
    acts.record(session, KIND, table, pk, event.value, {"outcome": "success", **told})


class Noted(NamedTuple):
    """A refusal: what it is, whom it concerns, why, and what it is counted apart by."""

    event: Event
    about: str = "-"
    reason: str = "-"
    apart: str = "-"


def refused(event: Event, about: str = "-", reason: str = "-", *, apart: str = "-") -> None:
    """Note that this request is refused; it is entered when its own transaction is over."""
    found: list[Noted] = g.setdefault("refusals", [])
    found.append(Noted(event, about, reason, apart))


def place() -> str:
    """Return what stands for where this request came from."""
    return pseudonym(database().key, request.remote_addr)


def count_refusals(response: Response) -> Response:
    """Count what this request was refused for."""
    noted: list[Noted] = g.pop("refusals", [])
    # An error that stays here keeps alive what it was raised among, uploads half read for one.
    problem = g.pop("refusal", None)
    known = BY_STATUS.get(response.status_code)
    guarded = GUARDED.get(request.endpoint or "")
    if guarded is not None and response.status_code in REFUSED:
        event, part = guarded
        noted.append(Noted(event, str((request.view_args or {}).get(part, "-"))))
    elif known is not None and not noted:
        noted = [_by_status(known, problem)]
    tally: Tally = current_app.extensions["tally"]
    for one in noted:
        tally.count(one.event, _subject(one), now())
    return response


def _by_status(event: Event, problem: Exception | None) -> Noted:
    named = type(problem).__name__
    if named in FORGED or getattr(problem, "description", None) == "cross-site":
        return Noted(Event.REQUEST_FORGED)
    said = str(getattr(problem, "code", "") or "-")
    wanted = getattr(problem, "description", None)
    # A description of ours is the word of a permission; of any other it is nobody's to keep.
    permission = wanted if isinstance(wanted, str) and wanted.isidentifier() else None
    return Noted(event, reason=permission or ("-" if said.isdigit() else said))


def _subject(noted: Noted) -> Subject:
    rule = request.url_rule.rule if request.url_rule is not None else "-"
    return Subject(
        actor=g.get("actor", "visitor"),
        about=noted.about,
        place=place(),
        route=rule[:LONGEST],
        method=request.method if request.method in KNOWN else "-",
        reason=noted.reason[:LONGEST],
        apart=noted.apart,
    )


KNOWN = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""A method is a word that whoever asks may choose; only these are kept."""


def entering(found: Database) -> Tally:
    """Return a tally whose counts go into a database's ledger."""

    def enter(told: Told) -> bool:
        story = {
            "outcome": "failure",
            "count": told.times,
            "first": stamp(told.first),
            "last": stamp(told.last),
            **{
                name: value
                for name, value in told.subject._asdict().items()
                if name not in UNTOLD and value != "-"
            },
        }
        try:
            with found.writing(told.subject.actor, _request_of(told)) as session:
                acts.record(session, KIND, "access", told.subject.about, told.event.value, story)
        except (DatabaseProblem, DBAPIError, OSError) as problem:
            log.warning(
                "security event not entered", refused=told.event.value, why=type(problem).__name__
            )
            return False
        return True

    return Tally(enter)


def _request_of(told: Told) -> str | None:
    """The request an entry is about: the first of a window is entered by itself."""
    return g.get("request_id") if told.times == 1 and has_app_context() else None


def stamp(moment: dt.datetime) -> str:
    """A moment as a collector reads it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def init_security_events(app: Flask) -> None:
    """Count refusals from now on; call before what may refuse."""
    app.extensions["tally"] = entering(app.extensions["database"])
    app.after_request(count_refusals)
