"""Taking differences of a later reading over, or leaving them; what an editor touched stays."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import extraction, quantities
from claims.differences import Later, Standing, live_proposals, look
from claims.errors import Conflict
from claims.journal import Journal
from claims.mentions import mention_values
from claims.models import (
    ArticleVersion,
    Proposal,
    ProposedFigure,
    QuantityMention,
    Reading,
    ReadingDifference,
    TriageAct,
)
from claims.proposals import decide, hold
from claims.readings import Span, figure_values, next_number, proposal_values
from claims.triage_vocabulary import ActKind, DifferenceKind, DifferenceState, ProposalState

if TYPE_CHECKING:
    import uuid

NUMBERS_FIRST = list(DifferenceKind)
KEPT = ("id", "version_id", "created_by")


def settle(
    session: Session,
    version: ArticleVersion,
    reading: Reading,
    numbers: Sequence[int] | None,
    *,
    take: bool,
    by: str,
) -> TriageAct:
    """Take differences over, or leave them; ``numbers`` None means all that are open.

    One act with one undo. Taking all passes over what an editor holds; taking such a one alone
    raises Conflict, as does a reader that has changed since the reading.
    """
    hold(session, version)
    query = select(ReadingDifference).where(
        ReadingDifference.reading_id == reading.id,
        ReadingDifference.state == DifferenceState.OPEN,
    )
    if numbers is not None:
        query = query.where(ReadingDifference.number.in_(numbers))
    rows = list(session.scalars(query.order_by(ReadingDifference.number)))
    held = [row for row in rows if take and row.held_by is not None]
    if not rows or (numbers is not None and held) or len(held) == len(rows):
        raise _nothing(held=bool(held))
    journal = Journal(session, version, by)
    if take:
        _expect_today(reading)
        taking = _Taking(journal, reading, look(version, reading))
        for row in sorted(rows, key=lambda one: NUMBERS_FIRST.index(one.kind)):
            if row.held_by is None:
                taking.take(row)
                journal.change(row, state=DifferenceState.TAKEN, decided_by=by)
    else:
        for row in rows:
            journal.change(row, state=DifferenceState.LEFT, decided_by=by)
    kind = ActKind.TAKE_OVER if take else ActKind.LEAVE
    return journal.close(kind, str(len(rows) - len(held)))


def _nothing(*, held: bool) -> Conflict:
    if held:
        return Conflict(
            "held",
            {
                "zh": "编辑已经处理过这一处，新的读取不会覆盖它；可以选择保持不变。",
                "en": "An editor has dealt with this place, and a later reading never overwrites "
                "that; you can leave it as it is.",
            },
        )
    return Conflict(
        "settled",
        {
            "zh": "这些差异已经有人处理过了。",
            "en": "Somebody has settled these differences already.",
        },
    )


def _expect_today(reading: Reading) -> None:
    today = (quantities.VERSION, extraction.VERSION, extraction.tables_hash())
    if (reading.reader_version, reading.extractor_version, reading.tables_sha256) != today:
        raise Conflict(
            "reader_changed",
            {
                "zh": "读取之后，程序或词表又变了。请再读一次。",
                "en": "The reader or its tables changed since this reading. Read again.",
            },
        )


class _Taking:
    """Takes differences over in one act; the text was read once for all of them."""

    def __init__(self, journal: Journal, reading: Reading, later: Later) -> None:
        self.journal, self.reading, self.later = journal, reading, later
        self.session = journal.session
        self.number = next_number(self.session, journal.version.id)

    def take(self, difference: ReadingDifference) -> None:
        """Do what one difference says."""
        steps = {
            DifferenceKind.NUMBER_NEW: self._new_number,
            DifferenceKind.NUMBER_CHANGED: self._changed_number,
            DifferenceKind.NUMBER_VANISHED: self._vanished_number,
            DifferenceKind.PROPOSAL_NEW: self._new_proposal,
            DifferenceKind.PROPOSAL_CHANGED: self._changed_proposal,
            DifferenceKind.PROPOSAL_VANISHED: self._vanished_proposal,
        }
        steps[difference.kind]((difference.start, difference.stop))
        self.session.flush()

    def _mention(self, span: Span) -> QuantityMention | None:
        """Return the number that stands at a place, or meets it."""
        return self.session.scalars(
            select(QuantityMention)
            .where(
                QuantityMention.version_id == self.journal.version.id,
                QuantityMention.start < span[1],
                QuantityMention.stop > span[0],
            )
            .limit(1)
        ).first()

    def _new_number(self, span: Span) -> QuantityMention:
        held = self._mention(span)
        if held is not None:
            return held
        values = mention_values(self.journal.version.id, self.later.numbers[span], self.journal.by)
        row = QuantityMention(**values)
        self.journal.add(row)
        self.session.flush()
        return row

    def _changed_number(self, span: Span) -> None:
        row = self._mention(span)
        number = next(
            (one for at, one in self.later.numbers.items() if at[0] < span[1] and span[0] < at[1]),
            None,
        )
        if row is not None and number is not None:
            values = mention_values(row.version_id, number, row.created_by)
            self.journal.change(
                row, **{name: value for name, value in values.items() if name not in KEPT}
            )

    def _vanished_number(self, span: Span) -> None:
        row = self._mention(span)
        if row is None:
            return
        rows = self.session.scalars(
            select(ProposedFigure).where(
                (ProposedFigure.mention_id == row.id) | (ProposedFigure.period_mention_id == row.id)
            )
        ).all()
        if any(figure.proposal.touched and figure.mention_id == row.id for figure in rows):
            raise _nothing(held=True)
        for figure in rows:
            if figure.mention_id == row.id:
                self._remove_figure(figure)
            else:
                self.journal.change(figure, period_mention_id=None)
        self.session.flush()
        self.journal.remove(row)

    def _remove_figure(self, figure: ProposedFigure) -> None:
        proposal = figure.proposal
        self.journal.remove(figure)
        self.session.flush()
        self.session.expire(proposal, ["figures"])
        if not proposal.figures and proposal.state is ProposalState.PENDING:
            decide(self.journal, proposal, ProposalState.SUPERSEDED)

    def _new_proposal(self, span: Span) -> None:
        made = self.later.by_place[span]
        keys: dict[Span, uuid.UUID] = {}
        for figure in made.figures:
            numbers = [figure.quantity, *filter(None, [figure.dated.mention])]
            for number in numbers:
                place = (number.start, number.end)
                keys[place] = self._new_number(place).id
        values = proposal_values(self.reading, made, self.number, 0, self.journal.by)
        self.number += 1
        proposal = Proposal(**values)
        self.journal.add(proposal)
        self.session.flush()
        for place_, figure in enumerate(made.figures, start=1):
            columns = figure_values(figure, proposal.id, place_, keys, 0, self.journal.by)
            self.journal.add(ProposedFigure(**columns))

    def _changed_proposal(self, span: Span) -> None:
        made = self.later.by_place[span]
        shared = Standing(live_proposals(self.session, self.journal.version)).sharing(made)
        if any(one.touched for one in shared):
            raise _nothing(held=True)
        for one in shared:
            decide(self.journal, one, ProposalState.SUPERSEDED)
        self._new_proposal(span)

    def _vanished_proposal(self, span: Span) -> None:
        gone = self.session.scalars(
            select(Proposal).where(
                Proposal.version_id == self.journal.version.id,
                Proposal.state == ProposalState.PENDING,
                Proposal.edited_by.is_(None),
                Proposal.start == span[0],
                Proposal.stop == span[1],
            )
        )
        for one in gone:
            decide(self.journal, one, ProposalState.SUPERSEDED)
