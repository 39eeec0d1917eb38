"""A claim moves only as the table says, and goes back by itself when its content changes."""

import pytest
from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.evidence import edit_evidence, withdraw_evidence
from claims.material import material_sha256
from claims.models import Claim, Finding
from claims.sign_offs import sign
from claims.signatures import valid_signatures
from claims.status import VerificationStatus
from claims.vocabulary import Disposition, Severity, Stage, Stance
from claims.workflow import MOVES, Move, NotReady, drop, may_move, move, reopen, submit, touch
from tests.claims.newsroom import (
    CHECKER,
    REVIEWER,
    a_claim,
    a_passage,
    a_source,
    a_submitted_claim,
    assessed,
    attached,
)


def signed(session: Session) -> Claim:
    claim = a_submitted_claim(session)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    return claim


@pytest.mark.parametrize("how", Move)
@pytest.mark.parametrize("stage", Stage)
def test_a_claim_moves_from_where_the_table_allows_and_from_nowhere_else(
    session: Session, how: Move, stage: Stage
) -> None:
    claim = a_claim(session)
    claim.disposition = Disposition.STET
    claim.stage = stage
    allowed, ends = MOVES[how]
    assert may_move(claim, how) is (stage in allowed)
    if stage in allowed:
        move(claim, how)
        assert claim.stage is ends
    else:
        with pytest.raises(Conflict):
            move(claim, how)
        assert claim.stage is stage


def test_every_stage_is_reached_by_some_move_and_the_first_only_by_taking_back() -> None:
    assert {ends for _, ends in MOVES.values()} == set(Stage)
    assert [how for how in Move if MOVES[how][1] is Stage.OPEN] == [Move.REVIVE, Move.UNDO]


def test_a_bare_claim_is_told_everything_it_lacks(session: Session) -> None:
    claim = a_claim(session, figures=2, stage=Stage.CHECKING)
    with pytest.raises(NotReady) as problem:
        submit(session, claim, by=CHECKER)
    assert [lack.code for lack in problem.value.lacks] == [
        "figure_unchecked",
        "figure_unchecked",
        "reasoning_missing",
        "disposition_missing",
    ]
    assert "5%" in problem.value.message["zh"]
    assert claim.stage is Stage.CHECKING


def test_supported_without_evidence_is_not_ready(session: Session) -> None:
    claim = a_claim(session)
    assessed(session, claim)
    with pytest.raises(NotReady) as problem:
        submit(session, claim, by=CHECKER)
    assert [lack.code for lack in problem.value.lacks] == ["evidence_missing"]


def test_evidence_without_quote_or_locator_does_not_count(session: Session) -> None:
    claim = a_claim(session)
    attached(session, claim, quote=None, locator=None, locator_kind=None)
    assessed(session, claim)
    with pytest.raises(NotReady) as problem:
        submit(session, claim, by=CHECKER)
    assert [lack.code for lack in problem.value.lacks] == ["evidence_missing"]


def test_two_reprints_of_one_report_do_not_make_a_claim_supported(session: Session) -> None:
    claim = a_claim(session)
    origin = a_source(session)
    for _ in range(2):
        attached(session, claim, source=a_source(session, derived_from=origin))
    assessed(session, claim)
    with pytest.raises(NotReady) as problem:
        submit(session, claim, by=CHECKER)
    (lack,) = problem.value.lacks
    assert lack.code == "support_thin"
    assert "2 links, 1 origin, 0 primary" in lack.message["en"]


def test_two_independent_origins_suffice(session: Session) -> None:
    claim = a_claim(session)
    for _ in range(2):
        attached(session, claim, source=a_source(session))
    assessed(session, claim)
    submit(session, claim, by=CHECKER)
    assert claim.stage is Stage.SUBMITTED
    assert claim.submitted_by == CHECKER


