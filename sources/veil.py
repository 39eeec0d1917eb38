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


def falls_on(model: type[Any], source_of: str, shown: Callable[[Any], Mapping[str, Any]]) -> None:
    """Lay the veil on the rows of a model as they load, and as columns of theirs load again.

    ``source_of`` names the column with the source's identifier, ``shown`` the values instead.
    """

    def loaded(row: Any, context: Any, _names: Any = None) -> None:
        session = context.session if context is not None else Session.object_session(row)
        if session is None or VEIL not in session.info:
            return
        if row.__dict__.get(source_of) in withheld(session):
            lay(row, shown(row))

    event.listen(model, "load", loaded)
    event.listen(model, "refresh", loaded)


def _source(source: Source) -> dict[str, Any]:
    hidden = Source.__mapper__.column_attrs.keys()
    values: dict[str, Any] = {name: None for name in hidden if name not in KEPT_OF_A_SOURCE}
    return {**values, "key": alias(source.id)}


def _snapshot(_snapshot: Snapshot) -> dict[str, Any]:
    hidden = Snapshot.__mapper__.column_attrs.keys()
    values: dict[str, Any] = {name: None for name in hidden if name not in KEPT_OF_A_SNAPSHOT}
    return {**values, "sha256": NOTHING}


falls_on(Source, "id", _source)
falls_on(Snapshot, "source_id", _snapshot)
