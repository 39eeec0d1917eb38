"""Reading security events out of the ledger, in the shape that a collector takes them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.ledger import search
from app.ledger.history import Entry
from app.ledger.search import Asked
from app.security_events.vocabulary import FAILURES, TITLES, Event, event_of

PAGE = 500
TOLD = ("place", "route", "method", "reason", "count", "first", "last", "version", "changed")
"""What an event may say besides: all of it is ours, none of it a visitor's."""
NAMED = (
    "unfamiliar",
    "role",
    "format",
    "profile",
    "purpose",
    "scopes",
    "proof",
    "proofs",
    "findings",
    "kind",
)
"""What may be said of other entries: words of closed lists, and numbers."""
SECURITY = "security"


def events(
    session: Session, asked: Asked, wanted: Collection[Event] = (), *, oldest: bool = False
) -> Iterator[tuple[Event, Entry]]:
    """Every security event that meets what is asked, page by page."""
    asked, after = replace(asked, kind=SECURITY), None
    while True:
        found = search.entries(session, asked, after=after, limit=PAGE, oldest=oldest)
        for entry in found:
            event = event_of(entry)
            if event is not None and (not wanted or event in wanted):
                yield event, entry
        if len(found) < PAGE:
            return
        after = search.mark(asked, found[-1])


def plain(event: Event, entry: Entry) -> dict[str, Any]:
    """One event as JSON, with the fields of docs/security-events.md."""
    story = {**(entry.old or {}), **(entry.new or {})}
    return {
        "time": entry.at,
        "event": event.value,
        "outcome": "failure" if event in FAILURES else "success",
        "actor": entry.actor,
        "subject": {"table": entry.table, "id": entry.pk},
        **{name: story[name] for name in (*TOLD, *NAMED) if story.get(name) is not None},
        "request": entry.request,
        "entry": entry.eid,
        "seq": entry.seq,
        "via": entry.via,
    }


def as_stored(_field: str, value: Any) -> str:
    """A value in the word the ledger has for it: what a command hands on to other programs."""
    return str(value)


def said(
    event: Event,
    entry: Entry,
    tongue: str,
    word: Callable[[str, Any], str] = as_stored,
    *,
    whole: bool = True,
) -> str:
    """One event in a line of a language, its values in the words that ``word`` gives them.

    A title goes without the mark of where it came from; the whole of it ends with that.
    """
    story = {**(entry.old or {}), **(entry.new or {})}
    words = [TITLES[event][tongue]]
    if story.get("count", 1) not in (1, None):
        words.append(f"×{story['count']}")
    told = [
        "role",
        "reason",
        "route",
        "format",
        "profile",
        "version",
        *(["place"] if whole else []),
    ]
    # A row has a version as well, which counts its changes and tells nobody anything here.
    named = [
        name for name in told if story.get(name) and (name != "version" or entry.kind != "row")
    ]
    words += [str(word(name, story[name])) for name in named]
    changed = story.get("changed")
    return " · ".join([*words, *(changed if isinstance(changed, list) else [])])
