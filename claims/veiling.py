"""The veil over what rests on a confidential source: the words of its evidence, and its history."""

import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Evidence, Observation
from sources import veil
from sources.columns import Words
from sources.looks.models import PageState, WatchWish
from sources.models import Snapshot, Source

WORDS: Final[Words] = {"zh": "（保密）", "en": "(confidential)"}
TOLD: Final = frozenset({"quote", "locator", "says", "note", "cited_as"})
"""What an item of evidence says in words; its stance, its figure and its number stay to be seen."""
SEEN: Final = frozenset({"quote", "old_words", "new_words"})
ANSWERED: Final = frozenset({"url", "final_url", "reason"})
KEPT: Final[Mapping[str, frozenset[str]]] = {
    Source.__tablename__: veil.KEPT_OF_A_SOURCE,
    Snapshot.__tablename__: veil.KEPT_OF_A_SNAPSHOT,
    Evidence.__tablename__: frozenset(Evidence.__mapper__.columns.keys()) - TOLD,
    Observation.__tablename__: frozenset(Observation.__mapper__.columns.keys()) - SEEN,
    PageState.__tablename__: frozenset(PageState.__mapper__.columns.keys()) - ANSWERED,
    WatchWish.__tablename__: frozenset(WatchWish.__mapper__.columns.keys()) - {"reason"},
}
"""The columns that are shown of a withheld row, by table."""


class RowVeil:
    """Which rows, of whatever moment, are withheld from the reader of a session."""

    def __init__(self, session: Session) -> None:
        """Keep the session that reads the present."""
        self._session = session

    @cached_property
    def keys(self) -> Mapping[str, frozenset[str]]:
        """The keys of withheld rows by table; empty where nothing is withheld."""
        sources = veil.withheld(self._session)
        if not sources:
            return {}
        found = {Source.__tablename__: frozenset(str(key) for key in sources)}
        queries = {
            model.__tablename__: select(model.id).where(model.source_id.in_(sources))
            for model in (Snapshot, Evidence, PageState, WatchWish)
        }
        items = queries[Evidence.__tablename__]
        queries[Observation.__tablename__] = select(Observation.id).where(
            Observation.evidence_id.in_(items)
        )
        for table, query in queries.items():
            rows = self._session.connection().execute(query)
            found[table] = frozenset(str(row[0]) for row in rows)
        return found

    def hides(self, table: str, pk: str, *images: Mapping[str, Any] | None) -> bool:
        """Tell whether a row, or what it once was, is withheld."""
        if table not in self.keys:
            return False
        sources = self.keys[Source.__tablename__]
        named = {str(image.get("source_id")) for image in images if image}
        return pk in self.keys[table] or bool(named & sources)

    def image(
        self, table: str, pk: str, image: Mapping[str, Any] | None
    ) -> Mapping[str, Any] | None:
        """Return an image without what is withheld of it."""
        if image is None or not self.hides(table, pk, image):
            return image
        return masked(table, image)


def masked(table: str, image: Mapping[str, Any]) -> dict[str, Any]:
    """Return an image of a withheld row: words give way, what is empty stays empty."""
    kept = KEPT[table]
    return {
        name: value if name in kept or value is None else _instead(table, name, image)
        for name, value in image.items()
    }


def cover(session: Session, reader: str | None) -> None:
    """Let a session show its reader only what they may know; None is anybody at all."""
    veil.cover(session, reader)
    session.info[ROWS] = RowVeil(session)


def rows_of(session: Session) -> RowVeil | None:
    """Return the veil over rows of the past; None for a session without one."""
    found: RowVeil | None = session.info.get(ROWS)
    return found


ROWS: Final = "veil of rows"


def _instead(table: str, name: str, image: Mapping[str, Any]) -> Any:
    if table == Source.__tablename__ and name == "key" and "id" in image:
        return veil.alias(uuid.UUID(str(image["id"])))
    told = {"says", "note", "retrieval"}
    in_words = name in told or (table == PageState.__tablename__ and name == "reason")
    return WORDS if in_words else veil.WITHHELD


def _words(item: Evidence) -> dict[str, Any]:
    """What an item says instead; what is empty stays so: whether it counts depends on it."""
    said = [name for name in TOLD if item.__dict__.get(name) is not None]
    return {name: WORDS if name in {"says", "note"} else veil.WITHHELD for name in said}


veil.falls_on(Evidence, "source_id", _words)
