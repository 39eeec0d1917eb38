"""A second person signs exactly the content they saw, or returns it with a reason."""

import pytest
from sqlalchemy.orm import Session

from claims.assessments import assess
from claims.contests import Dispute, raise_contest
from claims.errors import Conflict, Forbidden, Refused
from claims.evidence import withdraw_evidence
from claims.material import material_sha256
from claims.sign_offs import bar, send_back, sign
from claims.signatures import is_complete, valid_signatures
from claims.vocabulary import ContestReason, Side, SignOffDecision, Stage
from claims.workflow import NotReady, reopen, submit
from tests.claims.newsroom import (
    CHECKER,
    LEAD,
    REVIEWER,
    a_submitted_claim,
    a_verdict,
    assessed,
    attached,
    levels,
)


def test_a_second_person_signs_the_content_they_saw(session: Session) -> None:
    claim = a_submitted_claim(session)
    seen = material_sha256(claim)
    signature = sign(session, claim, by=REVIEWER, seen_sha256=seen)
    assert claim.stage is Stage.SIGNED_OFF
    assert (signature.content_sha256, signature.level) == (seen, 2)


def test_a_changed_content_is_not_signed(session: Session) -> None:
    """T-2P: what was not read is not signed."""
    claim = a_submitted_claim(session)
    seen = material_sha256(claim)
    claim.evidence[0].quote = "Something else."
    with pytest.raises(Conflict) as problem:
        sign(session, claim, by=REVIEWER, seen_sha256=seen)
    assert problem.value.code == "content_changed"


def test_the_assessor_may_not_sign(session: Session) -> None:
    """T-2P: nobody signs what they assessed."""
    claim = a_submitted_claim(session)
    with pytest.raises(Forbidden):
        sign(session, claim, by=CHECKER, seen_sha256=material_sha256(claim))
    assert claim.stage is Stage.SUBMITTED


def test_whoever_wrote_or_submitted_the_claim_may_not_sign(session: Session) -> None:
    """T-2P: nor what they wrote or submitted."""
    claim = a_submitted_claim(session, by=LEAD)
    assert bar(claim, LEAD) is not None
    assert bar(claim, claim.created_by) is not None
    assert bar(claim, REVIEWER) is None


def test_a_claim_that_is_not_submitted_is_not_signed(session: Session) -> None:
    claim = a_submitted_claim(session)
    attached(session, claim)
    with pytest.raises(Conflict) as problem:
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert problem.value.code == "stage"


@pytest.mark.parametrize(("blocking", "ends"), [(True, Stage.SUBMITTED), (False, Stage.SIGNED_OFF)])
def test_only_a_blocking_contest_forbids_the_signature(
    session: Session, *, blocking: bool, ends: Stage
) -> None:
    claim = a_submitted_claim(session)
    dispute = Dispute(
        reason=ContestReason.PARTY_DENIES,
        side=Side.SUBJECT,
        statement={"zh": "公司否认。"},
        blocking=blocking,
    )
    raise_contest(session, claim, dispute, by=LEAD)
    if blocking:
        with pytest.raises(Conflict) as problem:
            sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
        assert problem.value.code == "contested"
    else:
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert claim.stage is ends


def test_a_return_wants_a_reason_and_goes_back_to_checking(session: Session) -> None:
    claim = a_submitted_claim(session)
    seen = material_sha256(claim)
    with pytest.raises(Refused) as problem:
        send_back(session, claim, by=REVIEWER, reason=" ", seen_sha256=seen)
    assert problem.value.field == "reason"
    row = send_back(session, claim, by=REVIEWER, reason="缺口径", seen_sha256=seen)
    assert (row.decision, row.reason) == (SignOffDecision.RETURNED, "缺口径")
    assert claim.stage is Stage.CHECKING


def test_what_was_returned_is_not_submitted_again_unchanged(session: Session) -> None:
    claim = a_submitted_claim(session)
    send_back(session, claim, by=REVIEWER, reason="缺口径", seen_sha256=material_sha256(claim))
    with pytest.raises(NotReady) as problem:
        submit(session, claim, by=CHECKER)
    assert [lack.code for lack in problem.value.lacks] == ["unchanged_since_return"]
    assessed(session, claim, reasoning={"zh": "按营收口径,与年报一致。"})
    submit(session, claim, by=CHECKER)
    assert claim.stage is Stage.SUBMITTED


def test_a_signature_is_void_while_the_content_is_another(session: Session) -> None:
    claim = a_submitted_claim(session)
    signature = sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert valid_signatures(claim) == [signature]
    extra = attached(session, claim)
    assert valid_signatures(claim) == []
    withdraw_evidence(session, extra, by=CHECKER, reason="重复")
    assert valid_signatures(claim) == [signature]


def test_three_levels_need_two_more_people(session: Session) -> None:
    """T-2P: two levels are two people."""
    with levels(session, 3):
        claim = a_submitted_claim(session)
    seen = material_sha256(claim)
    assert sign(session, claim, by=REVIEWER, seen_sha256=seen).level == 2
    assert not is_complete(claim)
    with pytest.raises(Forbidden):
        sign(session, claim, by=REVIEWER, seen_sha256=seen)
    assert sign(session, claim, by=LEAD, seen_sha256=seen).level == 3
    assert claim.stage is Stage.SIGNED_OFF


def test_with_one_level_the_submitter_signs_but_never_the_assessor(session: Session) -> None:
    """T-2P: the rule holds at every setting."""
    with levels(session, 1):
        claim = a_submitted_claim(session, by=LEAD)
    seen = material_sha256(claim)
    with pytest.raises(Forbidden):
        sign(session, claim, by=CHECKER, seen_sha256=seen)
    assert sign(session, claim, by=LEAD, seen_sha256=seen).level == 1
    assert claim.stage is Stage.SIGNED_OFF


def test_a_change_of_policy_leaves_what_was_submitted_as_it_is(session: Session) -> None:
    claim = a_submitted_claim(session)
    with levels(session, 3):
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert claim.stage is Stage.SIGNED_OFF


def test_a_reopened_claim_is_signed_anew_also_by_the_same_person(session: Session) -> None:
    claim = a_submitted_claim(session)
    seen = material_sha256(claim)
    first = sign(session, claim, by=REVIEWER, seen_sha256=seen)
    reopen(session, claim, by=CHECKER, reason="再看一遍")
    submit(session, claim, by=CHECKER)
    assert valid_signatures(claim) == []
    second = sign(session, claim, by=REVIEWER, seen_sha256=seen)
    assert valid_signatures(claim) == [second]
    assert claim.stage is Stage.SIGNED_OFF
    assert first.submission < second.submission


def test_a_signature_falls_when_its_holder_joins_in_the_checking(session: Session) -> None:
    """T-2P: whoever signs first and assesses later has not signed."""
    claim = a_submitted_claim(session)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assess(session, claim, a_verdict(claim, claim.verification_status), by=REVIEWER)
    assert valid_signatures(claim) == []
    assert claim.stage is Stage.CHECKING
