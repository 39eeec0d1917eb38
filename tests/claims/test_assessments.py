"""A status is given per figure, folded to the claim, lowered with a reason and never raised."""

import uuid

import pytest
from sqlalchemy.orm import Session

from claims.assessments import assess
from claims.errors import Conflict, Refused
from claims.material import material_sha256
from claims.sign_offs import sign
from claims.status import VerificationStatus
from claims.vocabulary import Disposition, Stage
from tests.claims.newsroom import CHECKER, REVIEWER, a_claim, a_submitted_claim, a_verdict, assessed

SUPPORTED, REFUTED = VerificationStatus.SUPPORTED, VerificationStatus.REFUTED


def test_one_row_per_figure_and_one_for_the_claim(session: Session) -> None:
    claim = a_claim(session, figures=2)
    whole = assessed(session, claim)
    assert whole.figure_id is None
    assert whole.reasoning == {"zh": "与年报一致。"}
    assert [row.figure for row in claim.assessments] == [*claim.figures, None]
    assert claim.verification_status is SUPPORTED
    assert claim.stage is Stage.CHECKING
    assert claim.disposition is Disposition.STET


def test_a_refuted_figure_makes_the_claim_refuted(session: Session) -> None:
    claim = a_claim(session, figures=2)
    one, other = claim.figures
    assessed(session, claim, figures={one.id: SUPPORTED, other.id: REFUTED})
    assert claim.verification_status is REFUTED


def test_an_immaterial_figure_does_not_weigh(session: Session) -> None:
    claim = a_claim(session, figures=2)
    one, other = claim.figures
    other.material = False
    assessed(session, claim, figures={one.id: SUPPORTED, other.id: REFUTED})
    assert claim.verification_status is SUPPORTED
    assert other.verification_status is REFUTED


def test_a_figure_left_out_keeps_its_status(session: Session) -> None:
    claim = a_claim(session, figures=2)
    one, other = claim.figures
    assessed(session, claim, figures={one.id: SUPPORTED})
    assert other.verification_status is VerificationStatus.UNCHECKED
    assert claim.verification_status is VerificationStatus.PARTLY_SUPPORTED
    assessed(session, claim, figures={other.id: SUPPORTED})
    assert claim.verification_status is SUPPORTED
    assert len(claim.assessments) == 4


def test_a_claim_without_figures_is_judged_as_a_whole(session: Session) -> None:
    claim = a_claim(session, figures=0)
    with pytest.raises(Refused) as problem:
        assessed(session, claim, whole=None)
    assert problem.value.field == "whole"
    assessed(session, claim, REFUTED)
    assert claim.verification_status is REFUTED


def test_the_folded_status_may_be_lowered(session: Session) -> None:
    claim = a_claim(session)
    whole = assessed(session, claim, lowered_to=VerificationStatus.MISLEADING)
    assert claim.verification_status is VerificationStatus.MISLEADING
    assert whole.lowered_from is SUPPORTED
    assert claim.figures[0].verification_status is SUPPORTED


def test_the_folded_status_may_never_be_raised(session: Session) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused) as problem:
        assessed(session, claim, REFUTED, lowered_to=SUPPORTED)
    assert problem.value.field == "lowered_to"


def test_lowering_to_the_folded_status_itself_is_no_lowering(session: Session) -> None:
    claim = a_claim(session)
    assert assessed(session, claim, REFUTED, lowered_to=REFUTED).lowered_from is None


@pytest.mark.parametrize("status", ["unchecked", "partly_supported"])
def test_a_computed_status_cannot_be_given(session: Session, status: str) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused):
        assessed(session, claim, VerificationStatus(status))


def test_another_claims_figure_is_refused(session: Session) -> None:
    claim, other = a_claim(session), a_claim(session)
    with pytest.raises(Refused) as problem:
        assessed(session, claim, figures={other.figures[0].id: SUPPORTED})
    assert (problem.value.code, problem.value.field) == ("foreign_figure", "figures")
    with pytest.raises(Refused):
        assessed(session, claim, figures={uuid.uuid4(): SUPPORTED})


def test_a_conclusion_about_nothing_is_refused(session: Session) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused) as problem:
        assessed(session, claim, figures={})
    assert (problem.value.code, problem.value.field) == ("status_missing", "figures")


def test_reasoning_is_wanted(session: Session) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused) as problem:
        assessed(session, claim, reasoning={"zh": " "})
    assert problem.value.field == "reasoning"


def test_a_correction_proposes_its_wording(session: Session) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused) as problem:
        assessed(session, claim, REFUTED, disposition=Disposition.CORRECT)
    assert problem.value.field == "proposed_wording"
    assessed(
        session, claim, REFUTED, disposition=Disposition.CORRECT, proposed_wording="份额为 4.6%"
    )
    assert claim.proposed_wording == "份额为 4.6%"


def test_a_stale_assessment_is_a_conflict(session: Session) -> None:
    claim = a_claim(session)
    verdict = a_verdict(claim, SUPPORTED)
    with pytest.raises(Conflict):
        assess(session, claim, verdict, by=CHECKER, seen_version=claim.version + 1)
    assert claim.assessments == []


def test_an_assessment_after_sign_off_reopens_the_claim(session: Session) -> None:
    claim = a_submitted_claim(session)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    was = str(claim.stage)
    assessed(session, claim, REFUTED)
    assert (was, str(claim.stage)) == (Stage.SIGNED_OFF, Stage.CHECKING)
