"""Sorting proposals: each act does what it says, meets the other person, and is undone exactly."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.ledger.verify import verify
from claims.by_hand import add_by_hand, passage
from claims.dismissals import dismiss, open_again
from claims.errors import Conflict, Missing, Refused
from claims.figures import Role
from claims.formula_acts import add_check
from claims.mentions import coverage
from claims.models import (
    ArticleVersion,
    Claim,
    Comment,
    Figure,
    Proposal,
    ProposedFigure,
    QuantityMention,
    TriageAct,
)
from claims.proposal_edits import FigureEdit, edit, merge, split
from claims.queries.triage import triage_page
from claims.triage import accept, accept_all, reject, reopen
from claims.triage_vocabulary import PeriodSource, ProposalState, RejectionReason, Strength
from claims.undo import undo
from claims.vocabulary import DismissalReason, Stage
from sources.quotes import places
from tests.claims.sorting import MINE, THEIRS, an_article_to_sort, images, one_with, proposals_of
from tests.engines import Maker

if TYPE_CHECKING:
    from claims.journal import Image


def test_a_kept_proposal_is_a_claim_with_its_anchor_and_figures(session: Session) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "跃升")
    accept(session, version, proposal.number, by=MINE)
    session.expire_all()
    claim = proposal.claim
    assert claim is not None
    assert (claim.stage, claim.created_by, claim.kind) == (Stage.OPEN, MINE, "change")
    assert claim.statement == {"zh": "2024年，份额从1%跃升至50%以上"}
    anchor = claim.anchors[0]
    assert version.text[anchor.start : anchor.stop] == claim.statement["zh"]
    first, second = claim.figures
    assert (first.role, second.role, first.pair == second.pair) == (Role.FROM, Role.TO, True)
    assert (second.stated_text, second.period, second.unit) == ("50%以上", "2024", "%")
    assert first.mention_id is not None
    assert first.period_mention_id is not None


def test_a_dropped_proposal_dismisses_its_numbers_or_leaves_them_open(session: Session) -> None:
    version = an_article_to_sort(session)
    before = coverage(session, version).accounted
    first, second = one_with(session, version, "340"), one_with(session, version, "160")
    reject(session, version, first.number, RejectionReason.OPINION, by=MINE, dismiss=False)
    assert coverage(session, version).accounted == before
    reject(session, version, second.number, RejectionReason.DUPLICATE, by=MINE)
    assert coverage(session, version).accounted == before + 1
    row = session.get_one(QuantityMention, second.figures[0].mention_id)
    assert row.dismissed_as is DismissalReason.OTHER
    reopen(session, version, second.number, by=THEIRS)
    session.expire_all()
    assert row.dismissed_as is None
    assert second.state is ProposalState.PENDING


def test_all_strong_ones_left_are_kept_in_one_act_with_one_undo(session: Session) -> None:
    version = an_article_to_sort(session)
    before = images(session)
    act = accept_all(session, version, by=MINE)
    assert act is not None
    left = [row for row in proposals_of(session, version) if row.state is ProposalState.PENDING]
    assert {row.strength for row in left} == {Strength.WEAK}
    assert accept_all(session, version, by=MINE) is None
    undo(session, version, by=MINE)
    assert images(session) == before


def test_what_an_editor_corrects_goes_into_the_claim(session: Session) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "340")
    given = FigureEdit(period="2023", subject="全行业", measure=None, material=True)
    edit(
        session,
        version,
        proposal.number,
        statement=" 销量 ",
        kind="count",
        figures=[given],
        by=MINE,
    )
    accept(session, version, proposal.number, by=THEIRS)
    session.expire_all()
    assert proposal.claim is not None
    figure = proposal.claim.figures[0]
    assert proposal.claim.statement == {"zh": "销量"}
    assert (figure.period, figure.subject, figure.measure) == ("2023", {"zh": "全行业"}, None)
    assert proposal.figures[0].period_source is PeriodSource.EDITOR


@pytest.mark.parametrize(("period", "statement"), [("20x4", "x"), ("2024", " ")])
def test_what_nobody_could_check_is_refused_at_its_field(
    session: Session, period: str, statement: str
) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "340")
    given = FigureEdit(period=period, subject=None, measure=None, material=True)
    with pytest.raises(Refused) as problem:
        edit(
            session,
            version,
            proposal.number,
            statement=statement,
            kind="",
            figures=[given],
            by=MINE,
        )
    assert problem.value.field in {"period_1", "statement"}


def test_nothing_is_merged_over_a_decided_proposal_or_into_another_paragraph(
    session: Session,
) -> None:
    version = an_article_to_sort(session)
    between, last = one_with(session, version, "跃升"), one_with(session, version, "340")
    accept(session, version, between.number, by=MINE)
    with pytest.raises(Conflict):
        merge(session, version, last.number, by=MINE)
    with pytest.raises(Conflict):
        merge(session, version, one_with(session, version, "20万亿").number, by=MINE)
    for number in (last.number, one_with(session, version, "20万亿").number):
        assert not triage_page(session, version.article.key, number, MINE).mergeable


def test_two_proposals_are_merged_and_one_is_split_at_a_figure(session: Session) -> None:
    version = an_article_to_sort(session)
    before = images(session)
    first, second = one_with(session, version, "跃升"), one_with(session, version, "340")
    merge(session, version, second.number, by=MINE)
    session.expire_all()
    assert first.statement == "2024年，份额从1%跃升至50%以上，销量达到340万辆"
    assert [figure.number for figure in first.figures] == [1, 2, 3]
    assert (second.state, second.into_id) == (ProposalState.MERGED, first.id)
    split(session, version, first.number, 2, by=MINE)
    session.expire_all()
    halves = [row for row in proposals_of(session, version) if row.from_id == first.id]
    assert [len(row.figures) for row in halves] == [1, 2]
    # The halves of a change that was torn apart are two levels.
    assert {row.role for half in halves for row in half.figures} == {Role.VALUE, Role.COUNT}
    undo(session, version, by=MINE)
    undo(session, version, by=MINE)
    assert images(session) == before


def test_a_second_person_is_told_what_the_first_one_did(session: Session) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "340")
    seen = proposal.version
    accept(session, version, proposal.number, by=THEIRS)
    with pytest.raises(Conflict) as problem:
        reject(session, version, proposal.number, RejectionReason.OPINION, by=MINE, seen=seen)
    assert "zhang.min" in problem.value.message["en"]
    other = one_with(session, version, "160")
    seen = other.version
    given = FigureEdit(period=None, subject=None, measure=None, material=True)
    edit(session, version, other.number, statement="x", kind="", figures=[given], by=THEIRS)
    with pytest.raises(Conflict) as problem:
        accept(session, version, other.number, by=MINE, seen=seen)
    assert "zhang.min" in problem.value.message["zh"]


def test_undo_is_refused_when_somebody_went_on_from_it(session: Session) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "340")
    reject(session, version, proposal.number, RejectionReason.OPINION, by=MINE)
    reopen(session, version, proposal.number, by=THEIRS)
    before = images(session)
    with pytest.raises(Conflict) as problem:
        undo(session, version, by=MINE)
    assert "zhang.min" in problem.value.message["en"]
    assert images(session) == before


def test_a_claim_in_work_is_not_taken_back(session: Session) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "340")
    accept(session, version, proposal.number, by=MINE)
    session.expire_all()
    assert proposal.claim is not None
    session.add(Comment(claim_id=proposal.claim.id, body="?", created_by=THEIRS))
    session.flush()
    session.expire_all()
    for act in (undo,):
        with pytest.raises(Conflict):
            act(session, version, by=MINE)
    with pytest.raises(Conflict):
        reopen(session, version, proposal.number, by=MINE)


def test_a_claim_with_an_equation_is_not_taken_back(session: Session) -> None:
    version = an_article_to_sort(session)
    proposal = one_with(session, version, "340")
    accept(session, version, proposal.number, by=MINE)
    session.expire_all()
    assert proposal.claim is not None
    add_check(session, proposal.claim, "F1 = F1", by=THEIRS)
    session.expire_all()
    with pytest.raises(Conflict):
        undo(session, version, by=MINE)


def test_the_claim_of_an_undone_act_comes_back_under_its_number(session: Session) -> None:
    version = an_article_to_sort(session)
    first, second = one_with(session, version, "340"), one_with(session, version, "160")
    accept(session, version, first.number, by=MINE)
    undo(session, version, by=MINE)
    claim = session.scalars(select(Claim).where(Claim.article_id == version.article_id)).one()
    assert (claim.stage, claim.number) == (Stage.DROPPED, 1)
    accept(session, version, second.number, by=MINE)
    accept(session, version, first.number, by=MINE)
    session.expire_all()
    assert first.claim_id == claim.id
    assert (claim.stage, claim.number) == (Stage.OPEN, 1)


def test_nothing_of_mine_to_undo_says_so(session: Session) -> None:
    version = an_article_to_sort(session)
    accept(session, version, one_with(session, version, "340").number, by=THEIRS)
    with pytest.raises(Missing):
        undo(session, version, by=MINE)


class Sorting(RuleBasedStateMachine):
    """Any acts in any order; undoing all of them gives back every row as it was."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.writing = self.database.writing(MINE)
        self.session = self.writing.__enter__()
        self.version = an_article_to_sort(self.session)
        self.before: list[dict[str, dict[str, str]]] = []

    def teardown(self) -> None:
        while self.before:
            self.take_back()
        assert_held_once(self.session, self.version)
        self.writing.__exit__(None, None, None)

    def pending(self, place: int) -> int:
        left = [
            row.number
            for row in proposals_of(self.session, self.version)
            if row.state is ProposalState.PENDING
        ]
        return left[place % len(left)] if left else 1

    def do(self, act: object, *arguments: object, **facts: object) -> None:
        image = images(self.session)
        try:
            with self.session.begin_nested():
                done = act(self.session, self.version, *arguments, by=MINE, **facts)  # type: ignore[operator]
        except (Conflict, Refused):
            self.session.expire_all()
            assert images(self.session) == image
            return
        self.session.expire_all()
        if done is not None:
            self.before.append(image)

    @rule(place=st.integers(0, 20))
    def keep(self, place: int) -> None:
        self.do(accept, self.pending(place))

    @rule(place=st.integers(0, 20), dismissing=st.booleans())
    def drop(self, place: int, *, dismissing: bool) -> None:
        number = self.pending(place)
        self.do(reject, number, RejectionReason.NOT_A_CLAIM, dismiss=dismissing)

    @rule(place=st.integers(0, 20))
    def join(self, place: int) -> None:
        self.do(merge, self.pending(place))

    @rule(place=st.integers(0, 20), at=st.integers(1, 4))
    def divide(self, place: int, at: int) -> None:
        self.do(split, self.pending(place), at)

    @rule(place=st.integers(0, 20), words=st.text("论断x", min_size=1, max_size=3))
    def correct(self, place: int, words: str) -> None:
        number = self.pending(place)
        row = next(one for one in proposals_of(self.session, self.version) if one.number == number)
        given = FigureEdit(period="2020", subject=words, measure=None, material=True)
        figures = [given for _ in row.figures]
        self.do(edit, number, statement=words, kind="", figures=figures)

    @rule(place=st.integers(0, 20))
    def again(self, place: int) -> None:
        rows = proposals_of(self.session, self.version)
        self.do(reopen, rows[place % len(rows)].number)

    @rule()
    def keep_all(self) -> None:
        self.do(accept_all)

    @rule(place=st.integers(0, 20))
    def put_aside(self, place: int) -> None:
        rows = self.version.mentions
        self.do(dismiss, [rows[place % len(rows)].id], DismissalReason.IDIOM)

    @rule(place=st.integers(0, 20))
    def take_up(self, place: int) -> None:
        rows = self.version.mentions
        self.do(open_again, rows[place % len(rows)].id)

    @rule()
    def by_hand(self) -> None:
        place = passage(self.version, *places(self.version.text, "份额从1%跃升至50%以上")[0])
        given = FigureEdit(period=None, subject=None, measure=None, material=True)
        figures = [given for _ in place.figures]
        self.do(add_by_hand, place, statement="份额", kind="", figures=figures)

    @precondition(lambda self: self.before)
    @rule()
    def take_back(self) -> None:
        wanted: dict[str, Image] = self.before.pop()
        undo(self.session, self.version, by=MINE)
        self.session.expire_all()
        assert images(self.session) == wanted


def assert_held_once(session: Session, version: ArticleVersion) -> None:
    """Each number is held by one proposal that speaks, and by figures of live claims only."""
    rows = session.scalars(
        select(ProposedFigure.mention_id)
        .join(Proposal)
        .where(
            Proposal.version_id == version.id,
            Proposal.state.in_(
                (ProposalState.PENDING, ProposalState.ACCEPTED, ProposalState.REJECTED)
            ),
        )
    ).all()
    assert len(rows) == len(set(rows))
    dropped = select(Figure.id).join(Claim).where(Claim.stage == Stage.DROPPED)
    assert session.scalars(dropped).all() == []


@pytest.mark.parametrize(("engine", "examples"), [("sqlite", 20), ("postgresql", 3)])
def test_any_acts_undone_give_every_row_back(
    make_database: Maker, engine: str, examples: int
) -> None:
    database = make_database(engine)
    machine = type("Machine", (Sorting,), {"database": database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert verify(database).findings == []
    with database.reading() as session:
        assert (
            session.scalars(select(TriageAct.id).where(TriageAct.undone_by.is_(None))).all() == []
        )
