"""Texts that resemble each other: a reprint is proposed, a person says whether it is one."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from sources.errors import Conflict, Refused
from sources.families import family, survivor
from sources.models import LikenessAnswer, Snapshot, SnapshotBand, Source, write_bands
from sources.origins import derive, roots_of
from sources.shingles import FEWEST, LONGEST, likeness, shingles
from sources.veil import refuse_veiled, withheld
from sources.vocabulary import Likened

CLOSE: Final = 60
"""Per cent of the shorter text: two reports of one event share far less, a reprint far more."""
FEWEST_BANDS: Final = 2
"""Bands in which two texts meet before they are compared; one may be chance."""
COMPARED: Final = 12
"""Texts that are compared with one source's; more copies show in the pages of the others."""
COPIES: Final = 6
"""Copies of one source that are compared: a page that is watched leaves one at every change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another source that says the same: how much of the shorter text, and which came first.

    ``earlier`` is true where the other source is the earlier one, and so the likelier origin.
    """

    source: Source
    likeness: int
    earlier: bool


def alike(session: Session, source: Source) -> list[Alike]:
    """Return the sources whose kept texts resemble this one's and of which nobody said anything.

    Sources that go back to one origin already are left out; nothing is linked here.
    """
    hidden = withheld(session)
    if source.id in hidden:
        return []
    own = family(session, source.id)
    found = {key for rows in _meeting(session, own).values() for key in rows}
    settled = {key for one in own for key in _answered(session, one)} | {*own, *hidden}
    others = [key for key in found if key not in settled]
    roots = roots_of(session, {source.id, *others})
    apart = [key for key in others if roots[key] != roots[source.id]]
    if not apart:
        return []
    texts = _texts(session, [*own, *apart])
    mine = [text for one in own for text in texts[one]]
    judged: dict[uuid.UUID, Alike] = {}
    for row in session.scalars(select(Source).where(Source.id.in_(apart))):
        other, percent = survivor(row), _closest_of(mine, texts[row.id])
        known = judged.get(other.id)
        if other.id not in settled and (known is None or known.likeness < percent):
            earlier = _date(other) < _date(source)
            judged[other.id] = Alike(source=other, likeness=percent, earlier=earlier)
    close = [one for one in judged.values() if one.likeness >= CLOSE]
    return sorted(close, key=lambda one: (-one.likeness, one.source.key))


def alike_among(session: Session, sources: Sequence[Source]) -> dict[uuid.UUID, list[Alike]]:
    """Return, for those of a claim's sources that have any, the sources that say the same."""
    known = _meeting(session, [source.id for source in sources])
    found = {source.id: alike(session, source) for source in sources if known.get(source.id)}
    return {key: rows for key, rows in found.items() if rows}


def link(
    session: Session, reprint: Source, origin: Source, *, by: str, note: str | None = None
) -> None:
    """Note that one source repeats the other, because a person saw that it does.

    Raises Refused where the two do not resemble each other or would run in a circle, Conflict
    where the reprint has an origin already.
    """
    percent = likeness_of(session, reprint, origin)
    if reprint.derived_from_id is not None:
        raise Conflict(
            "has_origin",
            {
                "zh": "这条来源已经标明出处；要改请更正来源。",
                "en": "This source has an origin already; correct the source to change it.",
            },
            "origin",
        )
    basis = f"{percent} % 文本相同 same text · {by.removeprefix('editor:')}"
    derive(session, reprint, origin, basis=basis)
    _remember(session, reprint, origin, Likened.LINKED, percent, by, note)


def dismiss(
    session: Session, source: Source, other: Source, *, by: str, note: str | None = None
) -> None:
    """Remember that two sources only resemble each other, so that it is not proposed again."""
    percent = likeness_of(session, source, other)
    _remember(session, source, other, Likened.DISMISSED, percent, by, note)