def test_not_enough_evidence_may_be_submitted_without_any(session: Session) -> None:
    claim = a_claim(session)
    assessed(session, claim, VerificationStatus.NOT_ENOUGH_EVIDENCE)
    submit(session, claim, by=CHECKER)
    assert claim.stage is Stage.SUBMITTED


def test_a_mandatory_finding_must_be_waived_first(session: Session) -> None:
    claim = a_claim(session)
    assessed(session, claim, VerificationStatus.NOT_CHECKABLE)
    claim.findings.append(
        Finding(
            code="arithmetic",
            severity=Severity.MANDATORY,
            message={"zh": "算术不符。", "en": "The arithmetic is off."},
            created_by="editor:li.wei",
        )
    )
    session.flush()
    with pytest.raises(NotReady) as problem:
        submit(session, claim, by=CHECKER)
    assert [lack.code for lack in problem.value.lacks] == ["finding_open"]
    (finding,) = [row for row in claim.findings if row.code == "arithmetic"]
    finding.waived_by, finding.waiver_reason = CHECKER, "四舍五入"
    submit(session, claim, by=CHECKER)


def test_a_stale_submission_is_a_conflict(session: Session) -> None:
    claim = a_claim(session)
    assessed(session, claim, VerificationStatus.NOT_CHECKABLE)
    with pytest.raises(Conflict):
        submit(session, claim, by=CHECKER, seen_version=claim.version - 1)


def test_a_signed_claim_reopens_when_its_figure_changes(session: Session) -> None:
    claim = signed(session)
    claim.figures[0].period = "2023"
    assert touch(session, claim)
    assert claim.stage is Stage.CHECKING
    assert valid_signatures(claim) == []


def test_a_signed_claim_reopens_when_evidence_is_added(session: Session) -> None:
    claim = signed(session)
    attached(session, claim, stance=Stance.REFUTES)
    assert claim.stage is Stage.CHECKING


def test_a_signed_claim_reopens_when_evidence_is_withdrawn(session: Session) -> None:
    claim = signed(session)
    withdraw_evidence(session, claim.evidence[0], by=CHECKER, reason="错页")
    assert claim.stage is Stage.CHECKING


def test_a_typo_in_a_note_leaves_the_signature_standing(session: Session) -> None:
    claim = signed(session)
    item = claim.evidence[0]
    passage = a_passage(session, source=item.source, note={"zh": "见表三"})
    edit_evidence(session, item, passage, by=CHECKER)
    assert item.note == {"zh": "见表三"}
    assert claim.stage is Stage.SIGNED_OFF
    assert len(valid_signatures(claim)) == 1


def test_touching_an_unchanged_signed_claim_does_nothing(session: Session) -> None:
    claim = signed(session)
    assert not touch(session, claim)
    assert claim.stage is Stage.SIGNED_OFF


def test_a_submitted_claim_goes_back_when_evidence_is_added(session: Session) -> None:
    claim = a_submitted_claim(session)
    attached(session, claim)
    assert claim.stage is Stage.CHECKING


def test_the_first_evidence_begins_the_checking(session: Session) -> None:
    claim = a_claim(session)
    attached(session, claim)
    assert claim.stage is Stage.CHECKING


def test_reopening_wants_a_reason_and_keeps_it(session: Session) -> None:
    claim = signed(session)
    with pytest.raises(Refused):
        reopen(session, claim, by=CHECKER, reason="  ")
    assert claim.stage == "signed_off"
    reopen(session, claim, by=CHECKER, reason="公司更正了年报")
    assert claim.stage is Stage.CHECKING
    assert "公司更正了年报" in claim.comments[-1].body


def test_a_dropped_claim_takes_no_evidence_until_it_is_reopened(session: Session) -> None:
    claim = a_claim(session)
    drop(session, claim, by=CHECKER, reason="新版本删去了这句话")
    with pytest.raises(Conflict):
        attached(session, claim)
    reopen(session, claim, by=CHECKER, reason="又写回来了")
    attached(session, claim)
    assert claim.stage is Stage.CHECKING
