"""Entries of the ledger in a person's words: what happened to what, and which fields changed."""

import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import format_date, format_time, gettext, to_user_timezone
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session

import app.models as tables
from app import filters
from app.entry_titles import Names, plain_value, title_of, type_of
from app.event_words import IN_THE_TITLE, word_of
from app.field_labels import citation_label, field_label
from app.ledger.history import Entry
from app.ledger.replay import ERASED
from app.ledger.tables import LEAF, options
from app.object_names import Name
from app.word_diff import word_diff
from sources.columns import Fields, Identifier, Moment, WordsColumn

BOOKKEEPING = frozenset({"id", "version", "created_at", "created_by"})
"""Columns every row has: the entry itself says when and by whom."""
TOLD = frozenset({"claim_id", "number"})
"""Columns whose values stand in the title of what was added."""
PLACED = frozenset({"mention_id", "period_mention_id", "start", "stop", "prefix", "suffix"})
"""Columns that say where something stands in a text: of use to the program, not to a reader."""
SHORT = 160
"""Characters of a value that a line of the timeline shows; its own page shows all."""
FIELDS_SHOWN = 6
SHAPES = {"migration": "schema", "export": "export", "row": ""}
"""The kind of an entry and the shape that marks it; every other kind is an act."""


WHY = ("withdrawal_reason", "waiver_reason", "settlement", "reason", "reasoning", "body", "note")
"""Where a row says why; the first that an entry sets is its reason."""
CLOSED_REASONS = frozenset(
    {("access", "reason"), ("contest", "reason"), ("quantity_mention", "reason")}
)
"""Columns called a reason that hold a word of a list, not somebody's sentence."""


class Change(NamedTuple):
    """A field with its old and new value, ready to be shown; None where there is no value.

    ``merged`` is a long text told word by word, in the place of both.
    """

    field: str
    label: str
    old: str | Markup | None
    new: str | Markup | None
    merged: Markup | None = None


@dataclass(frozen=True)
class Told:
    """One entry as the timeline shows it; ``more`` counts the fields left to its own page."""

    entry: Entry
    title: str
    shape: str
    time: str
    changes: Sequence[Change]
    more: int
    name: Name | None
    why: str | Markup | None = None

    @property
    def moment(self) -> dt.datetime:
        """When the entry was written."""
        return moment_of(self.entry)


class Day(NamedTuple):
    """The entries of one day in the desk's time zone."""

    title: str
    entries: list[Told]


def days(entries: Iterable[Entry], names: Names) -> list[Day]:
    """Group entries, newest first, by the day they happened on."""
    grouped = itertools.groupby(entries, lambda entry: to_user_timezone(moment_of(entry)).date())
    return [
        Day(format_date(day, "full", rebase=False), [told(entry, names) for entry in found])
        for day, found in grouped
    ]


def told(entry: Entry, names: Names, *, whole: bool = False) -> Told:
    """One entry in words; ``whole`` shows every field at full length."""
    changes = [] if entry.kind == "migration" else changes_of(entry, names, whole=whole)
    why = why_of(entry)
    if why is not None and not whole:
        changes = [change for change in changes if change.field != why[0]]
    shown = changes if whole or entry.op == "U" else changes[:FIELDS_SHOWN]
    return Told(
        entry=entry,
        title=title_of(entry, names),
        shape=SHAPES.get(entry.kind, "system"),
        time=format_time(moment_of(entry), "HH:mm"),
        changes=shown,
        more=len(changes) - len(shown),
        name=names.get((entry.table, entry.pk)),
        why=why[1] if why is not None else None,
    )


def why_of(entry: Entry) -> tuple[str, str | Markup | None] | None:
    """The field and the words of the reason somebody gave; None where the entry carries none."""
    new = entry.new or {}
    for field in WHY:
        value = new.get(field)
        if value and (entry.table, field) not in CLOSED_REASONS and entry.kind != "migration":
            return field, value_shown(entry.table, field, value, {})
    return None


def moment_of(entry: Entry) -> dt.datetime:
    """When the entry was written."""
    return dt.datetime.fromisoformat(entry.at)


def changes_of(entry: Entry, names: Names, *, whole: bool = False) -> list[Change]:
    """The fields an entry changed; what every row carries is left to the entry's own page."""
    left_out = BOOKKEEPING | TOLD | PLACED if entry.op == "I" else BOOKKEEPING
    if entry.kind != "row":
        left_out |= IN_THE_TITLE.get(entry.table, frozenset())
    return [
        change
        for field, old, new in entry.changes
        if whole or field not in left_out
        for change in field_changes(entry.table, field, old, new, names, whole=whole)
    ]


def field_changes(
    table: str, field: str, old: Any, new: Any, names: Names, *, whole: bool = False
) -> list[Change]:
    """One change of a field, or one for each language in which its words are others."""
    if isinstance(type_of(table, field), Fields):
        return _parts_changes(_words_of(old or {}), _words_of(new or {}), whole=whole)
    if isinstance(type_of(table, field), WordsColumn) and old and new:
        return _words_changes(field, _words_of(old), _words_of(new), whole=whole)
    was, becomes = (value_shown(table, field, value, names, whole=whole) for value in (old, new))
    merged = (
        word_diff(old, new, whole=whole) if isinstance(old, str) and isinstance(new, str) else None
    )
    return [Change(field, field_label(field, table), was, becomes, merged)]


