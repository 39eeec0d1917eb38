"""The numbers a reader sees in a version: found by the quantity reader, claimed or dismissed."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from claims import quantities
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
    comparator = Comparator(found.comparator) if found.comparator in set(Comparator) else None
    high = found.value_high if found.value_high is not None else found.value
    comparator = comparator or (Comparator.EXACTLY if found.value is not None else None)
    return QuantityMention(
        version_id=version.id,
        start=found.start,
        stop=found.end,
        text=found.text,
        kind=found.kind,
        low=None if comparator in HIGH_ONLY else found.value,
        high=None if comparator in LOW_ONLY else high,
        unit=found.unit,
        comparator=comparator,
        change_kind=ChangeKind(found.change) if found.change in set(ChangeKind) else None,
        period=found.period,
        rule=found.rule,
        reason=found.reason or (None if found.value is not None or found.period else "no value"),
        reader_version=quantities.VERSION,
        created_by=by,
    )


def list_mentions(
    session: Session, version: ArticleVersion, found: Iterable[Found], by: str
) -> list[QuantityMention]:
    """Add a row for every number found; two readings of one span keep the first."""
    rows: dict[tuple[int, int], QuantityMention] = {}
    for item in found:
        rows.setdefault((item.start, item.end), mention(version, item, by))
    session.add_all(rows.values())
    session.flush()
    return list(rows.values())


def coverage(session: Session, version: ArticleVersion) -> Coverage:
    """Count the numbers that are claimed by a figure or dismissed with a reason."""
    claimed = select(Figure.id).where(
        or_(
            Figure.mention_id == QuantityMention.id,
            Figure.period_mention_id == QuantityMention.id,
        )
    )
    done = or_(QuantityMention.dismissed_as.is_not(None), claimed.exists())
    row = session.execute(
        select(func.count(), func.count().filter(done)).where(
            QuantityMention.version_id == version.id
        )
    ).one()
    return Coverage(accounted=row[1], total=row[0])
