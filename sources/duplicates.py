"""Entries that may be one document twice: proposed for what they share, decided by a person.

A reprint is another document with the same text (:mod:`sources.likenesses`); a duplicate is the
same document entered again.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Text, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from sources.duplicate_models import DuplicateAnswer
from sources.errors import Refused
from sources.likenesses import alike
from sources.models import Source
from sources.publishers import publishers
from sources.urls import doi_addresses, doi_of, variants
from sources.veil import is_veiled, refuse_veiled, withheld
from sources.vocabulary import Doubled

MOST = 12


class Shared(StrEnum):
    """What two entries have in common."""

    ADDRESS = "address"
    DOI = "doi"
    NAMES = "names"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Double:
    """Another entry that may be the same document, and why."""

    source: Source
    why: Shared


def doubles(session: Session, source: Source) -> list[Double]:
    """Return the entries that may be the same document and of which nobody said anything."""
    if is_veiled(source) or source.merged_into_id is not None:
        return []
    settled = {*_answered(session, source.id), source.id, *withheld(session)}
    found: dict[uuid.UUID, Double] = {}
    for why, rows in (
        (Shared.ADDRESS, _at_one_address(session, source)),
        (Shared.DOI, _with_one_doi(session, source)),
        (Shared.NAMES, _called_alike(session, source)),
        (Shared.TEXT, _saying_alike(session, source)),
    ):
        for row in rows:
            if row.id not in settled and row.merged_into_id is None:
                found.setdefault(row.id, Double(row, why))
    return list(found.values())[:MOST]


def keep_apart(session: Session, source: Source, other: Source, *, by: str) -> None:
    """Remember that two entries are two documents, so that it is not proposed again."""
    refuse_veiled(source, other)
    if source.id == other.id:
        raise Refused(
            "same_entry", {"zh": "这是同一条来源。", "en": "That is the very same entry."}, "other"
        )
    remember(session, source, other, Doubled.APART, by=by)


def remember(session: Session, one: Source, other: Source, outcome: Doubled, *, by: str) -> None:
    """Note what a person said about a pair."""
    first, second = sorted((one.id, other.id), key=str)
    session.add(DuplicateAnswer(source_id=first, other_id=second, outcome=outcome, created_by=by))
    session.flush()


def _answered(session: Session, source: uuid.UUID) -> set[uuid.UUID]:
    rows = session.execute(
        select(DuplicateAnswer.source_id, DuplicateAnswer.other_id).where(
            or_(DuplicateAnswer.source_id == source, DuplicateAnswer.other_id == source)
        )
    )
    return {key for row in rows for key in row}


def _at_one_address(session: Session, source: Source) -> Iterable[Source]:
    if not source.url:
        return []
    return _rows(session, Source.url.in_(variants(source.url)))


def _with_one_doi(session: Session, source: Source) -> Iterable[Source]:
    doi = _doi(source)
    if not doi:
        return []
    # The column is text; a DOI in it is found by its letters first, and then read.
    written = json.dumps(doi, ensure_ascii=False)[1:-1]
    named = type_coerce(Source.csl, Text).icontains(written, autoescape=True)
    addresses = {address.lower() for address in doi_addresses(doi)}
    rows = _rows(session, func.lower(Source.url).in_(addresses) | named)
    return [row for row in rows if _doi(row) == doi or doi_of(row.url) == doi]


def _doi(source: Source) -> str | None:
    """The DOI an entry states for its citation, else the one its address names."""
    return ((source.csl or {}).get("DOI") or doi_of(source.url) or "").lower() or None


def _called_alike(session: Session, source: Source) -> Iterable[Source]:
    if not (source.title and source.publisher and source.issued):
        return []
    same = Source.title == source.title, Source.issued == source.issued
    return [row for row in _rows(session, *same) if _of_one_publisher(row, source)]


def _saying_alike(session: Session, source: Source) -> Iterable[Source]:
    return [one.source for one in alike(session, source) if _of_one_publisher(one.source, source)]


def _of_one_publisher(one: Source, other: Source) -> bool:
    if one.publisher and one.publisher == other.publisher:
        return True
    table = publishers()
    mine, theirs = (table.behind(row.publisher, row.url) for row in (one, other))
    return mine is not None and mine is theirs


def _rows(session: Session, *conditions: object) -> Iterable[Source]:
    # Those that are withheld take no place of the others, or their number would show.
    query = select(Source).where(*conditions, Source.id.not_in(withheld(session)))  # type: ignore[arg-type]
    return session.scalars(query.order_by(Source.id).limit(MOST * 2)).all()
