"""Correcting proposals before they become claims: their words, their figures, merge and split."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.errors import Conflict, Refused
from claims.figures import Role
from claims.journal import Journal
from claims.models import (
    ArticleVersion,
    Proposal,
    ProposedFigure,
    QuantityMention,
    TriageAct,
)
from claims.periods import YEARLESS, PeriodError, read_period
from claims.proposals import decide, expect_pending, hold, proposal_of
from claims.readings import next_number
from claims.triage_vocabulary import (
    STANDING,
    ActKind,
    PeriodSource,
    ProposalState,
    Strength,
    adjoining,
)
from sources.columns import Words
from sources.identifiers import uuid7

MARK = re.compile(r"[,，;；、:：]|\s(?=(?:and|but|while)\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEdit:
    """What an editor makes of a proposal's figure."""

    period: str | None
    subject: str | None
    measure: str | None
    material: bool


def edit(
    session: Session,
    version: ArticleVersion,
    number: int,
    *,
    statement: str,
    kind: str,
    figures: Sequence[FigureEdit],
    by: str,
    seen: int | None = None,
) -> TriageAct:
    """Correct a proposal: its words, its kind, and each figure's period, subject and measure.

    ``figures`` are in the order of the proposal's own. Raises Refused naming the field.
    """
    hold(session, version)
    proposal = proposal_of(session, version, number)
    expect_pending(proposal, seen)
    said = statement.strip()
    if not said:
        raise Refused(
            "statement_missing", {"zh": "请写出论断。", "en": "Write the statement."}, "statement"
        )
    journal = Journal(session, version, by)
    journal.change(
        proposal, statement=said, kind=kind.strip() or proposal.kind, edited_by=journal.by
    )
    tongue = version.article.language.split("-", maxsplit=1)[0]
    for row, given in zip(proposal.figures, figures, strict=True):
        _edit_figure(journal, row, given, tongue)
    return journal.close(ActKind.EDIT, str(number))


def _edit_figure(journal: Journal, row: ProposedFigure, given: FigureEdit, tongue: str) -> None:
    values: dict[str, object] = {
        "subject": _words(row.subject, given.subject, tongue),
        "measure": _words(row.measure, given.measure, tongue),
        "material": given.material,
    }
    period = read_edtf(given.period, f"period_{row.number}")
    if period != row.period:
        values |= {
            "period": period,
            "period_source": PeriodSource.EDITOR if period else None,
            "period_note": None,
            "period_mention_id": None,
        }
    journal.change(row, **values)


def read_edtf(text: str | None, field: str) -> str | None:
    """Return a period as EDTF, None where none is given; raise Refused for what is none.

    What the reader itself wrote is taken back: a month of a year that the text does not state.
    """
    given = (text or "").strip()
    if not given:
        return None
    if YEARLESS.fullmatch(given):
        return given
    try:
        return read_period(given).text
    except PeriodError as problem:
        raise Refused(
            "period",
            {
                "zh": "时间写作 2024、2024-10、2014/2024 或 ../2030 这样。",
                "en": "Write the period as 2024, 2024-10, 2014/2024 or ../2030.",
            },
            field,
        ) from problem


def _words(before: Words | None, text: str | None, tongue: str) -> Words | None:
    """Return the words with the article's language replaced."""
    given = (text or "").strip()
    kept = {key: value for key, value in (before or {}).items() if key != tongue}
    if given:
        kept[tongue] = given
    return kept or None


def merge(
    session: Session, version: ArticleVersion, number: int, *, by: str, seen: int | None = None
) -> TriageAct:
    """Merge a proposal into the one left before it; raise Conflict where there is none."""
    hold(session, version)
    proposal = proposal_of(session, version, number)
    expect_pending(proposal, seen)
    before = previous(session, version, proposal)
    if before is None:
        raise Conflict(
            "nothing_before",
            {
                "zh": "同一段里紧挨着它的前一条不是待定，不能合并。",
                "en": "No undecided proposal stands right before this one in its paragraph.",
            },
        )
    journal = Journal(session, version, by)
    _merge(journal, before, proposal)
    return journal.close(ActKind.MERGE, f"{number} {before.number}")


def previous(session: Session, version: ArticleVersion, proposal: Proposal) -> Proposal | None:
    """Return the proposal right before this one; none where it is decided or elsewhere.

    Merging over a decided one would take its words a second time, and a claim over two paragraphs
    says what nobody wrote.
    """
    before = session.scalars(
        select(Proposal)
        .where(
            Proposal.version_id == version.id,
            Proposal.state.in_(STANDING),
            Proposal.id != proposal.id,
            Proposal.start <= proposal.start,
        )
        .order_by(Proposal.start.desc(), Proposal.number.desc())
        .limit(1)
        .options(selectinload(Proposal.figures))
    ).first()
    if before is None or before.state is not ProposalState.PENDING:
        return None
    return before if adjoining(version.text, before.stop, proposal.start) else None


