"""The database itself keeps the duties apart, whoever writes and through whatever door."""

import uuid

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest
from claims.material import material_sha256
from claims.models import Claim, Contest, SignOff
from claims.sign_offs import send_back, sign
from claims.signatures import valid_signatures
from claims.vocabulary import ContestOutcome, ContestReason, Side, SignOffDecision, Stage
from claims.workflow import drop
from sources.base import now
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER, a_submitted_claim, levels


def bypass(
    session: Session,
    claim: Claim,
    by: str,
    decision: SignOffDecision = SignOffDecision.SIGNED,
    level: int = 2,
    submission: int | None = None,
) -> None:
    """Write a signature past the domain, as a bulk statement or a database shell would."""
    with session.begin_nested():
        session.execute(
            insert(SignOff).values(
                id=uuid.uuid4(),
                claim_id=claim.id,
                decision=decision,
                level=level,
                submission=claim.submission if submission is None else submission,
                content_sha256=material_sha256(claim),
                reason=None if decision is SignOffDecision.SIGNED else "缺口径",
                created_at=now(),
                created_by=by,
            )
        )


def a_contest(session: Session, claim: Claim, *, blocking: bool = False) -> Contest:
    dispute = Dispute(
        reason=ContestReason.LEGAL,
        side=Side.REVIEWER,
        statement={"zh": "待法务意见。"},
        blocking=blocking,
    )
    return raise_contest(session, claim, dispute, by=LEAD)


def settle_past_the_domain(
    session: Session, contest: Contest, by: str, outcome: ContestOutcome
) -> None:
    with session.begin_nested():
        session.execute(
            update(Contest)
            .where(Contest.id == contest.id)
            .values(outcome=outcome, settled_by=by, settled_at=now())
        )


def test_the_assessor_cannot_sign_even_by_raw_sql(session: Session) -> None:
    """T-2P: nobody signs what they wrote or assessed."""
    claim = a_submitted_claim(session)
    with pytest.raises(DBAPIError, match="nobody signs a claim they assessed"):
        bypass(session, claim, CHECKER)


def test_neither_can_the_submitter_nor_the_author(session: Session) -> None:
    """T-2P: whoever wrote or submitted a claim is barred like its assessor."""
    claim = a_submitted_claim(session, by=LEAD)
    for who in (LEAD, claim.created_by):
        with pytest.raises(DBAPIError, match="nobody signs a claim they assessed"):
            bypass(session, claim, who)


def test_nobody_holds_two_levels_of_the_same_content(session: Session) -> None:
    """T-2P: two levels are two people."""
    with levels(session, 3):
        claim = a_submitted_claim(session)
    bypass(session, claim, REVIEWER)
    with pytest.raises(DBAPIError, match="twice for the same content"):
        bypass(session, claim, REVIEWER, level=3)
    bypass(session, claim, "editor:chen.jie", level=3)


def test_a_return_is_no_signature(session: Session) -> None:
    claim = a_submitted_claim(session)
    bypass(session, claim, CHECKER, SignOffDecision.RETURNED)


def test_a_blocking_contest_holds_the_signature_back(session: Session) -> None:
    """T-2P: an open blocking contest stops a bulk statement as well."""
    claim = a_submitted_claim(session)
    contest = a_contest(session, claim, blocking=True)
    with pytest.raises(DBAPIError, match="a blocking contest is open"):
        bypass(session, claim, REVIEWER)
    settle_past_the_domain(session, contest, REVIEWER, ContestOutcome.REJECTED)
    bypass(session, claim, REVIEWER)


def test_the_assessor_cannot_settle_a_contest(session: Session) -> None:
    """T-2P: nobody judges a dispute about their own conclusion."""
    contest = a_contest(session, a_submitted_claim(session))
    with pytest.raises(DBAPIError, match="does not settle a contest"):
        settle_past_the_domain(session, contest, CHECKER, ContestOutcome.REJECTED)


def test_the_raiser_cannot_settle_a_contest(session: Session) -> None:
    """T-2P: nobody judges the dispute they raised."""
    contest = a_contest(session, a_submitted_claim(session))
    with pytest.raises(DBAPIError, match="settled_by_another"):
        settle_past_the_domain(session, contest, LEAD, ContestOutcome.REJECTED)


def test_a_settled_contest_cannot_be_handed_to_the_assessor_afterwards(session: Session) -> None:
    """T-2P: nor in two statements."""
    contest = a_contest(session, a_submitted_claim(session))
    settle_past_the_domain(session, contest, REVIEWER, ContestOutcome.REJECTED)
    with pytest.raises(DBAPIError, match="does not settle a contest"):
        settle_past_the_domain(session, contest, CHECKER, ContestOutcome.UPHELD)


