"""``?at=`` on a page: the same view and the same template, over the state of that moment."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, current_app, g, make_response, request
from flask_babel import get_timezone
from sqlalchemy.orm import Session

from app.ledger.history import Entry
from app.ledger.replay import Era
from app.ledger.since import place_before
from app.past import place
from app.past.copies import Copies
from app.past.place import Place
from app.past.scope import Scope
from app.unit_of_work import database, session
from sources.veil import closed

View = TypeVar("View", bound=Callable[..., Any])
AT = "at"
TWIN = "has_past"


@dataclass(frozen=True)
class Past:
    """What a page of the past tells about itself, beside the state it shows."""

    place: Place
    then: Era
    tables: frozenset[str]

    @property
    def position(self) -> int:
        """The ledger number: how many entries had been sealed."""
        return self.place.position

    @property
    def moment(self) -> dt.datetime:
        """The moment shown."""
        return self.place.moment

    @property
    def revision(self) -> str:
        """The revision of the schema then."""
        return self.then.revision

    @property
    def unrecorded(self) -> list[tuple[str, list[str]]]:
        """The tables shown here with the columns that did not exist then; none: no table."""
        found: list[tuple[str, list[str]]] = [
            (table, sorted(self.then.later[table]))
            for table in sorted(self.tables & self.then.later.keys())
        ]
        return found + [(table, []) for table in sorted(self.then.absent)]

    @property
    def now(self) -> str:
        """The address of the same page today."""
        return without_at()


def past() -> Past | None:
    """The past this request reads, or None for today."""
    found: Past | None = g.get("past")
    return found


def ledger() -> Session:
    """The session that reads the live ledger, on whichever page."""
    found: Session | None = g.get("live")
    return found if found is not None else session()


def moment_shown() -> dt.datetime | None:
    """The moment of the page, or None for today."""
    found = past()
    return found.moment if found is not None else None


def readable_then(scope: Callable[..., Scope]) -> Callable[[View], View]:
    """Give a view its past: ``scope`` tells from the view's arguments which rows it reads."""

    def mark(view: View) -> View:
        @wraps(view)
        def wrapped(**arguments: Any) -> Any:
            asked = request.args.get(AT, "").strip()
            if not asked:
                return view(**arguments)
            return _then(view, arguments, scope(**arguments), asked)

        setattr(wrapped, TWIN, True)
        return wrapped  # type: ignore[return-value]

    return mark


def reads_at(view: View) -> View:
    """Say that a view reads ``?at=`` itself, so that links of the past keep it."""
    setattr(view, TWIN, True)
    return view


def _then(view: Callable[..., Any], arguments: dict[str, Any], scope: Scope, asked: str) -> Any:
    """Answer with the view over the state of that moment."""
    live = session()
    found = place.find(live, asked, get_timezone() or dt.UTC)
    copies: Copies = current_app.extensions["past"]
    hidden = closed(live)
    with copies.reading(live, scope, found, hidden) as copy, copy.reading(live.info) as opened:
        g.live, g.session = live, opened
        g.past = Past(found, copy.then, copy.tables)
        try:
            return make_response(view(**arguments))
        finally:
            g.session = g.pop("live")
            g.pop("past")


@contextmanager
def state(scope: Scope, position: int) -> Iterator[Session]:
    """A session on the rows of a scope as they were after so many sealed entries."""
    live = session()
    copies: Copies = current_app.extensions["past"]
    found = Place(position, dt.datetime.fromtimestamp(0, dt.UTC), str(position))
    with copies.reading(live, scope, found) as copy, copy.reading(live.info) as opened:
        yield opened


@contextmanager
def before(scope: Scope, saves: Sequence[Entry]) -> Iterator[Session]:
    """A session on the rows of a scope as they were before the oldest of these saves.

    On PostgreSQL a save has its place in the ledger a moment after it is committed. Whoever comes
    sooner waits for that, for the state before it has no number until then.
    """
    if any(entry.seq is None for entry in saves):
        database().seal()
    with state(scope, place_before(session(), saves)) as then:
        yield then


def stated_past() -> dict[str, Any]:
    """What the JSON of a page of the past says beside the page's own values; empty today."""
    found = past()
    if found is None:
        return {}
    state = {
        "position": found.position,
        "moment": found.moment.isoformat(),
        "schema": found.revision,
        "not_recorded_then": dict(found.unrecorded),
    }
    return {"as_of": state}


def without_at() -> str:
    """This very address without its moment."""
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != AT]
    path = request.script_root + request.path
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _keep_at(endpoint: str, values: dict[str, Any]) -> None:
    """Let the links of a page of the past lead to the past."""
    found = past()
    if found is not None and getattr(current_app.view_functions.get(endpoint), TWIN, False):
        values.setdefault(AT, found.place.asked)


def init_past(app: Flask) -> None:
    """Connect the past to the application: its copies, its links and its banner."""
    app.extensions["past"] = Copies()
    app.url_defaults(_keep_at)
    app.context_processor(lambda: {"past": past()})