def _merge(journal: Journal, first: Proposal, second: Proposal) -> None:
    start, stop = min(first.start, second.start), max(first.stop, second.stop)
    edited = first.edited_by or second.edited_by
    joint = "，" if journal.version.article.language.startswith(("zh", "ja")) else "; "
    words = journal.version.text[start:stop]
    strong = Strength.STRONG in (first.strength, second.strength)
    number, pairs = len(first.figures), {row.pair for row in first.figures if row.pair}
    for row in list(second.figures):
        number += 1
        pair = f"{row.pair}-{second.number}" if row.pair in pairs else row.pair
        journal.change(row, proposal_id=first.id, number=number, pair=pair)
    journal.change(
        first,
        start=start,
        stop=stop,
        sentence_start=min(first.sentence_start, second.sentence_start),
        sentence_stop=max(first.sentence_stop, second.sentence_stop),
        statement=f"{first.statement}{joint}{second.statement}" if edited else words,
        strength=Strength.STRONG if strong else Strength.WEAK,
        edited_by=journal.by,
    )
    decide(journal, second, ProposalState.MERGED, into_id=first.id)
    journal.session.flush()
    journal.session.expire(first, ["figures"])
    journal.session.expire(second, ["figures"])


def split(
    session: Session,
    version: ArticleVersion,
    number: int,
    at: int,
    *,
    by: str,
    seen: int | None = None,
) -> TriageAct:
    """Split a proposal before its figure number ``at``; two proposals take its place."""
    hold(session, version)
    proposal = proposal_of(session, version, number)
    expect_pending(proposal, seen)
    ordered = sorted(proposal.figures, key=lambda row: row.start)
    place = next((i for i, row in enumerate(ordered) if row.number == at), 0)
    if place == 0:
        raise Refused(
            "split_place",
            {"zh": "请选择从哪个数字处拆开。", "en": "Choose the figure to split at."},
            "at",
        )
    journal = Journal(session, version, by)
    cut = _cut(session, version.text, proposal, ordered, place)
    first = next_number(session, version.id)
    for step, (bounds, rows) in enumerate(
        (((proposal.start, cut), ordered[:place]), ((cut, proposal.stop), ordered[place:]))
    ):
        _part(journal, proposal, bounds, rows, first + step)
    decide(journal, proposal, ProposalState.SPLIT)
    session.flush()
    session.expire(proposal, ["figures"])
    return journal.close(ActKind.SPLIT, str(number))


def _cut(
    session: Session, text: str, proposal: Proposal, ordered: list[ProposedFigure], place: int
) -> int:
    """Return where the second half begins: behind the last mark between the two figures.

    A date that belongs to the second figure alone goes with it.
    """
    row, begin = ordered[place], ordered[place - 1].stop
    end = row.start
    if row.period_mention_id is not None:
        date = session.get_one(QuantityMention, row.period_mention_id)
        end = date.start if begin <= date.start < end else end
    marks = [found.end() for found in MARK.finditer(text, begin, end)]
    cut = marks[-1] if marks else begin
    return min(max(cut, proposal.start + 1), proposal.stop - 1)


def _part(
    journal: Journal,
    whole: Proposal,
    bounds: tuple[int, int],
    rows: list[ProposedFigure],
    number: int,
) -> None:
    """Add one half with its figures; a pair that is torn apart is none any more."""
    said = journal.version.text[bounds[0] : bounds[1]]
    start = bounds[0] + len(said) - len(said.lstrip())
    stop = bounds[1] - (len(said) - len(said.rstrip(" \t\n,，;；、:：")))
    stop = max(stop, *(row.stop for row in rows))
    strong = any(row.strength is Strength.STRONG for row in rows)
    part = Proposal(
        id=uuid7(),
        version_id=whole.version_id,
        reading_id=whole.reading_id,
        number=number,
        start=start,
        stop=stop,
        sentence_start=whole.sentence_start,
        sentence_stop=whole.sentence_stop,
        statement=journal.version.text[start:stop],
        kind=whole.kind,
        strength=Strength.STRONG if strong else Strength.WEAK,
        rule=whole.rule,
        from_id=whole.id,
        edited_by=journal.by,
        created_by=journal.by,
    )
    journal.add(part)
    journal.session.flush()
    pairs = [row.pair for row in rows]
    for place, row in enumerate(rows, start=1):
        torn = row.pair is not None and pairs.count(row.pair) == 1
        role = Role.VALUE if torn and row.role in (Role.FROM, Role.TO) else row.role
        pair = None if torn else row.pair
        journal.change(row, proposal_id=part.id, number=place, role=role, pair=pair)
