"""The veil on the requests of a person: over rows as they load, and over entries of the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from app.jobs.models import Job
from app.ledger.history import MASK, UNSEARCHED, UNTRIED, Entry
from app.ledger.tables import EVENT, options
from claims import veiling
from claims.models import Article, Finding
from claims.veiling import RowVeil
from sources import veil

ABOUT = ("source", "capture_attempt")
"""The tables of the rows that jobs may be about."""
TOLD = ("words", "error")
"""What a job says in words: how far it is, and why it failed."""
TRIED = veiling.FILES | {"shown_sha256", "body_sha256"}
"""What the acts of an issue say of its content and files: without a salt, where all is shown."""
PLAIN = frozenset({"kind", "code", "reference"})
"""What an act may tell of a row that is withheld."""


def cover(session: Session, reader: str) -> None:
    """Let a session show its reader only what they may know."""
    veiling.cover(session, reader)
    rows: RowVeil = session.info[veiling.ROWS]
    hidden = _Withheld(session, rows)

    def mask(entry: Entry) -> Entry:
        if entry.kind != "row":
            known = entry.pk not in hidden.get(entry.table, ())
            return _of_issue(rows, entry) if known else _without_words(entry)
        if not rows.hides(entry.table, entry.pk, entry.old, entry.new):
            return entry
        old, new = (
            image if image is None else veiling.masked(entry.table, image)
            for image in (entry.old, entry.new)
        )
        return replace(entry, old=old, new=new, withheld=True)

    session.info[MASK] = mask
    session.info[UNSEARCHED] = hidden
    session.info[UNTRIED] = lambda: {article for article, _number in rows.issued}


def _without_words(act: Entry) -> Entry:
    """An act upon what is withheld: that it was done, and nothing it says of the row."""
    told = act.new and {
        name: value if name in PLAIN else veil.WITHHELD for name, value in act.new.items()
    }
    return replace(act, new=told, withheld=True)


def _of_issue(rows: RowVeil, act: Entry) -> Entry:
    """An act upon an issue that may name what is withheld, without the digests one could try."""
    told = act.new or {}
    tried = TRIED & told.keys()
    if act.table != Article.__tablename__ or not tried:
        return act
    if (act.pk, told.get("number")) not in rows.issued:
        return act
    return replace(act, new={**told, **dict.fromkeys(tried, veil.WITHHELD)}, withheld=True)


class _Withheld(Mapping[str, frozenset[str]]):
    """The keys of withheld rows by table, looked up when somebody asks."""

    def __init__(self, session: Session, rows: RowVeil) -> None:
        self._session, self._rows = session, rows

    @cached_property
    def _keys(self) -> Mapping[str, frozenset[str]]:
        known = self._rows.keys
        if not known:
            return {}
        findings = Finding.__tablename__
        return {
            **known,
            **self._rows.digested,
            Job.__tablename__: self._jobs(known),
            findings: known[findings] | self._gone(findings),
        }

    def _jobs(self, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The jobs that are about a withheld row."""
        about = (
            and_(Job.subject_table == table, Job.subject_id.in_(known[table])) for table in ABOUT
        )
        rows = self._session.connection().execute(select(Job.id).where(or_(*about)))
        return frozenset(str(row[0]) for row in rows)

    def _gone(self, findings: str) -> frozenset[str]:
        """The findings that quoted a withheld item and were taken away since."""
        quoted = (EVENT.c.old.contains(item) for item in self._rows.items)
        query = select(EVENT.c.pk).where(
            EVENT.c.tbl == findings, EVENT.c.op == "D", or_(false(), *quoted)
        )
        rows = self._session.execute(query, execution_options=options(self._session))
        return frozenset(str(row[0]) for row in rows)

    def __getitem__(self, table: str) -> frozenset[str]:
        return self._keys[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _is_about_hidden(session: Session, job: Any) -> bool:
    rows = veiling.rows_of(session)
    table, key = job.__dict__.get("subject_table"), job.__dict__.get("subject_id")
    return rows is not None and table in ABOUT and key in rows.keys.get(table, ())


def _told(job: Job) -> dict[str, Any]:
    return {name: veiling.WORDS for name in TOLD if job.__dict__.get(name) is not None}


veil.falls_on(Job, _is_about_hidden, _told)
