"""Reading a version again with a newer reader: what differs, and nothing is overwritten."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims import extraction
from claims.extraction.figures import figure_read
from claims.figures import StatedFigure
from claims.mentions import Found, is_claimed, mention_values
from claims.models import (
    ArticleVersion,
    Proposal,
    ProposedFigure,
    QuantityMention,
    Reading,
    ReadingDifference,
)
from claims.period_wording import period_words
from claims.proposals import hold
from claims.reading import reading_words
from claims.readings import Span, expect_read, latest_reading, numbers_of, start_reading
from claims.triage_vocabulary import DifferenceKind, ProposalState
from sources.base import now
from sources.columns import Words

BY_HAND = "by hand"
LIVE = (ProposalState.PENDING, ProposalState.ACCEPTED, ProposalState.REJECTED)


@dataclass(frozen=True)
class Later:
    """What the reader of today sees in a version."""

    numbers: dict[Span, Found]
    proposals: list[extraction.Proposal]

    @cached_property
    def by_place(self) -> dict[Span, extraction.Proposal]:
        """The proposals by their bounds."""
        return {(one.start, one.stop): one for one in self.proposals}


def look(version: ArticleVersion, reading: Reading) -> Later:
    """Read the whole of a version in memory."""
    found = numbers_of(version.text, reading)
    numbers = {(one.start, one.end): one for one in reversed(found)}
    made = extraction.propose(version.text, reading.language, found, reading.published)
    return Later(numbers, made)


def read_again(session: Session, version: ArticleVersion, *, by: str) -> Reading:
    """Record a new run over a version, with each difference from what stands there now.

    Numbers and proposals stay as they are until a person takes a difference over. Raises
    Conflict while an earlier run has not reached the end.
    """
    hold(session, version)
    expect_read(latest_reading(session, version.id, lock=True))
    reading = start_reading(session, version, by=by)
    later = look(version, reading)
    found = [
        *_number_differences(session, version, later),
        *_proposal_differences(session, version, later),
    ]
    for number, difference in enumerate(found, start=1):
        difference.reading_id, difference.number, difference.created_by = reading.id, number, by
    session.add_all(found)
    reading.read_to, reading.finished_at = version.characters, now()
    session.flush()
    return reading


def mentions_of(session: Session, version: ArticleVersion) -> list[tuple[QuantityMention, bool]]:
    """Return the numbers of a version in text order, and whether a claim holds each."""
    rows = session.execute(
        select(QuantityMention, is_claimed())
        .where(QuantityMention.version_id == version.id)
        .order_by(QuantityMention.start)
    )
    return [(row[0], row[1]) for row in rows]


def _number_differences(
    session: Session, version: ArticleVersion, later: Later
) -> list[ReadingDifference]:
    rows = mentions_of(session, version)
    pairs = _aligned([(row.start, row.stop) for row, _ in rows], list(later.numbers))
    met = {new for new in pairs if new is not None}
    found: list[ReadingDifference] = []
    for (row, claimed), span in zip(rows, pairs, strict=True):
        number = later.numbers.get(span) if span else None
        held = "claim" if claimed else "dismissed" if row.dismissed_as is not None else None
        if number is None and row.reader_version != BY_HAND:
            found.append(_difference(DifferenceKind.NUMBER_VANISHED, row, _was(row), None, held))
        elif number is not None and row.reader_version != BY_HAND and _changed(row, number):
            kind = DifferenceKind.NUMBER_CHANGED
            found.append(_difference(kind, row, _was(row), number_words(number), held))
    for span, number in later.numbers.items():
        if span not in met and not any(_meets(span, (row.start, row.stop)) for row, _ in rows):
            words = number_words(number)
            found.append(_placed(DifferenceKind.NUMBER_NEW, span, None, words, None))
    return found


def _aligned(olds: Sequence[Span], news: Sequence[Span]) -> list[Span | None]:
    """Give each old span the new one that meets it, walking both in text order."""
    ordered = sorted(news)
    answer: list[Span | None] = []
    at = 0
    for old in olds:
        while at < len(ordered) and ordered[at][1] <= old[0]:
            at += 1
        meets = at < len(ordered) and _meets(ordered[at], old)
        answer.append(ordered[at] if meets else None)
    return answer


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _changed(row: QuantityMention, number: Found) -> bool:
    """Tell whether today's reader sees another place, value, unit or time."""
    from_reader = _values(number)
    stored = (row.start, row.stop, row.low, row.high, row.unit, row.comparator, row.period)
    return stored != from_reader


def _values(number: Found) -> tuple[object, ...]:
    values = mention_values(uuid.UUID(int=0), number, "")
    names = ("start", "stop", "low", "high", "unit", "comparator", "period")
    return tuple(values[name] for name in names)


def number_words(number: Found) -> Words:
    """Say what a number is read as."""
    return said(number.text, reading_words(figure_read(number)), number.period)


