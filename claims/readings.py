"""Reading a version portion by portion: its numbers listed, its clauses proposed, nothing twice."""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from claims import extraction, quantities
from claims.errors import Conflict
from claims.extraction.clauses import CJK_END, ENGLISH_END
from claims.extraction.figures import ProposedFigure as Read
from claims.extraction.periods import day_of
from claims.extraction.words import words_of
from claims.mentions import LANGUAGES, Found, accounted, mention_values
from claims.models import (
    Article,
    ArticleVersion,
    Proposal,
    ProposedFigure,
    QuantityMention,
    Reading,
)
from claims.triage_vocabulary import Strength
from sources.base import Base, now
from sources.identifiers import uuid7

PORTION = 40_000
"""Code points read in one transaction; a text of this length takes well under a second."""
Span = tuple[int, int]
Row = dict[str, Any]


class Progress(NamedTuple):
    """How far a version has been read, in code points, and whether that is all of it."""

    read_to: int
    total: int
    finished: bool

    @property
    def percent(self) -> int:
        """The share that is read, in whole percent."""
        return 100 if self.finished else self.read_to * 100 // max(self.total, 1)


def start_reading(session: Session, version: ArticleVersion, *, by: str) -> Reading:
    """Begin a run over a version with the reader and the tables of today."""
    article = version.article
    number = session.scalar(
        select(func.coalesce(func.max(Reading.number), 0)).where(Reading.version_id == version.id)
    )
    reading = Reading(
        version_id=version.id,
        number=(number or 0) + 1,
        reader_version=quantities.VERSION,
        extractor_version=extraction.VERSION,
        tables_sha256=extraction.tables_hash(),
        language=article.language,
        published=article.published,
        read_to=0,
        created_by=by,
    )
    session.add(reading)
    session.flush()
    return reading


def latest_reading(
    session: Session, version_id: uuid.UUID, *, lock: bool = False
) -> Reading | None:
    """Return the newest run over a version; ``lock`` keeps others from going on with it."""
    query = select(Reading).where(Reading.version_id == version_id)
    if lock:
        query = query.with_for_update()
    return session.scalars(query.order_by(Reading.number.desc()).limit(1)).first()


def progress(reading: Reading | None, version: ArticleVersion) -> Progress:
    """Return how far a version is read; one that no run began is not read at all."""
    if reading is None:
        return Progress(0, version.characters, finished=False)
    return Progress(reading.read_to, version.characters, reading.finished_at is not None)


def read_on(
    session: Session,
    version: ArticleVersion,
    *,
    by: str,
    seen: int | None = None,
    size: int = PORTION,
) -> Progress:
    """Read the next portion; starts a run where there is none, does nothing behind the end.

    ``seen`` is how far the caller believes the text is read: when somebody else read on, or the
    same request comes twice, nothing is read again.
    """
    session.execute(select(Article.id).where(Article.id == version.article_id).with_for_update())
    reading = latest_reading(session, version.id, lock=True)
    if reading is None:
        reading = start_reading(session, version, by=by)
    if reading.finished_at is not None or (seen is not None and seen != reading.read_to):
        return progress(reading, version)
    start = reading.read_to
    stop = portion_end(version.text, start, size, reading.language)
    _read_portion(session, version, reading, (start, stop), by)
    reading.read_to = stop
    if stop >= len(version.text):
        reading.finished_at = now()
    session.flush()
    return progress(reading, version)


