"""The veil: who may not know a confidential source reads it without what says who it is.

It lies on the rows as a session loads them, so that no page has to think of it; what the program
itself must know (the hash of what was signed) asks for the values beneath with :func:`bare`.
"""

import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from sources.errors import Forbidden
from sources.models import Snapshot, Source
from sources.need_to_know import withheld_from

VEIL: Final = "veil"
BENEATH: Final = "_beneath"
WITHHELD: Final = "［保密 confidential］"
"""What stands in the place of words that are withheld."""
ALIAS: Final = "confidential-"
KEPT_OF_A_SOURCE: Final = frozenset(
    {"id", "kind", "tier", "lineage", "derived_from_id", "reliability", "credibility"}
    | {"confidential", "merged_into_id", "collection", "created_at", "created_by", "version"}
)
KEPT_OF_A_SNAPSHOT: Final = frozenset(
    {"id", "source_id", "capture", "retrieved_at", "media_type", "size"}
    | {"created_at", "created_by"}
)
NOTHING: Final = "0" * 64


class Veil:
    """What one reader may not know, looked up once, in the session of their request."""

    def __init__(self, session: Session, reader: str | None) -> None:
        """Keep the session that reads the present, whatever past is read beside it."""
        self.session, self.reader = session, reader

    @cached_property
    def withheld(self) -> frozenset[uuid.UUID]:
        """The sources whose names are withheld."""
        rows = self.session.connection().execute(withheld_from(self.reader))
        return frozenset(row[0] for row in rows)


def cover(session: Session, reader: str | None) -> None:
    """Let a session show its reader only what they may know; None is anybody at all."""
    session.info[VEIL] = Veil(session, reader)


def withheld(session: Session) -> frozenset[uuid.UUID]:
    """The sources whose names this session withholds; none where it has no veil."""
    veil: Veil | None = session.info.get(VEIL)
    return veil.withheld if veil is not None else frozenset()


def is_veiled(row: Any) -> bool:
    """Tell whether a row shows less than it holds."""
    return bool(row.__dict__.get(BENEATH))


def bare(row: Any, name: str) -> Any:
    """Return the value a column holds, veil or none."""
    beneath: Mapping[str, Any] = row.__dict__.get(BENEATH) or {}
    return beneath[name] if name in beneath else getattr(row, name)


def lay(row: Any, values: Mapping[str, Any]) -> None:
    """Show other values in the place of those that are loaded; nothing of it is ever saved."""
    beneath = row.__dict__.setdefault(BENEATH, {})
    for name, value in values.items():
        if name in row.__dict__:
            beneath[name] = row.__dict__[name]
            set_committed_value(row, name, value)


def alias(source_id: uuid.UUID) -> str:
    """The key under which a source is known to those who may not know it."""
    return f"{ALIAS}{source_id.hex}"


def named_by_alias(key: str) -> uuid.UUID | None:
    """The identifier an alias stands for; None for what is none."""
    try:
        return uuid.UUID(hex=key.removeprefix(ALIAS)) if key.startswith(ALIAS) else None
    except ValueError:
        return None


def refuse_veiled(*rows: Any) -> None:
    """Raise Forbidden for a change of what the person may not read."""
    if any(row is not None and is_veiled(row) for row in rows):
        raise Forbidden(
            "veiled",
            {
                "zh": "这涉及一个您未获授权知悉的保密来源；请向登记人或组长申请。",
                "en": "This concerns a confidential source you have no need to know; ask whoever "
                "entered it or the desk lead.",
            },
        )


def _masked_source(source: Source) -> dict[str, Any]:
    hidden = [column.key for column in Source.__mapper__.column_attrs]
    values: dict[str, Any] = {name: None for name in hidden if name not in KEPT_OF_A_SOURCE}
    return {**values, "key": alias(source.id)}


def _masked_snapshot(_snapshot: Snapshot) -> dict[str, Any]:
    hidden = [column.key for column in Snapshot.__mapper__.column_attrs]
    values: dict[str, Any] = {name: None for name in hidden if name not in KEPT_OF_A_SNAPSHOT}
    return {**values, "sha256": NOTHING}


def _session_of(row: Any, context: Any) -> Session | None:
    return context.session if context is not None else Session.object_session(row)


@event.listens_for(Source, "load")
def _load_source(source: Source, context: Any) -> None:
    _veil_source(source, context)


@event.listens_for(Source, "refresh")
def _refresh_source(source: Source, context: Any, _names: Any) -> None:
    _veil_source(source, context)


def _veil_source(source: Source, context: Any) -> None:
    session = _session_of(source, context)
    if session is not None and VEIL in session.info and source.id in withheld(session):
        lay(source, _masked_source(source))


@event.listens_for(Snapshot, "load")
def _load_snapshot(snapshot: Snapshot, context: Any) -> None:
    _veil_snapshot(snapshot, context)


@event.listens_for(Snapshot, "refresh")
def _refresh_snapshot(snapshot: Snapshot, context: Any, _names: Any) -> None:
    _veil_snapshot(snapshot, context)


def _veil_snapshot(snapshot: Snapshot, context: Any) -> None:
    session = _session_of(snapshot, context)
    if session is not None and VEIL in session.info and snapshot.source_id in withheld(session):
        lay(snapshot, _masked_snapshot(snapshot))