def _was(row: QuantityMention) -> Words:
    figure = StatedFigure(comparator=row.comparator, low=row.low, high=row.high, unit=row.unit)
    dated = row.kind.startswith("date")
    return said(row.text, {} if dated else reading_words(figure), row.period)


def said(text: str, interval: Words, period: str | None) -> Words:
    """Return the printed words with their meaning beside them."""
    dates = period_words(period) if period else {}
    made = {}
    for tongue in ("zh", "en"):
        meaning = [words[tongue] for words in (interval, dates) if words.get(tongue)]
        made[tongue] = " = ".join([text, *meaning[:1]])
    return made


def _difference(
    kind: DifferenceKind,
    row: QuantityMention | Proposal,
    was: Words | None,
    becomes: Words | None,
    held: str | None,
) -> ReadingDifference:
    return _placed(kind, (row.start, row.stop), was, becomes, held)


def _placed(
    kind: DifferenceKind,
    span: Span,
    was: Words | None,
    becomes: Words | None,
    held: str | None,
) -> ReadingDifference:
    return ReadingDifference(
        kind=kind, start=span[0], stop=span[1], was=was, becomes=becomes, held_by=held
    )


def live_proposals(session: Session, version: ArticleVersion) -> list[Proposal]:
    """Return the proposals that still speak for their numbers, with their figures."""
    return list(
        session.scalars(
            select(Proposal)
            .where(Proposal.version_id == version.id, Proposal.state.in_(LIVE))
            .order_by(Proposal.start, Proposal.number)
            .options(selectinload(Proposal.figures))
        )
    )


class Standing:
    """The proposals of a version, found by the places of their figures."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        self.spans: list[tuple[int, int, Proposal]] = sorted(
            ((row.start, row.stop, one) for one in proposals for row in one.figures),
            key=lambda entry: entry[:2],
        )

    def sharing(self, made: extraction.Proposal) -> list[Proposal]:
        """Return the proposals that hold a number of this one."""
        found: dict[uuid.UUID, Proposal] = {}
        for figure in made.figures:
            span = (figure.quantity.start, figure.quantity.end)
            found |= {one.id: one for start, stop, one in self.spans if _meets(span, (start, stop))}
        return list(found.values())


def _proposal_differences(
    session: Session, version: ArticleVersion, later: Later
) -> list[ReadingDifference]:
    standing = live_proposals(session, version)
    places = Standing(standing)
    claimed = [(row.start, row.stop) for row, held in mentions_of(session, version) if held]
    met: set[uuid.UUID] = set()
    found: list[ReadingDifference] = []
    for made in later.proposals:
        shared = places.sharing(made)
        met |= {one.id for one in shared}
        becomes = {"zh": made.statement, "en": made.statement}
        span = (made.start, made.stop)
        if not shared and not _all_claimed(made, claimed):
            found.append(_placed(DifferenceKind.PROPOSAL_NEW, span, None, becomes, None))
        elif shared and not (len(shared) == 1 and _same(shared[0], made)):
            touched = next((one for one in shared if one.touched), None)
            words = "；".join(one.statement for one in shared)
            held = (touched.state.value if touched.decided_by else "edited") if touched else None
            was = {"zh": words, "en": words}
            found.append(_placed(DifferenceKind.PROPOSAL_CHANGED, span, was, becomes, held))
    for one in standing:
        if one.id not in met and not one.touched:
            was = {"zh": one.statement, "en": one.statement}
            found.append(_difference(DifferenceKind.PROPOSAL_VANISHED, one, was, None, None))
    return found


def _all_claimed(made: extraction.Proposal, claimed: list[Span]) -> bool:
    spans = [(one.quantity.start, one.quantity.end) for one in made.figures]
    return all(any(_meets(span, held) for held in claimed) for span in spans)


def _same(row: Proposal, made: extraction.Proposal) -> bool:
    """Tell whether a standing proposal says what today's reader would propose.

    What a person changed is compared by its place and its numbers only.
    """
    spans = [(one.quantity.start, one.quantity.end) for one in made.figures]
    if sorted(spans) != sorted((one.start, one.stop) for one in row.figures):
        return False
    if row.touched:
        return True
    if (row.start, row.stop, row.statement) != (made.start, made.stop, made.statement):
        return False
    fresh = dict(zip(spans, made.figures, strict=True))
    return all(_same_figure(one, fresh[one.start, one.stop]) for one in row.figures)


def _same_figure(row: ProposedFigure, made: extraction.figures.ProposedFigure) -> bool:
    bounds = made.bounds
    stored = (row.low, row.high, row.comparator, row.unit, row.role, row.period, row.material)
    return stored == (
        bounds.low,
        bounds.high,
        bounds.comparator,
        bounds.unit,
        made.role,
        made.dated.period,
        made.strong,
    )
