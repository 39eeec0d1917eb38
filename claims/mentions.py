"""The numbers a reader sees in a version: found by the quantity reader, claimed or dismissed."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from claims import quantities
from claims.extraction.figures import storable
from claims.figures import ChangeKind, Comparator
from claims.models import ArticleVersion, Figure, QuantityMention

Found = quantities.Quantity
HIGH_ONLY = frozenset({Comparator.UNDER, Comparator.AT_MOST})
LOW_ONLY = frozenset({Comparator.OVER, Comparator.AT_LEAST})
LANGUAGES = {"zh": "zh", "en": "en", "ja": "ja", "ko": "ko"}


class Coverage(NamedTuple):
    """How many numbers of a version are accounted for, out of how many."""

    accounted: int
    total: int


def find(version: ArticleVersion, language: str, published: str | None) -> list[Found]:
    """Return what the reader finds in a version, in text order."""
    day = None
    if published and len(published) == len("2025-02-24"):
        day = dt.date.fromisoformat(published)
    tongue = LANGUAGES.get(language.split("-", maxsplit=1)[0], "en")
    return quantities.read(version.text, tongue, published=day)


def mention(version: ArticleVersion, found: Found, by: str) -> QuantityMention:
    """Return the row for one number of the text."""
    return QuantityMention(**mention_values(version.id, found, by))


def mention_values(version_id: uuid.UUID, found: Found, by: str, shift: int = 0) -> dict[str, Any]:
    """Return the columns of one number; ``shift`` is where the text that was read begins.

    A number with more digits than anybody prints is listed without a value.
    """
    comparator = Comparator(found.comparator) if found.comparator in set(Comparator) else None
    low = found.value
    high = found.value_high if found.value_high is not None else found.value
    comparator = comparator or (Comparator.EXACTLY if low is not None else None)
    reason = found.reason or (None if low is not None or found.period else "no value")
    if not (storable(low) and storable(high)):
        low, high, comparator, reason = None, None, None, "more digits than are kept"
    return {
        "version_id": version_id,
        "start": found.start + shift,
        "stop": found.end + shift,
        "text": found.text,
        "kind": found.kind,
        "low": None if comparator in HIGH_ONLY else low,
        "high": None if comparator in LOW_ONLY else high,
        "unit": found.unit,
        "comparator": comparator,
        "change_kind": ChangeKind(found.change) if found.change in set(ChangeKind) else None,
        "period": found.period,
        "rule": found.rule,
        "reason": reason,
        "reader_version": quantities.VERSION,
        "created_by": by,
    }


def is_claimed() -> ColumnElement[bool]:
    """Whether a figure of a claim accounts for the mention, as a condition on its row."""
    figure = select(Figure.id).where(
        or_(
            Figure.mention_id == QuantityMention.id,
            Figure.period_mention_id == QuantityMention.id,
        )
    )
    return figure.exists()


def is_accounted() -> ColumnElement[bool]:
    """Whether the mention is claimed, or dismissed with a reason."""
    return or_(QuantityMention.dismissed_as.is_not(None), is_claimed())


def accounted(session: Session, version_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the mentions of a version that are accounted for."""
    query = select(QuantityMention.id).where(
        QuantityMention.version_id == version_id, is_accounted()
    )
    return set(session.scalars(query))


def dismissed(session: Session, version: ArticleVersion) -> Sequence[QuantityMention]:
    """Return the numbers of a version that were set aside, in text order."""
    query = select(QuantityMention).where(
        QuantityMention.version_id == version.id, QuantityMention.dismissed_as.is_not(None)
    )
    return session.scalars(query.order_by(QuantityMention.start)).all()


def coverage(session: Session, version: ArticleVersion) -> Coverage:
    """Count the numbers that are claimed by a figure or dismissed with a reason."""
    row = session.execute(
        select(func.count(), func.count().filter(is_accounted())).where(
            QuantityMention.version_id == version.id
        )
    ).one()
    return Coverage(accounted=row[1], total=row[0])
