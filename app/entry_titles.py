"""What an entry of the ledger says happened, in one line, and stored values as plain text."""

import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from sqlalchemy import Boolean
from sqlalchemy.types import TypeEngine

import app.models as tables
from app import account_titles, appendix_titles, filters, job_titles
from app.event_words import word_of
from app.field_labels import field_label
from app.i18n import language
from app.ledger.history import Entry
from app.object_names import Name
from app.security_events.reading import said
from app.security_events.vocabulary import KIND, TITLES, event_of
from app.table_labels import table_label
from claims.status import VerificationStatus
from sources.columns import Choice

Names = Mapping[tuple[str, str], Name]
AT_ONCE = dt.timedelta(seconds=5)
"""A row is written in the moment it names, but for one that repeats an earlier one."""


def title_of(entry: Entry, names: Names) -> str:
    """What happened, in one line."""
    known = account_titles.title_of(entry, names) or job_titles.title_of(entry)
    name = names.get((entry.table, entry.pk))
    what = name.text if name is not None else table_label(entry.table)
    return known or appendix_titles.title_of(entry, what) or _title(entry, name, what)


def _title(entry: Entry, known: Name | None, what: str) -> str:
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
        if _repeats(entry):
            who = filters.person(str(new.get("created_by") or ""))
            return gettext(
                "%(claim)s: the conclusion of %(name)s holds again", claim=claim, name=who
            )
        if new.get("status") == VerificationStatus.UNCHECKED:
            return gettext("%(claim)s: a conclusion was taken back", claim=claim)
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
    event = event_of(entry)
    if event is not None and entry.kind == KIND:
        return said(event, entry, language(), word_of, whole=False)
    payload = entry.new or {}
    acts = {
        "open": gettext("%(what)s: the page was opened", what=what),
        "revert": gettext(
            "%(what)s: entry #%(number)s taken back", what=what, number=payload.get("reverts", "—")
        ),
        "open_sealed": gettext("Sealed original opened: %(name)s", name=payload.get("name", "—")),
        "undo": gettext("%(what)s: an act was undone", what=what),
        "daily": gettext(
            "Rules about time: %(claims)s claims looked at, %(findings)s findings changed; sources"
            " looked at in a day: %(looks)s",
            claims=payload.get("claims", "—"),
            findings=payload.get("findings", "—"),
            looks=payload.get("looks", "—"),
        ),
        "F": gettext("Schema migration failed: %(message)s", message=payload.get("error", "—")),
    }
    meant = TITLES[event][language()] if event is not None else f"{entry.op}: {what}"
    return acts.get(entry.op, meant)


def _migration_title(entry: Entry) -> str:
    story = entry.new or {}
    if entry.op == "T":
        return gettext("Triggers renewed")
    message = str(story.get("message") or entry.pk)
    if entry.op == "D":
        return gettext("Schema migration undone: %(message)s", message=message)
    return gettext("Schema migration: %(message)s", message=message)


def plain_value(table: str, field: str, value: Any) -> str:
    """A value as plain text: enumeration members by their word, actors by their name."""
    kind = type_of(table, field)
    if isinstance(kind, Choice):
        return _member(kind.kind, str(value))
    if isinstance(kind, Boolean):
        return gettext("yes") if value in (True, 1) else gettext("no")
    if field.endswith("_by") or field in {"assignee", "actor"}:
        return filters.person(str(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def _member(kind: type[StrEnum], value: str) -> str:
    """The word of a member; a value a later release no longer knows stays as it is."""
    return filters.label(kind(value)) if value in set(kind) else value


def type_of(table: str, field: str) -> TypeEngine[Any] | None:
    """The type of a column today; None where table or column are gone."""
    known = tables.Base.metadata.tables.get(table)
    return known.columns[field].type if known is not None and field in known.columns else None


def _repeats(entry: Entry) -> bool:
    """Whether a new row only brings an earlier one back, in the name of whoever wrote that."""
    new = entry.new or {}
    if not entry.request or not new.get("created_at"):
        return False
    wrote = dt.datetime.fromisoformat(str(new["created_at"]))
    late = dt.datetime.fromisoformat(entry.at) - wrote > AT_ONCE
    return late or new.get("created_by") != entry.actor