@pytest.mark.parametrize(
    "values",
    [
        {"blocking": False},
        {"created_by": CHECKER},
        {"outcome": ContestOutcome.WITHDRAWN, "settled_by": CHECKER, "settled_at": now()},
    ],
    ids=["unblocked", "taken over", "withdrawn by the assessor"],
)
def test_nobody_but_its_raiser_takes_a_contest_out_of_the_way(
    session: Session, values: dict[str, object]
) -> None:
    """T-2P: whoever assessed the claim would clear the way for their own assessment."""
    contest = a_contest(session, a_submitted_claim(session), blocking=True)
    with pytest.raises(DBAPIError, match="only its raiser withdraws"), session.begin_nested():
        session.execute(update(Contest).where(Contest.id == contest.id).values(**values))
    settle_past_the_domain(session, contest, LEAD, ContestOutcome.WITHDRAWN)


def test_a_withdrawal_is_not_turned_into_a_judgement(session: Session) -> None:
    """T-2P: by whoever raised the contest and assessed the claim afterwards, in two statements."""
    claim = a_submitted_claim(session)
    contest = a_contest(session, claim)
    settle_past_the_domain(session, contest, LEAD, ContestOutcome.WITHDRAWN)
    with pytest.raises(DBAPIError, match=r"settled_by_another|does not settle a contest"):
        settle_past_the_domain(session, contest, LEAD, ContestOutcome.REJECTED)


def test_a_contest_cannot_be_born_settled_by_the_assessor(session: Session) -> None:
    """T-2P: nor in one."""
    claim = a_submitted_claim(session)
    with pytest.raises(DBAPIError, match="does not settle a contest"):
        session.execute(
            insert(Contest).values(
                id=uuid.uuid4(),
                claim_id=claim.id,
                number=1,
                reason=ContestReason.OTHER,
                side=Side.READER,
                statement={"zh": "不对"},
                blocking=False,
                outcome=ContestOutcome.REJECTED,
                settled_by=CHECKER,
                settled_at=now(),
                version=1,
                created_at=now(),
                created_by=LEAD,
            )
        )


@pytest.mark.parametrize("stage", ["submitted", "signed_off", "open"])
def test_a_stage_is_not_set_past_the_table(session: Session, stage: str) -> None:
    """T-2P: no statement signs a claim off by its stage."""
    claim = a_submitted_claim(session)
    if stage == "submitted":
        send_back(session, claim, by=REVIEWER, reason="缺", seen_sha256=material_sha256(claim))
        drop(session, claim, by=CHECKER, reason="删")
    with pytest.raises(DBAPIError, match=r"table of moves|by its signatures only"):
        change(session, claim, stage=Stage(stage))


@pytest.mark.parametrize(
    "values", [{"submitted_by": LEAD}, {"created_by": LEAD}, {"sign_off_levels": 1}]
)
def test_who_stands_behind_a_claim_is_not_rewritten(
    session: Session, values: dict[str, object]
) -> None:
    """T-2P: who is barred stays barred."""
    claim = a_submitted_claim(session)
    with pytest.raises(DBAPIError, match="who wrote and who submitted"):
        change(session, claim, **values)


def test_a_third_level_is_not_reached_by_one_signature(session: Session) -> None:
    """T-2P: a stage is no signature."""
    with levels(session, 3):
        claim = a_submitted_claim(session)
    bypass(session, claim, REVIEWER)
    with pytest.raises(DBAPIError, match="by its signatures only"):
        change(session, claim, stage=Stage.SIGNED_OFF)


def test_a_signature_is_not_slipped_in_for_another_submission_or_level(session: Session) -> None:
    """T-2P: a signature in advance counts for nothing."""
    claim = a_submitted_claim(session)
    for submission, level in ((7, 2), (claim.submission, 3)):
        with pytest.raises(DBAPIError, match="answers the present submission"):
            bypass(session, claim, REVIEWER, level=level, submission=submission)


def test_content_edited_by_hand_after_the_sign_off_makes_it_void(session: Session) -> None:
    """T-2P: what was not read is not signed."""
    claim = a_submitted_claim(session)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    change(session, claim, proposed_wording="约 6%")
    session.refresh(claim)
    assert valid_signatures(claim) == []


def change(session: Session, claim: Claim, **values: object) -> None:
    """Change a claim past the domain."""
    with session.begin_nested():
        session.execute(update(Claim).where(Claim.id == claim.id).values(**values))
