"""The contested register shows every dispute with both sides, and loses none."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest, settle
from claims.models import Contest
from claims.queries.contested import Filters, State, register, whole_register
from claims.vocabulary import ContestOutcome, ContestReason, Side
from tests.claims import newsroom

RAISER, THIRD = "editor:zhang.min", "editor:wang.fang"


def a_contest(session: Session, **facts: Any) -> Contest:
    claim = facts.pop("claim", None) or newsroom.a_claim(session)
    dispute = Dispute(
        **{
            "reason": ContestReason.PARTY_DENIES,
            "side": Side.SUBJECT,
            "statement": {"zh": "公司否认。", "en": "The company denies it."},
            **facts,
        }
    )
    return raise_contest(session, claim, dispute, by=RAISER)


def listed(session: Session, **filters: Any) -> list[Any]:
    rows, _more = register(session, Filters(**filters))
    return [row.id for row in rows]


def test_open_ones_are_listed_first_come_first(session: Session) -> None:
    first, second = a_contest(session), a_contest(session)
    assert listed(session) == [first.id, second.id]


def test_a_settled_contest_leaves_the_open_list_and_stays_on_record(session: Session) -> None:
    contest = a_contest(session)
    settle(
        session,
        contest,
        outcome=ContestOutcome.REJECTED,
        settlement={"zh": "年报写明。"},
        by=THIRD,
    )
    assert listed(session) == []
    assert listed(session, state=State.SETTLED) == [contest.id]
    row = register(session, Filters(state=State.ALL))[0][0]
    assert (row.outcome, row.settled_by) == (ContestOutcome.REJECTED, THIRD)
    assert row.settlement == {"zh": "年报写明。"}


def test_filters_narrow_by_reason_side_and_blocking(session: Session) -> None:
    contest = a_contest(session, blocking=True)
    a_contest(session, reason=ContestReason.LEGAL, side=Side.READER)
    assert listed(session, reason=ContestReason.PARTY_DENIES) == [contest.id]
    assert listed(session, side=Side.SUBJECT) == [contest.id]
    assert listed(session, blocking=True) == [contest.id]


def test_both_sides_evidence_is_counted(session: Session) -> None:
    claim = newsroom.a_claim(session)
    given, against, also = (newsroom.attached(session, claim) for _ in range(3))
    a_contest(session, claim=claim, evidence_for=[given.id], evidence_against=[against.id, also.id])
    row = register(session, Filters())[0][0]
    assert (row.evidence_for, row.evidence_against) == (1, 2)


def test_the_disputed_figure_is_shown_or_else_all_of_the_claim(session: Session) -> None:
    claim = newsroom.a_claim(session, figures=2)
    a_contest(session, claim=claim)
    a_contest(session, claim=claim, about_figure=claim.figures[1].id)
    whole, one = register(session, Filters())[0]
    assert list(whole.figures) == ["5%", "5%"]
    assert list(one.figures) == ["5%"]


def test_pages_follow_each_other_without_a_gap(session: Session) -> None:
    made = [a_contest(session, due_on=dt.date(2026, 1, day)).id for day in range(1, 6)]
    assert [row.id for row in whole_register(session, Filters(), size=2)] == made
    rows, more = register(session, Filters(), size=5)
    assert (len(rows), more) == (5, False)
