"""Entries of the ledger in a person's words: what happened to what, and which fields changed."""

import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import format_date, format_time, gettext, to_user_timezone
from markupsafe import Markup, escape
from sqlalchemy import Boolean, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

import app.models as tables
from app import account_titles, filters
from app.field_labels import field_label, table_label
from app.ledger.history import Entry
from app.ledger.replay import ERASED
from app.ledger.tables import LEAF, options
from app.object_names import Name
from app.word_diff import word_diff
from sources.columns import Choice, Identifier, Moment, WordsColumn

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
Names = Mapping[tuple[str, str], Name]


WHY = ("withdrawal_reason", "waiver_reason", "settlement", "reason", "reasoning", "body", "note")
"""Where a row says why; the first that an entry sets is its reason."""
CLOSED_REASONS = frozenset({("contest", "reason"), ("quantity_mention", "reason")})
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


def title_of(entry: Entry, names: Names) -> str:
    """What happened, in one line."""
    return account_titles.title_of(entry, names) or _title(entry, names)


def _title(entry: Entry, names: Names) -> str:
    known = names.get((entry.table, entry.pk))
    what = known.text if known is not None else table_label(entry.table)
    if entry.kind == "migration":
        return _migration_title(entry)
    if entry.kind != "row":
        return _act_title(entry, what)
    if entry.table == "claim" and entry.op == "U":
        return _claim_title(entry, what)
    if entry.table == "contest" and (entry.new or {}).get("outcome") and entry.op == "U":
        return gettext("%(what)s settled", what=what)
    if entry.op == "I":
        return _added_title(entry, known, what)
    if entry.table == "evidence" and (entry.new or {}).get("withdrawn_by"):
        return gettext("%(what)s withdrawn", what=what)
    if entry.op == "D":
        return gettext("%(what)s removed", what=what)
    if entry.op == "M":
        return gettext("%(what)s rewritten by a migration", what=what)
    return gettext("%(what)s changed", what=what)


def _added_title(entry: Entry, known: Name | None, what: str) -> str:
    """What a new row means where it is an act of somebody rather than a thing."""
    new = entry.new or {}
    claim = known.claim if known is not None and known.claim else ""
    if entry.table == "sign_off" and claim:
        decision = plain_value("sign_off", "decision", new.get("decision", ""))
        return gettext("%(claim)s: %(decision)s", claim=claim, decision=decision)
    if entry.table == "assessment" and claim:
        status = plain_value("assessment", "status", new.get("status", ""))
        if new.get("figure_id"):
            return gettext("A figure of %(claim)s assessed: %(status)s", claim=claim, status=status)
        return gettext("%(claim)s assessed: %(status)s", claim=claim, status=status)
    if entry.table == "article_sign_off" and new.get("decision") == "emergency":
        return gettext("Published in an emergency, unfinished: %(what)s", what=what)
    if entry.table == "contest":
        return gettext("%(what)s raised", what=what)
    if entry.table == "answer":
        choice = plain_value("answer", "choice", new.get("choice", ""))
        return gettext("Answer about %(claim)s: %(choice)s", claim=claim, choice=choice)
    return gettext("%(what)s added", what=what)


def _claim_title(entry: Entry, what: str) -> str:
    """A claim's own turning points come before its lesser fields."""
    new = entry.new or {}
    for field in ("verification_status", "stage", "disposition"):
        if new.get(field) and (entry.old or {}).get(field) != new[field]:
            value = plain_value("claim", field, new[field])
            return gettext(
                "%(what)s: %(field)s %(value)s", what=what, field=field_label(field), value=value
            )
    return gettext("%(what)s changed", what=what)


def _act_title(entry: Entry, what: str) -> str:
    payload = entry.new or {}
    if entry.kind == "export":
        return gettext(
            "Appendix %(number)s exported: %(what)s", number=payload.get("number", "—"), what=what
        )
    acts = {
        "sign_in": gettext("Signed in"),
        "sign_out": gettext("Signed out"),
        "verify": gettext("Ledger verified"),
        "appendix": gettext("Content of an appendix fixed: %(what)s", what=what),
        "open": gettext("%(what)s: the page was opened", what=what),
        "revert": gettext(
            "%(what)s: entry #%(number)s taken back", what=what, number=payload.get("reverts", "—")
        ),
        "daily": gettext(
            "Rules about time: %(claims)s claims looked at, %(findings)s findings changed",
            claims=payload.get("claims", "—"),
            findings=payload.get("findings", "—"),
        ),
        "F": gettext("Schema migration failed: %(message)s", message=payload.get("error", "—")),
    }
    return acts.get(entry.op) or f"{entry.op}: {what}"


def _migration_title(entry: Entry) -> str:
    story = entry.new or {}
    if entry.op == "T":
        return gettext("Triggers renewed")
    message = str(story.get("message") or entry.pk)
    if entry.op == "D":
        return gettext("Schema migration undone: %(message)s", message=message)
    return gettext("Schema migration: %(message)s", message=message)


def changes_of(entry: Entry, names: Names, *, whole: bool = False) -> list[Change]:
    """The fields an entry changed; what every row carries is left to the entry's own page."""
    left_out = BOOKKEEPING | TOLD | PLACED if entry.op == "I" else BOOKKEEPING
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
    if isinstance(_type_of(table, field), WordsColumn) and old and new:
        return _words_changes(field, _words_of(old), _words_of(new), whole=whole)
    was, becomes = (value_shown(table, field, value, names, whole=whole) for value in (old, new))
    merged = (
        word_diff(old, new, whole=whole) if isinstance(old, str) and isinstance(new, str) else None
    )
    return [Change(field, field_label(field), was, becomes, merged)]


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
    kind = _type_of(table, field)
    if field == "id":
        return Markup('<span class="mono">{}</span>').format(value)
    if isinstance(kind, Identifier):
        return _reference(str(value), names)
    if isinstance(kind, WordsColumn):
        return filters.words(_words_of(value))
    if isinstance(kind, Moment):
        return filters.moment(dt.datetime.fromisoformat(str(value)))
    return cut(plain_value(table, field, value), whole=whole)


def plain_value(table: str, field: str, value: Any) -> str:
    """A value as plain text: enumeration members by their word, actors by their name."""
    kind = _type_of(table, field)
    if isinstance(kind, Choice):
        return _member(kind.kind, str(value))
    if isinstance(kind, Boolean):
        return gettext("yes") if value in (True, 1) else gettext("no")
    if field.endswith("_by") or field in {"assignee", "actor"}:
        return filters.person(str(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def cut(text: str, *, whole: bool = False) -> str | Markup:
    """A long text shortened, its beginning and its length kept."""
    if whole or len(text) <= SHORT:
        return text
    rest = gettext("%(count)s characters", count=len(text))
    return Markup('{}… <span class="mut">({})</span>').format(escape(text[:SHORT]), rest)


def _member(kind: type[StrEnum], value: str) -> str:
    """The word of a member; a value a later release no longer knows stays as it is."""
    return filters.label(kind(value)) if value in set(kind) else value


def _reference(value: str, names: Names) -> str | Markup:
    """The name of the row a key points to, else the end of the key."""
    for (_table, pk), name in names.items():
        if pk == value:
            return name.short
    return Markup('<span class="mono">…{}</span>').format(value[-8:])


def _type_of(table: str, field: str) -> TypeEngine[Any] | None:
    """The type of a column today; None where table or column are gone."""
    known = tables.Base.metadata.tables.get(table)
    return known.columns[field].type if known is not None and field in known.columns else None


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
