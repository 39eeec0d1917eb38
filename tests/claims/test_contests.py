"""A contest is raised by a side, settled by a third person, and changes no status."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest, settle
from claims.errors import Conflict, Forbidden, Refused
from claims.models import Claim, Contest
from claims.status import VerificationStatus
from claims.vocabulary import Bearing, ContestOutcome, ContestReason, Side
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER, a_claim, assessed, attached

DENIAL = {"zh": "公司说没有付过钱。", "en": "The company says it paid nothing."}


def raised(session: Session, claim: Claim, **facts: Any) -> Contest:
    dispute = Dispute(
        **{
            "reason": ContestReason.PARTY_DENIES,
            "side": Side.SUBJECT,
            "statement": DENIAL,
            **facts,
        }
    )
    return raise_contest(session, claim, dispute, by=LEAD)


def settled(session: Session, contest: Contest, by: str, outcome: ContestOutcome) -> None:
    settle(session, contest, outcome=outcome, settlement={"zh": "以年报为准。"}, by=by)


def test_a_contest_names_its_sides_and_leaves_the_status_alone(session: Session) -> None:
    claim = a_claim(session)
    for_it, against = attached(session, claim), attached(session, claim)
    assessed(session, claim)
    contest = raised(
        session,
        claim,
        about_figure=claim.figures[0].id,
        evidence_for=[for_it.id],
        evidence_against=[against.id],
    )
    assert claim.verification_status is VerificationStatus.SUPPORTED
    assert contest.figure is claim.figures[0]
    assert [(item.evidence, item.bearing) for item in contest.items] == [
        (for_it, Bearing.FOR),
        (against, Bearing.AGAINST),
    ]


@pytest.mark.parametrize("field", ["about_figure", "about_evidence", "about_assessment"])
def test_nothing_of_another_claim_can_be_disputed_here(session: Session, field: str) -> None:
    claim, other = a_claim(session), a_claim(session)
    item = attached(session, other)
    row = assessed(session, other)
    foreign = {
        "about_figure": other.figures[0].id,
        "about_evidence": item.id,
        "about_assessment": row.id,
    }
    with pytest.raises(Refused) as problem:
        raised(session, claim, **{field: foreign[field]})
    assert problem.value.field == field


def test_one_item_cannot_speak_both_ways(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim)
    with pytest.raises(Refused) as problem:
        raised(session, claim, evidence_for=[item.id], evidence_against=[item.id])
    assert problem.value.field == "evidence_against"


def test_a_third_person_settles(session: Session) -> None:
    claim = a_claim(session)
    assessed(session, claim)
    contest = raised(session, claim)
    settled(session, contest, REVIEWER, ContestOutcome.UPHELD)
    assert contest.outcome is ContestOutcome.UPHELD
    assert contest.settled_by == REVIEWER
    with pytest.raises(Conflict):
        settled(session, contest, REVIEWER, ContestOutcome.REJECTED)


@pytest.mark.parametrize("who", [LEAD, CHECKER])
def test_neither_raiser_nor_assessor_settles(session: Session, who: str) -> None:
    """T-2P: a third person judges a dispute."""
    claim = a_claim(session)
    assessed(session, claim)
    contest = raised(session, claim)
    with pytest.raises(Forbidden):
        settled(session, contest, who, ContestOutcome.REJECTED)
    assert contest.outcome is None


def test_only_the_raiser_withdraws(session: Session) -> None:
    """T-2P: nobody clears another's dispute away."""
    contest = raised(session, a_claim(session))
    with pytest.raises(Forbidden):
        settled(session, contest, REVIEWER, ContestOutcome.WITHDRAWN)
    settled(session, contest, LEAD, ContestOutcome.WITHDRAWN)
    assert contest.settled_by == LEAD


def test_statement_and_settlement_are_wanted(session: Session) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused) as problem:
        raised(session, claim, statement={"zh": " "})
    assert problem.value.field == "statement"
    contest = raised(session, claim)
    with pytest.raises(Refused) as problem:
        settle(session, contest, outcome=ContestOutcome.REJECTED, settlement={}, by=REVIEWER)
    assert problem.value.field == "settlement"


def test_a_stale_settlement_is_a_conflict(session: Session) -> None:
    contest = raised(session, a_claim(session))
    with pytest.raises(Conflict):
        settle(
            session,
            contest,
            outcome=ContestOutcome.REJECTED,
            settlement=DENIAL,
            by=REVIEWER,
            seen_version=contest.version + 1,
        )