def portion_end(text: str, start: int, size: int, language: str) -> int:
    """Return where a portion ends: at a paragraph's end, else a sentence's, near ``size``.

    It is never much longer, whatever the text.
    """
    limit = start + size
    if len(text) <= limit:
        return len(text)
    line = text.rfind("\n", start + size // 2, limit)
    if line >= 0:
        return line + 1
    ends = CJK_END if words_of(language).cjk else ENGLISH_END
    before = [found.end() for found in ends.finditer(text, start + size // 2, limit)]
    if before and before[-1] < limit:
        # An end that touches the limit may go on behind it, as a row of marks does.
        return before[-1]
    furthest = limit + PORTION
    following = ends.search(text, limit, furthest)
    if following is not None or len(text) <= furthest:
        return following.end() if following is not None else len(text)
    # No sentence is as long. Somebody's two megabytes without an end are read in portions too.
    space = max(text.rfind(" ", limit, furthest), text.rfind("\u3000", limit, furthest))
    return space + 1 if space >= 0 else furthest


def numbers_of(text: str, reading: Reading) -> list[Found]:
    """Return what the reader finds in a stretch of text, told the article's day."""
    tongue = LANGUAGES.get(reading.language.split("-", maxsplit=1)[0], "en")
    return quantities.read(text, tongue, published=day_of(reading.published))


def _read_portion(
    session: Session, version: ArticleVersion, reading: Reading, bounds: Span, by: str
) -> None:
    text = version.text[bounds[0] : bounds[1]]
    found = numbers_of(text, reading)
    known = known_mentions(session, version.id, bounds)
    fresh: list[Row] = []
    mentions: dict[Span, uuid.UUID] = {}
    for number in found:
        span = (number.start + bounds[0], number.end + bounds[0])
        if span in mentions:
            continue
        held = known.overlapping(span)
        if held is None:
            fresh.append({"id": uuid7(), **mention_values(version.id, number, by, bounds[0])})
        mentions[span] = held or fresh[-1]["id"]
    if fresh:
        _insert(session, QuantityMention, fresh)
    made = extraction.propose(text, reading.language, found, reading.published)
    if known:
        done = accounted(session, version.id)
        made = [one for one in made if not _all_accounted(one, mentions, done, bounds[0])]
    store(session, reading, made, mentions, bounds[0], by)


def _all_accounted(
    proposal: extraction.Proposal,
    mentions: dict[Span, uuid.UUID],
    done: set[uuid.UUID],
    shift: int,
) -> bool:
    return all(mentions[span_of(figure, shift)] in done for figure in proposal.figures)


class Known:
    """The mentions a stretch of text has already, found by place."""

    def __init__(self, rows: Iterable[tuple[uuid.UUID, int, int]]) -> None:
        self._rows = sorted((start, stop, key) for key, start, stop in rows)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def overlapping(self, span: Span) -> uuid.UUID | None:
        """Return the mention that shares most with a span, or None."""
        shared = [
            (min(stop, span[1]) - max(start, span[0]), key)
            for start, stop, key in self._rows
            if start < span[1] and span[0] < stop
        ]
        return max(shared, key=lambda pair: pair[0])[1] if shared else None


def known_mentions(session: Session, version_id: uuid.UUID, bounds: Span) -> Known:
    """Return the mentions that stand inside the bounds."""
    columns = (QuantityMention.id, QuantityMention.start, QuantityMention.stop)
    rows = session.execute(
        select(*columns).where(
            QuantityMention.version_id == version_id,
            QuantityMention.start < bounds[1],
            QuantityMention.stop > bounds[0],
        )
    )
    return Known((row[0], row[1], row[2]) for row in rows)


def span_of(figure: Read, shift: int) -> Span:
    """Return where a figure's number stands in the whole text."""
    return figure.quantity.start + shift, figure.quantity.end + shift


def store(
    session: Session,
    reading: Reading,
    made: Iterable[extraction.Proposal],
    mentions: dict[Span, uuid.UUID],
    shift: int,
    by: str,
) -> list[uuid.UUID]:
    """Insert proposals and their figures in two statements; return the proposals' keys."""
    first = next_number(session, reading.version_id)
    rows: list[Row] = []
    figures: list[Row] = []
    for number, one in enumerate(made, start=first):
        rows.append(proposal_values(reading, one, number, shift, by))
        figures += [
            figure_values(figure, rows[-1]["id"], place, mentions, shift, by)
            for place, figure in enumerate(one.figures, start=1)
        ]
    if rows:
        _insert(session, Proposal, rows)
        _insert(session, ProposedFigure, figures)
    return [row["id"] for row in rows]


def _insert(session: Session, model: type[Base], rows: list[Row]) -> None:
    """Insert rows in one statement: the mapped class would send one for each pattern of nulls."""
    table: Any = model.__table__
    session.execute(insert(table), rows)


def next_number(session: Session, version_id: uuid.UUID) -> int:
    """Return the number of the next proposal of a version."""
    highest = session.scalar(
        select(func.max(Proposal.number)).where(Proposal.version_id == version_id)
    )
    return (highest or 0) + 1


def proposal_values(
    reading: Reading, one: extraction.Proposal, number: int, shift: int, by: str
) -> Row:
    """Return the columns of a proposal."""
    return {
        "id": uuid7(),
        "version_id": reading.version_id,
        "reading_id": reading.id,
        "number": number,
        "start": one.start + shift,
        "stop": one.stop + shift,
        "sentence_start": one.sentence[0] + shift,
        "sentence_stop": one.sentence[1] + shift,
        "statement": one.statement,
        "kind": one.kind,
        "strength": Strength.STRONG if one.strong else Strength.WEAK,
        "rule": one.rule,
        "created_by": by,
    }


def figure_values(
    figure: Read,
    proposal_id: uuid.UUID,
    number: int,
    mentions: dict[Span, uuid.UUID],
    shift: int,
    by: str,
) -> Row:
    """Return the columns of a proposal's figure."""
    quantity, dated = figure.quantity, figure.dated
    period = dated.mention and mentions.get(
        (dated.mention.start + shift, dated.mention.end + shift)
    )
    return {
        "id": uuid7(),
        "proposal_id": proposal_id,
        "mention_id": mentions.get(span_of(figure, shift)),
        "period_mention_id": period,
        "number": number,
        "strength": Strength.STRONG if figure.strong else Strength.WEAK,
        "rule": figure.rule,
        "role": figure.role,
        "pair": figure.pair,
        "stated_text": quantity.text,
        "start": quantity.start + shift,
        "stop": quantity.end + shift,
        **_bound_values(figure),
        "change_kind": figure.change_kind,
        "period": dated.period,
        "period_source": dated.source if dated.period or dated.note else None,
        "period_note": dated.note,
        "subject": figure.subject,
        "measure": figure.measure,
        "observation_status": figure.observation_status,
        "material": figure.strong,
        "created_by": by,
    }


def _bound_values(figure: Read) -> Row:
    bounds = figure.bounds
    return {
        "comparator": bounds.comparator,
        "low": bounds.low,
        "high": bounds.high,
        "low_inclusive": bounds.low_inclusive,
        "high_inclusive": bounds.high_inclusive,
        "stated_decimals": bounds.stated_decimals,
        "unit": bounds.unit,
        "multiplier": figure.quantity.multiplier,
    }


def expect_read(reading: Reading | None) -> Reading:
    """Raise Conflict while a version is still being read."""
    if reading is None or reading.finished_at is None:
        raise Conflict(
            "still_reading",
            {
                "zh": "正文还没有读完，请先继续读完。",
                "en": "The text is not read to its end yet: go on reading first.",
            },
        )
    return reading
