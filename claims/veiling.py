"""The veil over what rests on a confidential source: the words of its evidence, and its history."""

import re
import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from claims.models import (
    Answer,
    Appendix,
    AppendixFile,
    ArticleSignOff,
    Claim,
    Evidence,
    Finding,
    InvitedClaim,
    Observation,
    SignOff,
)
from claims.said import SILENT, UNNAMED
from claims.vocabulary import Profile
from sources import veil
from sources.attempt_models import CaptureAttempt
from sources.base import Base
from sources.columns import Words
from sources.looks.models import PageState, WatchWish
from sources.models import LikenessAnswer, Snapshot, Source

WORDS: Final[Words] = {"zh": "（保密）", "en": "(confidential)"}
SAID_BY: Final = ("said_by", "said_role", "said_reached")
"""What says who told the desk something."""
SPOKEN: Final = frozenset({"quote", "locator", "says", "note"})
TOLD: Final = SPOKEN | {"cited_as", *SAID_BY}
"""What an item of evidence says in words; its stance, its figure and its number stay to be seen."""
SEEN: Final = frozenset({"quote", "old_words", "new_words"})
QUOTING: Final = ("source_changed", "source_gone")
"""The findings that quote what stands, or stood, on a source's page."""
FILES: Final = frozenset({"file_sha256", "proof_sha256", "size"})
DIGESTS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    SignOff.__tablename__: ("claim_id", frozenset({"content_sha256"})),
    ArticleSignOff.__tablename__: ("article_id", frozenset({"state_sha256"})),
    InvitedClaim.__tablename__: ("claim_id", frozenset({"material_sha256"})),
    Answer.__tablename__: ("claim_id", frozenset({"material_sha256"})),
    Appendix.__tablename__: ("id", frozenset({"content_sha256"})),
    AppendixFile.__tablename__: ("appendix_id", FILES),
}
"""By table: what a row is about, and its columns by which one could guess at that.

A digest without a salt lets anybody try words out, and the length of a file says how long they are.
"""
KEPT: Final[Mapping[str, frozenset[str]]] = {
    Source.__tablename__: veil.KEPT_OF_A_SOURCE,
    Snapshot.__tablename__: veil.KEPT_OF_A_SNAPSHOT,
    Evidence.__tablename__: frozenset(Evidence.__mapper__.columns.keys()) - TOLD,
    Observation.__tablename__: frozenset(Observation.__mapper__.columns.keys()) - SEEN,
    PageState.__tablename__: veil.KEPT_OF_A_STATE,
    WatchWish.__tablename__: veil.KEPT_OF_A_WISH,
    CaptureAttempt.__tablename__: veil.KEPT_OF_AN_ATTEMPT,
    LikenessAnswer.__tablename__: veil.KEPT_OF_A_LIKENESS,
    Finding.__tablename__: frozenset(Finding.__mapper__.columns.keys()) - {"message"},
}
"""The columns that are shown of a withheld row, by table."""


ITEM: Final = re.compile(r"E-(\d+)")


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
        for table, query in _queries(sources).items():
            rows = self._session.connection().execute(query)
            found[table] = frozenset(str(row[0]) for row in rows)
        return found

    @cached_property
    def items(self) -> Mapping[str, frozenset[int]]:
        """The numbers of the withheld items of evidence, by the key of their claim."""
        found: dict[str, set[int]] = {}
        if sources := veil.withheld(self._session):
            query = select(Evidence.claim_id, Evidence.number)
            rows = self._session.connection().execute(query.where(Evidence.source_id.in_(sources)))
            for claim, number in rows:
                found.setdefault(str(claim), set()).add(number)
        return {claim: frozenset(numbers) for claim, numbers in found.items()}

    @cached_property
    def told(self) -> frozenset[str]:
        """The keys of the claims that rest on something withheld, of their articles and issues.

        What was issued for the public is known to all; another issue may name what is withheld.
        """
        if not self.items:
            return frozenset()
        claims = [uuid.UUID(key) for key in self.items]
        query = select(Claim.article_id).where(Claim.id.in_(claims))
        articles = self._session.connection().execute(query).scalars()
        return frozenset({*self.items, *map(str, articles), *(one for one, _, _ in self._issues)})

    @cached_property
    def issued(self) -> frozenset[tuple[str, int]]:
        """The articles and numbers of the issues that may name something withheld."""
        return frozenset((article, number) for _, article, number in self._issues)

    @cached_property
    def _issues(self) -> list[tuple[str, str, int]]:
        """What was issued upon claims that rest on something withheld, but for the public."""
        claims = [uuid.UUID(key) for key in self.items]
        query = (
            select(Appendix.id, Appendix.article_id, Appendix.number)
            .join(Claim, Claim.article_id == Appendix.article_id)
            .where(Claim.id.in_(claims), Appendix.profile != Profile.PUBLIC)
            .distinct()
        )
        rows = self._session.connection().execute(query)
        return [(str(key), str(article), number) for key, article, number in rows]

    @cached_property
    def digested(self) -> Mapping[str, frozenset[str]]:
        """The keys of the rows that hold a digest of something withheld, by table."""
        found: dict[str, frozenset[str]] = {}
        for table, (about, _digest) in DIGESTS.items():
            columns = Base.metadata.tables[table].c
            keys = [uuid.UUID(key) for key in self.told]
            rows = self._session.connection().execute(
                select(columns.id).where(columns[about].in_(keys))
            )
            found[table] = frozenset(str(row[0]) for row in rows)
        return found

    def quoted(self, image: Mapping[str, Any]) -> bool:
        """Whether a finding quotes what a withheld item, or its page, says."""
        numbers = self.items.get(str(image.get("claim_id")), frozenset())
        named = {int(number) for number in ITEM.findall(str(image.get("message")))}
        return image.get("code") in QUOTING and bool(numbers & named)

    def hides(self, table: str, pk: str, *images: Mapping[str, Any] | None) -> bool:
        """Tell whether a row, or what it once was, is withheld."""
        if table == Finding.__tablename__:
            return any(image is not None and self.quoted(image) for image in images)
        if table in DIGESTS:
            about, _digest = DIGESTS[table]
            return any(image is not None and str(image.get(about)) in self.told for image in images)
        if table not in self.keys:
            return False
        sources = self.keys[Source.__tablename__]
        named = {
            str(image.get(name)) for image in images if image for name in ("source_id", "other_id")
        }
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
    if table in DIGESTS:
        given = {name for name in DIGESTS[table][1] if image.get(name) is not None}
        return {**image, **dict.fromkeys(given, veil.WITHHELD)}
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


