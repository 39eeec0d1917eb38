"""The veil: who may not know a confidential source reads it without what says who it is.

It lies on the rows as a session loads them, so that no page has to think of it; what the program
itself must know (the hash of what was signed) asks for the values beneath with :func:`bare`.
"""

import uuid
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from sources.attempt_models import CaptureAttempt
from sources.errors import Forbidden
from sources.looks.models import PageState, SourceLook, WatchWish
from sources.models import LikenessAnswer, Snapshot, Source
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
    {"id", "source_id", "capture", "retrieved_at", "media_type"} | {"created_at", "created_by"}
)
KEPT_OF_AN_ATTEMPT: Final = frozenset(
    {"id", "source_id", "outcome", "code", "http_status", "snapshot_id", "ended_at"}
    | {"created_at", "created_by"}
)
KEPT_OF_A_STATE: Final = frozenset(
    {"id", "source_id", "answer", "http_status", "created_at", "created_by"}
)
KEPT_OF_A_WISH: Final = frozenset(WatchWish.__mapper__.columns.keys()) - {"reason"}
KEPT_OF_A_LIKENESS: Final = frozenset(LikenessAnswer.__mapper__.columns.keys()) - {"note"}
ADDRESSED: Final = ("url", "asked_for", "etag", "last_modified", "compared")
NOTHING: Final = "0" * 64
Hidden = Callable[[Session, Any], bool]
"""Whether a row is withheld from the reader of a session."""


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
    """Show other values in the place of those that are loaded; nothing of it is ever saved.

    Where only some columns were loaded again, the others show the veil already and are left.
    """
    beneath = row.__dict__.setdefault(BENEATH, {})
    for name, value in values.items():
        if name in row.__dict__ and not (name in beneath and row.__dict__[name] == value):
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


def closed(session: Session) -> frozenset[uuid.UUID]:
    """The sources that are confidential, whoever asks."""
    return frozenset(session.scalars(withheld_from(None)))


def leaves(session: Session) -> bool:
    """Whether what this session reads leaves the house: its reader is anybody at all."""
    veil: Veil | None = session.info.get(VEIL)
    return veil is not None and veil.reader is None


def of_source(*columns: str) -> Hidden:
    """Tell rows by the columns that hold a source's identifier."""

    def hidden(session: Session, row: Any) -> bool:
        sources = withheld(session)
        return bool(sources) and any(row.__dict__.get(name) in sources for name in columns)

    return hidden


def falls_on(model: type[Any], hidden: Hidden, shown: Callable[[Any], Mapping[str, Any]]) -> None:
    """Lay the veil on the rows of a model as they load, and as columns of theirs load again.

    ``hidden`` tells which rows are withheld, ``shown`` the values instead.
    """

    def loaded(row: Any, context: Any, _names: Any = None) -> None:
        session = context.session if context is not None else Session.object_session(row)
        if session is None or VEIL not in session.info:
            return
        if hidden(session, row):
            lay(row, shown(row))

    event.listen(model, "load", loaded)
    event.listen(model, "refresh", loaded)


def _source(source: Source) -> dict[str, Any]:
    return {**_nothing(Source, KEPT_OF_A_SOURCE), "key": alias(source.id)}


def _snapshot(_snapshot: Snapshot) -> dict[str, Any]:
    return {**_nothing(Snapshot, KEPT_OF_A_SNAPSHOT), "sha256": NOTHING}


def _attempt(_attempt: CaptureAttempt) -> dict[str, Any]:
    return {**_nothing(CaptureAttempt, KEPT_OF_AN_ATTEMPT), "url": WITHHELD}


def _state(_state: PageState) -> dict[str, Any]:
    return {**_nothing(PageState, KEPT_OF_A_STATE), "url": WITHHELD}


def _nothing(model: type[Any], kept: frozenset[str]) -> dict[str, Any]:
    """Nothing in every column but those that are kept."""
    return dict.fromkeys(set(model.__mapper__.column_attrs.keys()) - kept)


falls_on(Source, of_source("id"), _source)
falls_on(Snapshot, of_source("source_id"), _snapshot)
falls_on(CaptureAttempt, of_source("source_id"), _attempt)
falls_on(PageState, of_source("source_id"), _state)
falls_on(WatchWish, of_source("source_id"), lambda _row: {"reason": WITHHELD})
falls_on(LikenessAnswer, of_source("source_id", "other_id"), lambda _row: {"note": None})
falls_on(
    SourceLook,
    of_source("source_id"),
    lambda _row: {name: WITHHELD if name == "url" else None for name in ADDRESSED},
)
