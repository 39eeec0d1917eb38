"""One act on many claims: all or none, with what stands in the way named for each claim."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.bulk import BulkAct, Wish, look, perform
from claims.contests import Dispute
from claims.models import Claim, Comment, Contest, Snooze
from claims.vocabulary import ContestReason, Side, Stage
from sources.base import now
from tests.claims import newsroom

ME, OTHER = newsroom.CHECKER, newsroom.REVIEWER
TOMORROW = now() + dt.timedelta(days=1)
DISPUTE = Dispute(
    reason=ContestReason.SOURCES_DISAGREE, side=Side.READER, statement={"en": "Too low."}
)


def seen(*claims: Claim) -> dict[uuid.UUID, int | None]:
    return {claim.id: claim.version for claim in claims}


def test_nobody_takes_what_another_has_taken_nor_what_is_done(session: Session) -> None:
    free, mine = newsroom.a_claim(session), newsroom.a_claim(session, assignee=ME)
    taken = newsroom.a_claim(session, assignee=OTHER)
    dropped = newsroom.a_claim(session, stage=Stage.DROPPED)
    wish = Wish(act=BulkAct.TAKE, by=ME, over_others=True)
    looked = look(session, seen(free, mine, taken, dropped), wish)
    assert list(looked.able) == [free, mine]
    assert [one.claim for one in looked.barred] == [taken.id, dropped.id]
    assert OTHER in looked.barred[0].why["en"]
    assert perform(session, looked.able, wish) == 2
    assert {free.assignee, mine.assignee} == {ME}


@pytest.mark.parametrize(("over_others", "able"), [(False, 0), (True, 1)])
def test_a_lead_hands_over_what_another_has_taken(
    session: Session, *, over_others: bool, able: int
) -> None:
    taken = newsroom.a_claim(session, assignee=OTHER)
    for act in (BulkAct.ASSIGN, BulkAct.RELEASE):
        wish = Wish(act=act, by=ME, to=ME, over_others=over_others)
        assert len(look(session, seen(taken), wish).able) == able


def test_taking_makes_nobodys_form_stale(session: Session) -> None:
    claim = newsroom.a_claim(session)
    before = claim.version
    perform(session, [claim], Wish(act=BulkAct.TAKE, by=ME))
    perform(session, [claim], Wish(act=BulkAct.DUE, by=ME, moment=TOMORROW))
    session.refresh(claim)
    assert (claim.version, claim.assignee, claim.due_at) == (before, ME, TOMORROW)
    perform(session, [claim], Wish(act=BulkAct.RELEASE, by=ME))
    assert claim.assignee is None


@pytest.mark.parametrize("act", [BulkAct.DUE, BulkAct.DROP, BulkAct.CONTEST])
def test_a_claim_that_changed_since_the_list_was_opened_is_named(
    session: Session, act: BulkAct
) -> None:
    claim = newsroom.a_claim(session)
    looked = look(session, {claim.id: claim.version - 1}, Wish(act=act, by=ME))
    assert [one.claim for one in looked.barred] == [claim.id]
    assert look(session, {claim.id: None}, Wish(act=act, by=ME)).able == [claim]


def test_a_claim_that_does_not_exist_is_named(session: Session) -> None:
    key = uuid.uuid4()
    looked = look(session, {key: 1}, Wish(act=BulkAct.SNOOZE, by=ME))
    assert [one.claim for one in looked.barred] == [key]


def test_putting_aside_again_moves_the_moment(session: Session) -> None:
    claims = [newsroom.a_claim(session) for _ in range(3)]
    for moment in (None, TOMORROW):
        perform(session, claims, Wish(act=BulkAct.SNOOZE, by=ME, moment=moment))
    rows = session.scalars(select(Snooze)).all()
    assert {row.claim_id for row in rows} == {claim.id for claim in claims}
    assert {row.until for row in rows} == {TOMORROW}


def test_dropping_leaves_the_reason_with_each_claim(session: Session) -> None:
    claims = [newsroom.a_claim(session) for _ in range(2)]
    perform(session, claims, Wish(act=BulkAct.DROP, by=ME, reason="Cut by the author"))
    assert {claim.stage for claim in claims} == {Stage.DROPPED}
    assert len(session.scalars(select(Comment)).all()) == 2
    wish = Wish(act=BulkAct.DROP, by=ME, reason="again")
    assert look(session, {claims[0].id: None}, wish).able == []


def test_a_contest_is_raised_on_each_claim(session: Session) -> None:
    claims = [newsroom.a_claim(session) for _ in range(2)]
    wish = Wish(act=BulkAct.CONTEST, by=ME, dispute=DISPUTE)
    looked = look(session, seen(*claims), wish)
    perform(session, looked.able, wish)
    raised = session.scalars(select(Contest)).all()
    assert {contest.claim_id for contest in raised} == {claim.id for claim in claims}