def likeness_of(session: Session, one: Source, other: Source) -> int:
    """Return how much of the shorter text of two sources stands in the other, in per cent.

    Raises Refused where that is not much: then there is nothing to answer.
    """
    refuse_veiled(one, other)
    mine, theirs = family(session, one.id), family(session, other.id)
    texts = _texts(session, [*mine, *theirs])
    percent = _closest_of(
        [text for key in mine for text in texts[key]],
        [text for key in theirs for text in texts[key]],
    )
    if percent < CLOSE or one.id == other.id:
        raise Refused(
            "not_alike",
            {
                "zh": "这两条来源的文本并不相似。",
                "en": "The texts of these two sources do not resemble each other.",
            },
        )
    return percent


def complete(session: Session) -> int:
    """Index the texts no index knows yet, and return how many; after an upgrade."""
    query = select(Snapshot).where(
        Snapshot.extracted_text.is_not(None),
        func.length(Snapshot.extracted_text) >= FEWEST,
        Snapshot.id.not_in(select(SnapshotBand.snapshot_id)),
    )
    connection = session.connection()
    done = [
        write_bands(connection, row)
        for row in session.scalars(query.execution_options(yield_per=100))
    ]
    return sum(1 for bands in done if bands)


def _meeting(
    session: Session, sources: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, Mapping[uuid.UUID, int]]:
    """Return which other sources' texts meet those of these in the index, and how often.

    Those that are withheld take no place of the others, or their number would show.
    """
    mine, theirs = aliased(Snapshot), aliased(Snapshot)
    here, there = aliased(SnapshotBand), aliased(SnapshotBand)
    shared = func.count().label("shared")
    rows = session.execute(
        select(mine.source_id, theirs.source_id, shared)
        .join(here, here.snapshot_id == mine.id)
        .join(there, there.band == here.band)
        .join(theirs, theirs.id == there.snapshot_id)
        .where(mine.source_id.in_(sources), theirs.source_id != mine.source_id)
        .where(theirs.source_id.not_in(withheld(session)))
        .group_by(mine.source_id, theirs.source_id)
        .having(shared >= FEWEST_BANDS)
        .order_by(shared.desc(), theirs.source_id)
        .limit(COMPARED * max(1, len(sources)))
    )
    found: dict[uuid.UUID, dict[uuid.UUID, int]] = {}
    for one, other, number in rows:
        found.setdefault(one, {})[other] = number
    return found


def _answered(session: Session, source: uuid.UUID) -> set[uuid.UUID]:
    rows = session.execute(
        select(LikenessAnswer.source_id, LikenessAnswer.other_id).where(
            or_(LikenessAnswer.source_id == source, LikenessAnswer.other_id == source)
        )
    )
    return {key for row in rows for key in row}


def _texts(
    session: Session, sources: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, list[frozenset[int]]]:
    """Return the shingles of each source's newest texts, of each no more than is looked at."""
    place = func.row_number().over(partition_by=Snapshot.source_id, order_by=Snapshot.id.desc())
    newest = (
        select(Snapshot.id, place.label("place"))
        .where(Snapshot.source_id.in_(sources), Snapshot.extracted_text.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(Snapshot.source_id, func.substr(Snapshot.extracted_text, 1, LONGEST))
        .join(newest, newest.c.id == Snapshot.id)
        .where(newest.c.place <= COPIES)
    )
    found: dict[uuid.UUID, list[frozenset[int]]] = {key: [] for key in sources}
    for key, text in rows:
        found[key].append(shingles(text))
    return found


def _closest_of(mine: Collection[frozenset[int]], others: Collection[frozenset[int]]) -> int:
    pairs = [
        likeness(one, other)
        for one in mine
        for other in others
        if min(len(one), len(other)) >= FEWEST
    ]
    return max(pairs, default=0)


def _date(source: Source) -> tuple[str, str]:
    """The order in which sources came out: by their own date, else by when they were entered."""
    return source.issued or "9999", source.created_at.isoformat()


def _remember(
    session: Session,
    one: Source,
    other: Source,
    outcome: Likened,
    percent: int,
    by: str,
    note: str | None,
) -> None:
    first, second = sorted((one.id, other.id), key=str)
    session.add(
        LikenessAnswer(
            source_id=first,
            other_id=second,
            outcome=outcome,
            likeness=percent,
            note=(note or "").strip() or None,
            created_by=by,
        )
    )
    session.flush()
