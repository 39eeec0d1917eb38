"""One look at one source: its site's turn, its site's rules, its page, what became of the words.

A look either ends with everything it found written down in one transaction, or, when it is not
the site's turn, with another look queued for later.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.looks.queueing import queue
from claims.queries.watched import watched
from claims.vocabulary import Watched
from claims.watching.items import Item, items_of, looked_for
from claims.watching.noting import Seen, note
from sources import attempts, capture
from sources.base import now
from sources.capture import Captured
from sources.errors import DeskError, Passing
from sources.fetching import Fetched, Terms
from sources.looks import pace, robots
from sources.looks.answers import (
    answered,
    robots_refusal,
    robots_silence,
    suspected,
    unanswered,
)
from sources.looks.models import HostPace, SourceLook
from sources.looks.noting import BY
from sources.looks.policy import watch_policy
from sources.looks.robots import Rules, host_of_pace
from sources.models import Snapshot, Source

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.jobs.task import Task


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: an address, the words looked for, and what the last look left."""

    source_id: uuid.UUID
    url: str
    language: str | None
    items: list[Item]
    terms: Terms

    @property
    def digest(self) -> str:
        """What was looked for, so that an unchanged page answers for the same words only."""
        parts = [[str(one.evidence_id), one.quote, str(one.snapshot_id)] for one in self.items]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def look(task: "Task") -> None:
    """Look at a source."""
    with task.database.reading() as session:
        subject = _subject(session, uuid.UUID(task.payload["source"]))
    if subject is None:
        return
    host = host_of_pace(subject.url)
    token, row = _turn(task, host)
    if token is None:
        _later(task, subject, row.free_at)
        return
    rules = robots.known(row, watch_policy(), now())
    if rules is None:
        _ask_rules(task, subject, token)
        return
    seen, found = _seen(task, subject, rules)
    with task.finishing() as session:
        moment = now()
        source = session.get_one(Source, subject.source_id)
        note(session, source, seen, watch_policy(), moment)
        if found is not None:
            _remember(session, subject, found)
        pace.leave(session, host, token, moment + watch_policy().pause(rules.pause))


def _subject(session: "Session", source_id: uuid.UUID) -> Subject | None:
    """Return what to look at; None where the source is not watched (any more)."""
    if not watched(session, watch_policy(), now(), source_id):
        return None
    source = session.get_one(Source, source_id)
    url = source.url or ""
    subject = Subject(source_id, url, source.language, items_of(session, source_id), Terms())
    return replace(subject, terms=_terms(session.get(SourceLook, source_id), subject))


def _terms(last: SourceLook | None, subject: Subject) -> Terms:
    """Ask for the page only if it changed, where the last look compared the same words well."""
    if last is None or last.url != subject.url or last.strikes or last.missed:
        return Terms()
    if last.compared != subject.digest or not last.asked_for:
        return Terms()
    known = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified}
    return Terms(last.asked_for, {name: value for name, value in known.items() if value})


def _turn(task: "Task", host: str) -> tuple[str | None, HostPace]:
    with task.database.writing(BY) as session:
        return pace.take(session, host, watch_policy(), now())


def _later(task: "Task", subject: Subject, when: dt.datetime) -> None:
    """End this job and queue another one for when the site may be asked."""
    with task.finishing() as session:
        queue(session, subject.source_id, when)


def _ask_rules(task: "Task", subject: Subject, token: str) -> None:
    """Use the turn to learn what the site lets a machine read; the page has the next one."""
    rules = robots.asked(task.extensions.fetcher, subject.url)
    host, moment = host_of_pace(subject.url), now()
    when = moment + watch_policy().pause(rules.pause)
    with task.finishing() as session:
        pace.note_rules(session, host, rules, moment)
        pace.leave(session, host, token, when)
        queue(session, subject.source_id, when)


def _seen(task: "Task", subject: Subject, rules: Rules) -> tuple[Seen, Fetched | None]:
    """Fetch the page and look for the words on it.

    The page comes with it where the words were looked for: an answer that nothing was read in is
    no ground for asking next time only whether it changed.
    """
    terms = replace(subject.terms, permit=_permit(task, subject, rules))
    try:
        found = task.extensions.fetcher.fetch(subject.url, terms=terms)
    except DeskError as problem:
        return Seen(unanswered(problem), subject.items, {}, None), None
    answer = answered(subject.url, found, now())
    if answer.reason is not None or answer.unchanged:
        return Seen(answer, subject.items, {}, None), None
    task.progress(1, 2)
    page = capture.read(found)
    if isinstance(page.problem, Passing):
        # Nobody had time to read the page: that says nothing about what stands on it.
        raise page.problem
    text = page.text.text or ""
    stood = looked_for(subject.items, text, subject.language)
    if all(one.outcome is Watched.GONE for one in stood.values()):
        answer = suspected(subject.url, answer, text)
    if answer.reason is not None:
        # What stands on a notice is nothing the source says.
        return Seen(answer, subject.items, {}, None), None
    if not text:
        # Where nothing can be read, nothing can be missed.
        stood = {}
    # What is empty or may do harm is no snapshot.
    keep = _keeper(task, page) if page.problem is None else None
    return Seen(answer, subject.items, stood, keep), found if text else None


def _permit(task: "Task", subject: Subject, rules: Rules) -> Callable[[str], None]:
    """Ask the rules of every site on the way; those of another one are learnt first."""
    known = {host_of_pace(subject.url): rules}

    def permit(address: str) -> None:
        host = host_of_pace(address)
        if host not in known:
            known[host] = _rules_of(task, host, address)
        if known[host].refuses_all:
            raise robots_silence(host)
        if not known[host].allow(address):
            raise robots_refusal()

    return permit


def _rules_of(task: "Task", host: str, address: str) -> Rules:
    with task.database.reading() as session:
        rules = robots.known(session.get(HostPace, host), watch_policy(), now())
    return rules or robots.asked(task.extensions.fetcher, address)


def _keeper(task: "Task", found: Captured) -> Callable[["Session", Source], Snapshot]:
    """Return what keeps a copy of the page as it was seen, with its record, like any capture."""
    store, agent = task.extensions.store, task.extensions.fetcher.agent

    def keep(session: "Session", source: Source) -> Snapshot:
        filed = capture.file(store, found, agent)
        return capture.keep(session, attempts.ask(session, source, by=BY), found, filed)

    return keep


def _remember(session: "Session", subject: Subject, found: Fetched) -> None:
    """Keep what the next look asks with."""
    last = session.get_one(SourceLook, subject.source_id)
    headers = {name.lower(): value for name, value in found.headers}
    last.etag, last.last_modified = headers.get("etag"), headers.get("last-modified")
    last.asked_for, last.compared = found.address, subject.digest