def _words_changes(
    field: str, old: dict[str, str], new: dict[str, str], *, whole: bool
) -> list[Change]:
    tongues = [tongue for tongue in {**old, **new} if old.get(tongue) != new.get(tongue)]
    found = []
    for tongue in tongues:
        texts = old.get(tongue), new.get(tongue)
        was, becomes = (
            Markup('<span lang="{}">{}</span>').format(tongue, cut(text, whole=whole))
            if text
            else None
            for text in texts
        )
        label = field_label(field)
        if len(old | new) > 1:
            label = f"{label} ({tongue})"
        found.append(
            Change(
                field, label, was, becomes, word_diff(texts[0] or "", texts[1] or "", whole=whole)
            )
        )
    return found


def _parts_changes(old: dict[str, str], new: dict[str, str], *, whole: bool) -> list[Change]:
    """The fields of a citation that changed, each a change of its own."""
    return [
        Change(
            name,
            citation_label(name),
            cut(old[name], whole=whole) if name in old else None,
            cut(new[name], whole=whole) if name in new else None,
        )
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]


def _words_of(value: Any) -> dict[str, str]:
    """Words as a dictionary; what somebody wrote by hand is taken as it is."""
    try:
        found = value if isinstance(value, dict) else json.loads(value)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"": str(value)}


def value_shown(
    table: str, field: str, value: Any, names: Names, *, whole: bool = False
) -> str | Markup | None:
    """A stored value the way its page would show it, by the type of its column."""
    if value is None or value == "":
        return None
    if value == ERASED:
        return ERASED
    kind = type_of(table, field)
    if field == "id":
        return Markup('<span class="mono">{}</span>').format(value)
    if isinstance(kind, Identifier):
        return _reference(str(value), names)
    if isinstance(kind, Fields):
        named = (f"{citation_label(name)} {text}" for name, text in _words_of(value).items())
        return cut("; ".join(named), whole=whole)
    if isinstance(kind, WordsColumn):
        return filters.words(_words_of(value))
    if isinstance(kind, Moment):
        return filters.moment(dt.datetime.fromisoformat(str(value)))
    if kind is None and not isinstance(value, dict):
        said = word_of(field, value)
        return said if isinstance(said, Markup) else cut(said, whole=whole)
    return cut(plain_value(table, field, value), whole=whole)


def cut(text: str, *, whole: bool = False) -> str | Markup:
    """A long text shortened, its beginning and its length kept."""
    if whole or len(text) <= SHORT:
        return text
    rest = gettext("%(count)s characters", count=len(text))
    return Markup('{}… <span class="mut">({})</span>').format(escape(text[:SHORT]), rest)


def _reference(value: str, names: Names) -> str | Markup:
    """The name of the row a key points to, else the end of the key."""
    for (_table, pk), name in names.items():
        if pk == value:
            return name.short
    return Markup('<span class="mono">…{}</span>').format(value[-8:])


def leaf_of(session: Session, eid: int) -> str | None:
    """The leaf hash of an entry in hexadecimal, as a proof would state it; None until sealed."""
    query = select(LEAF.c.leaf).where(LEAF.c.eid == eid)
    leaf = session.scalar(query, execution_options=options(session))
    return bytes(leaf).hex() if leaf is not None else None


def keys(entries: Iterable[Entry]) -> set[tuple[str, uuid.UUID]]:
    """Every row the entries speak of: their own, and those their key columns point to."""
    return row_keys((entry.table, entry.pk, entry.old, entry.new) for entry in entries)


def row_keys(
    rows: Iterable[tuple[str, str, Mapping[str, Any] | None, Mapping[str, Any] | None]],
) -> set[tuple[str, uuid.UUID]]:
    """As :func:`keys`, for rows given by table, key and images."""
    found: set[tuple[str, uuid.UUID]] = set()
    for own, pk, *images in rows:
        pairs = [(own, pk)]
        for image in images:
            pairs += [(_target(own, field), value) for field, value in (image or {}).items()]
        for table, value in pairs:
            if table and isinstance(value, str) and (key := _uuid(value)) is not None:
                found.add((table, key))
    return found


def _target(table: str, field: str) -> str:
    """The table a key column points to; nothing for other columns."""
    known = tables.Base.metadata.tables.get(table)
    if known is None or field not in known.columns:
        return ""
    return next((key.column.table.name for key in known.columns[field].foreign_keys), "")


def _uuid(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


def plain(entry: Entry) -> dict[str, Any]:
    """One entry as JSON, with each field that changed and the images as they were stored."""
    changes = [{"field": name, "old": old, "new": new} for name, old, new in entry.changes]
    return {**vars(entry), "changes": changes}