def _queries(sources: frozenset[uuid.UUID]) -> dict[str, Select[Any]]:
    """What selects the withheld rows of each table."""
    owned = (Snapshot, Evidence, PageState, WatchWish, CaptureAttempt)
    found: dict[str, Select[Any]] = {
        model.__tablename__: select(model.id).where(model.source_id.in_(sources)) for model in owned
    }
    found[LikenessAnswer.__tablename__] = select(LikenessAnswer.id).where(
        LikenessAnswer.source_id.in_(sources) | LikenessAnswer.other_id.in_(sources)
    )
    items = found[Evidence.__tablename__]
    found[Observation.__tablename__] = select(Observation.id).where(
        Observation.evidence_id.in_(items)
    )
    claims = select(Evidence.claim_id).where(Evidence.source_id.in_(sources))
    found[Finding.__tablename__] = select(Finding.id).where(
        Finding.claim_id.in_(claims), Finding.code.in_(QUOTING)
    )
    return found


def _instead(table: str, name: str, image: Mapping[str, Any]) -> Any:
    if table == Source.__tablename__ and name == "key" and "id" in image:
        return veil.alias(uuid.UUID(str(image["id"])))
    told = {"says", "note", "retrieval", "message", "remarks"}
    answered = {PageState.__tablename__, CaptureAttempt.__tablename__}
    in_words = name in told or (table in answered and name == "reason")
    return WORDS if in_words and table != LikenessAnswer.__tablename__ else veil.WITHHELD


def _may_not_leave(session: Session, item: Evidence) -> bool:
    """Whether a person's terms forbid that what they said, or that they said it, leaves."""
    return veil.leaves(session) and item.__dict__.get("said_terms") in UNNAMED


def _words(item: Evidence) -> dict[str, Any]:
    """What an item says instead; what is empty stays so: whether it counts depends on it."""
    return _covered(item, TOLD)


def _unnamed(item: Evidence) -> dict[str, Any]:
    """What leaves of a personal communication: nobody's name, and off the record no word."""
    nobody: dict[str, Any] = dict.fromkeys(SAID_BY)
    silent = item.__dict__.get("said_terms") in SILENT
    return {**nobody, **(_covered(item, SPOKEN) if silent else {})}


def _covered(item: Evidence, names: frozenset[str]) -> dict[str, Any]:
    said = [name for name in names if item.__dict__.get(name) is not None]
    return {name: WORDS if name in {"says", "note"} else veil.WITHHELD for name in said}


def _observed(session: Session, row: Observation) -> bool:
    rows = rows_of(session)
    items = rows.keys.get(Evidence.__tablename__, ()) if rows is not None else ()
    return str(row.__dict__.get("evidence_id")) in items


def _seen(row: Observation) -> dict[str, Any]:
    """The words of an observation, where it has any."""
    return {name: veil.WITHHELD for name in SEEN if row.__dict__.get(name) is not None}


def _quoting(session: Session, row: Finding) -> bool:
    rows = rows_of(session)
    return rows is not None and bool(rows.items) and rows.quoted(row.__dict__)


veil.falls_on(Evidence, veil.of_source("source_id"), _words)
veil.falls_on(Evidence, _may_not_leave, _unnamed)
veil.falls_on(Observation, _observed, _seen)
veil.falls_on(Finding, _quoting, lambda _row: {"message": WORDS})
