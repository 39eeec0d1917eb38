"""Whose turn it is follows from the rows: the right people, until it is dealt with."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from claims.claim_edits import ClaimFacts, edit_claim
from claims.comments import add_comment
from claims.contests import Dispute, raise_contest, settle
from claims.figure_edits import edit_figure
from claims.material import material_sha256
from claims.models import Claim
from claims.new_version import add_version
from claims.queries.attention import Person, Waiting, Waits, turn_count, your_turn
from claims.queries.risk import Risk
from claims.sign_offs import send_back, sign
from claims.snoozes import snooze, wake
from claims.text import read_text
from claims.vocabulary import ContestOutcome, ContestReason, Side, Stage
from claims.workflow import drop, submit
from sources.base import now
from sources.local_days import ZONE_KEY
from tests.claims import newsroom
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER
from tests.claims.test_figure_edits import facts
from tests.functional.signing import TEXTS, a_placed_claim

CHECKING = Person(CHECKER, signs=False, settles=False)
REVIEWING = Person(REVIEWER, signs=True, settles=True)
LEADING = Person(LEAD, signs=True, settles=True)
DAY = dt.timedelta(days=1)


def waiting(session: Session, person: Person, claim: Claim) -> list[Waits]:
    session.flush()
    rows = your_turn(session, person, now()).rows
    assert turn_count(session, person, now()) == len(rows)
    return [row.reason for row in rows if row.id == claim.id]


def signed(session: Session, claim: Claim) -> None:
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))


def disputed(session: Session, claim: Claim, **facts: object) -> None:
    dispute = {
        "reason": ContestReason.PARTY_DENIES,
        "side": Side.SUBJECT,
        "statement": {"en": "We deny it."},
        **facts,
    }
    raise_contest(session, claim, Dispute(**dispute), by=CHECKER)  # type: ignore[arg-type]


def test_a_claim_waits_for_who_took_it_until_it_is_submitted(session: Session) -> None:
    claim = newsroom.a_claim(session, assignee=CHECKER)
    assert waiting(session, CHECKING, claim) == [Waits.ASSIGNED]
    assert waiting(session, REVIEWING, claim) == []
    newsroom.attached(session, claim)
    newsroom.assessed(session, claim)
    submit(session, claim, by=CHECKER)
    assert waiting(session, CHECKING, claim) == []


def test_a_submitted_claim_waits_for_everybody_who_may_sign_it(session: Session) -> None:
    claim = newsroom.a_submitted_claim(session)
    assert waiting(session, REVIEWING, claim) == [Waits.SIGNATURE]
    assert waiting(session, LEADING, claim) == [Waits.SIGNATURE]
    assert waiting(session, Person(CHECKER, signs=True, settles=True), claim) == []
    signed(session, claim)
    assert waiting(session, LEADING, claim) == []


def test_of_three_levels_the_first_signer_is_out_and_the_second_still_in(session: Session) -> None:
    with newsroom.levels(session, 3):
        claim = newsroom.a_submitted_claim(session)
    signed(session, claim)
    assert waiting(session, REVIEWING, claim) == []
    assert waiting(session, LEADING, claim) == [Waits.SIGNATURE]


def test_with_one_level_whoever_submits_may_sign(session: Session) -> None:
    with newsroom.levels(session, 1):
        claim = newsroom.a_submitted_claim(session, by=REVIEWER)
    assert waiting(session, REVIEWING, claim) == [Waits.SIGNATURE]


def test_a_returned_claim_waits_for_who_submitted_it(session: Session) -> None:
    claim = newsroom.a_submitted_claim(session)
    send_back(session, claim, by=REVIEWER, reason="Which year?", seen_sha256=material_sha256(claim))
    assert waiting(session, CHECKING, claim) == [Waits.RETURNED]
    assert waiting(session, REVIEWING, claim) == []


def test_a_change_after_the_signature_brings_signer_and_submitter_back(session: Session) -> None:
    claim = newsroom.a_submitted_claim(session)
    signed(session, claim)
    newsroom.attached(session, claim)
    assert claim.stage is Stage.CHECKING
    for person in (CHECKING, REVIEWING):
        (row,) = your_turn(session, person, now()).rows
        assert (row.reason, row.risk) == (Waits.VOID, Risk.HIGH)
    assert waiting(session, LEADING, claim) == []


def test_a_contest_waits_for_a_third_person_until_it_is_settled(session: Session) -> None:
    claim = newsroom.a_claim(session)
    newsroom.assessed(session, claim)
    disputed(session, claim)
    assert waiting(session, REVIEWING, claim) == [Waits.CONTEST]
    assert waiting(session, CHECKING, claim) == []
    settle(
        session,
        claim.contests[0],
        outcome=ContestOutcome.REJECTED,
        settlement={"en": "No."},
        by=LEAD,
    )
    assert waiting(session, REVIEWING, claim) == []


def test_an_overdue_contest_calls_its_raiser_too(session: Session) -> None:
    claim = newsroom.a_claim(session)
    disputed(session, claim, due_on=now().date() + dt.timedelta(days=1))
    assert waiting(session, CHECKING, claim) == []
    claim.contests[0].due_on = now().date() - DAY
    assert waiting(session, CHECKING, claim) == [Waits.OVERDUE]
    assert waiting(session, REVIEWING, claim) == [Waits.OVERDUE]


def test_a_blocking_contest_takes_the_signature_out_of_the_list(session: Session) -> None:
    claim = newsroom.a_submitted_claim(session)
    disputed(session, claim, blocking=True)
    (row,) = your_turn(session, LEADING, now()).rows
    assert (row.reason, row.risk, row.contests) == (Waits.CONTEST, Risk.HIGH, 1)


def test_a_dropped_claim_waits_for_nobody(session: Session) -> None:
    claim = newsroom.a_claim(session, assignee=CHECKER)
    disputed(session, claim)
    drop(session, claim, by=LEAD, reason="The sentence is gone.")
    assert waiting(session, CHECKING, claim) == []
    assert waiting(session, REVIEWING, claim) == []


def test_risk_comes_before_the_deadline_and_the_deadline_before_age(session: Session) -> None:
    soon, later = now() + DAY, now() + 2 * DAY
    claims = [
        newsroom.a_claim(session, assignee=CHECKER),
        newsroom.a_claim(session, assignee=CHECKER, due_at=later),
        newsroom.a_claim(session, assignee=CHECKER, due_at=soon),
        newsroom.a_claim(session, assignee=CHECKER),
    ]
    disputed(session, claims[3])
    rows: list[Waiting] = list(your_turn(session, CHECKING, now()).rows)
    assert [row.id for row in rows] == [claims[at].id for at in (3, 2, 1, 0)]
    assert rows[1].deadline == soon


def test_the_list_is_cut_and_says_so(session: Session) -> None:
    article = newsroom.an_article(session)
    for _ in range(21):
        newsroom.a_claim(session, article=article, assignee=CHECKER)
    turn = your_turn(session, CHECKING, now())
    assert (len(turn.rows), turn.more) == (20, True)
    assert turn_count(session, CHECKING, now()) == 21


@pytest.mark.parametrize("until", [None, DAY])
def test_what_is_put_aside_comes_back_when_something_happens(
    session: Session, until: dt.timedelta | None
) -> None:
    claim = newsroom.a_claim(session, assignee=CHECKER)
    snooze(session, claim, by=CHECKER, until=now() + until if until else None)
    assert waiting(session, CHECKING, claim) == []
    assert [row.id for row in your_turn(session, CHECKING, now(), asleep=True).rows] == [claim.id]
    add_comment(session, claim, by=LEAD, body="News.")
    assert waiting(session, CHECKING, claim) == [Waits.ASSIGNED]


def test_what_is_put_aside_comes_back_at_its_time_or_when_it_is_fetched(session: Session) -> None:
    claim = newsroom.a_claim(session, assignee=CHECKER)
    snooze(session, claim, by=CHECKER, until=now() + DAY)
    assert len(your_turn(session, CHECKING, now() + 2 * DAY).rows) == 1
    snooze(session, claim, by=CHECKER)
    assert wake(session, claim.id, by=CHECKER)
    assert not wake(session, claim.id, by=CHECKER)
    assert waiting(session, CHECKING, claim) == [Waits.ASSIGNED]


def test_a_changed_claim_ends_the_snooze_and_another_persons_snooze_is_theirs(
    session: Session,
) -> None:
    claim = newsroom.a_submitted_claim(session)
    snooze(session, claim, by=LEAD)
    assert waiting(session, LEADING, claim) == []
    assert waiting(session, REVIEWING, claim) == [Waits.SIGNATURE]
    claim.proposed_wording = "About 5 %."
    assert waiting(session, LEADING, claim) == [Waits.SIGNATURE]


def test_a_claim_does_not_wait_for_who_changed_what_it_states(session: Session) -> None:
    claim = newsroom.a_submitted_claim(session)
    edit_figure(session, claim.figures[0], facts("6%"), by=REVIEWER)
    newsroom.assessed(session, claim)
    submit(session, claim, by=CHECKER)
    assert waiting(session, REVIEWING, claim) == []
    assert waiting(session, LEADING, claim) == [Waits.SIGNATURE]


def test_a_contest_is_overdue_by_the_day_of_the_desk(session: Session) -> None:
    claim = newsroom.a_claim(session, assignee=CHECKER)
    disputed(session, claim, due_on=dt.date(2026, 11, 25))
    late = dt.datetime(2026, 11, 25, 20, tzinfo=dt.UTC)
    before = dict(session.info)
    seen = []
    for zone in (dt.UTC, ZoneInfo("Asia/Shanghai")):
        session.info[ZONE_KEY] = zone
        rows = your_turn(session, CHECKING, late).rows
        seen.append([row.reason for row in rows if row.id == claim.id])
    session.info.clear()
    session.info.update(before)
    assert seen == [[Waits.ASSIGNED], [Waits.OVERDUE]]


@pytest.mark.parametrize("what", ["claim", "figure", "anchor"])
def test_who_concluded_and_who_signed_are_asked_again_after_any_change(
    session: Session, what: str
) -> None:
    """U26: another statement, another figure or another sentence makes the sign-off outdated."""
    claim = a_placed_claim(session, newsroom.EXTRACTOR)
    newsroom.attached(session, claim)
    newsroom.assessed(session, claim)
    submit(session, claim, by="editor:somebody.else")
    proposer = Person(CHECKER, signs=True, settles=True)
    assert waiting(session, proposer, claim) == []
    signed(session, claim)

    if what == "claim":
        edit_claim(session, claim, ClaimFacts(statement={"zh": "另一句。"}, kind="share"), by=LEAD)
    elif what == "figure":
        edit_figure(session, claim.figures[0], facts("6%"), by=LEAD)
    else:
        text = read_text(TEXTS[1])
        add_version(session, claim.article, text, by=LEAD)

    assert claim.stage is Stage.CHECKING
    for person in (proposer, REVIEWING):
        assert waiting(session, person, claim) == [Waits.VOID]
    assert waiting(session, LEADING, claim) == []
