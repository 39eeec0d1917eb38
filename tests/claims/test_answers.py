"""An answer from outside is kept at once, weighs once accepted, and disputes without blocking."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims.answers import LONGEST_STATEMENT, MOST_ANSWERS, accept
from claims.calculated_evidence import Calculation, attach_calculation
from claims.contests import Dispute, let_block, raise_contest
from claims.errors import Conflict, Forbidden, Missing, Refused
from claims.evidence import Passage, edit_evidence, withdraw_evidence
from claims.material import material_sha256
from claims.sign_offs import sign
from claims.status import VerificationStatus
from claims.support import weigh
from claims.vocabulary import (
    AnswerChoice,
    Bearing,
    ContestReason,
    EvidenceKind,
    Side,
    Stage,
    Stance,
)
from claims.workflow import submit
from sources.base import now
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER, assessed, attached
from tests.claims.outside import STATEMENT, answered, claims_in_text, invited


def test_an_answer_is_evidence_that_waits_bound_to_what_was_shown(session: Session) -> None:
    claim = claims_in_text(session)[0]
    invitation = invited(session, claim).invitation
    shown, content = invitation.asked[0], material_sha256(claim)
    given = answered(session, invitation, claim, figure="18.9%", link="HTTPS://Example.org/a")
    assert given is not None
    item = given.evidence
    assert item.kind is EvidenceKind.PERSONAL_COMMUNICATION
    assert (item.quote, item.stance, item.pending) == (STATEMENT, Stance.REFUTES, True)
    assert item.figure is not None
    assert (item.figure.stated_text, item.figure.measure) == ("18.9%", claim.figures[0].measure)
    assert given.link == "https://example.org/a"
    assert (given.version_sha256, given.material_sha256) == (
        shown.version_sha256,
        shown.material_sha256,
    )
    assert item.created_by == invitation.guest == f"guest:expert:{invitation.id}"
    assert not item.counts
    assert weigh(session, claim.evidence, Stance.REFUTES).links == 0
    assert material_sha256(claim) == content
    sum_of_it = Calculation(formula=f"E{item.number} * 2", stance=Stance.SUPPORTS)
    with pytest.raises(Refused):
        attach_calculation(session, claim, sum_of_it, by=CHECKER)


def test_an_accepted_answer_weighs_with_the_stance_a_checker_gives_it(session: Session) -> None:
    claim = claims_in_text(session)[0]
    invitation = invited(session, claim).invitation
    given = answered(session, invitation, claim)
    assert given is not None
    before = material_sha256(claim)
    accept(
        session,
        given,
        stance=Stance.QUALIFIES,
        addresses=[claim.figures[0].id],
        note={"zh": "已电话核实身份。"},
        by=CHECKER,
    )
    item = given.evidence
    assert (item.counts, item.stance, item.addresses) == (
        True,
        Stance.QUALIFIES,
        [claim.figures[0]],
    )
    assert (given.accepted_by, item.quote) == (CHECKER, STATEMENT)
    assert material_sha256(claim) != before
    with pytest.raises(Conflict):
        accept(session, given, stance=Stance.SUPPORTS, by=CHECKER)


def test_a_dispute_raises_a_contest_of_that_side_that_blocks_only_by_a_person(
    session: Session,
) -> None:
    claim = claims_in_text(session)[0]
    subject = invited(session, claim, side=Side.SUBJECT).invitation
    given = answered(session, subject, claim, name="长江存储", by_name=True)
    assert given is not None
    (contest,) = claim.contests
    assert contest is given.contest
    assert (contest.side, contest.reason, contest.blocking) == (
        Side.SUBJECT,
        ContestReason.PARTY_DENIES,
        False,
    )
    assert contest.party == {"zh": "长江存储", "en": "长江存储"}
    assert [(row.evidence, row.bearing) for row in contest.items] == [(given.evidence, Bearing.FOR)]
    with pytest.raises(Forbidden):
        let_block(session, contest, by=subject.guest)
    let_block(session, contest, by=CHECKER)
    assert contest.blocking
    with pytest.raises(Conflict):
        let_block(session, contest, by=CHECKER)


def test_a_name_is_printed_only_with_consent(session: Session) -> None:
    claim = claims_in_text(session)[0]
    unnamed = answered(session, invited(session, claim).invitation, claim, name="王芳")
    named = answered(session, invited(session, claim).invitation, claim, name="王芳", by_name=True)
    assert unnamed is not None
    assert named is not None
    assert unnamed.evidence.says == {"zh": "一位专家：提出异议", "en": "An expert: disputes it"}
    assert unnamed.contest is not None
    assert unnamed.contest.party is None
    assert named.evidence.says == {"zh": "王芳：提出异议", "en": "王芳: disputes it"}
    with pytest.raises(Refused) as problem:
        answered(session, invited(session, claim).invitation, claim, by_name=True)
    assert problem.value.field == "credited_as"


def test_an_amendment_is_a_new_item_and_the_former_stays(session: Session) -> None:
    claim = claims_in_text(session)[0]
    invitation = invited(session, claim).invitation
    first = answered(session, invitation, claim)
    assert answered(session, invitation, claim) is None
    second = answered(session, invitation, claim, AnswerChoice.AGREE, statement="我看错了。")
    assert first is not None
    assert second is not None
    assert [item.quote for item in claim.evidence] == [STATEMENT, "我看错了。"]
    assert invitation.asked[0].newest is second
    (contest,) = claim.contests
    assert {row.evidence: row.bearing for row in contest.items} == {
        first.evidence: Bearing.FOR,
        second.evidence: Bearing.AGAINST,
    }


def test_who_is_asked_about_a_contest_speaks_to_it(session: Session) -> None:
    claim = claims_in_text(session)[0]
    dispute = Dispute(
        reason=ContestReason.OTHER, side=Side.READER, statement={"zh": "不对。"}, blocking=True
    )
    contest = raise_contest(session, claim, dispute, by=LEAD)
    invitation = invited(session, claim, contest=contest).invitation
    given = answered(session, invitation, claim)
    assert given is not None
    assert given.contest is contest
    assert claim.contests == [contest]


def test_a_signature_outlives_an_answer_until_it_is_accepted(session: Session) -> None:
    claim = claims_in_text(session)[0]
    invitation = invited(session, claim).invitation
    attached(session, claim)
    assessed(session, claim, VerificationStatus.SUPPORTED)
    submit(session, claim, by=CHECKER)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    given = answered(session, invitation, claim)
    signed = claim.stage
    assert given is not None
    accept(session, given, stance=Stance.REFUTES, by=CHECKER)
    assert [signed, claim.stage] == [Stage.SIGNED_OFF, Stage.CHECKING]


def test_somebody_elses_words_are_not_rewritten(session: Session) -> None:
    claim = claims_in_text(session)[0]
    given = answered(session, invited(session, claim).invitation, claim)
    assert given is not None
    item = given.evidence
    passage = Passage(
        stance=Stance.MENTIONS,
        kind=EvidenceKind.PERSONAL_COMMUNICATION,
        quote=item.quote,
        says=item.says,
    )
    with pytest.raises(Conflict):
        edit_evidence(session, item, passage, by=CHECKER)
    accept(session, given, stance=Stance.REFUTES, by=CHECKER)
    edit_evidence(session, item, passage, by=CHECKER)
    assert item.stance is Stance.MENTIONS
    other = Passage(stance=Stance.MENTIONS, quote="别的话", kind=passage.kind, says=item.says)
    with pytest.raises(Refused) as problem:
        edit_evidence(session, item, other, by=CHECKER)
    assert problem.value.field == "quote"


def test_an_answer_that_is_withdrawn_is_not_accepted_later(session: Session) -> None:
    claim = claims_in_text(session)[0]
    given = answered(session, invited(session, claim).invitation, claim)
    assert given is not None
    withdraw_evidence(session, given.evidence, by=CHECKER, reason="身份不实")
    with pytest.raises(Conflict):
        accept(session, given, stance=Stance.REFUTES, by=CHECKER)


def test_nothing_is_taken_after_the_end_nor_about_another_claim(session: Session) -> None:
    share, stores, _rank = claims_in_text(session)
    invitation = invited(session, share).invitation
    with pytest.raises(Missing):
        answered(session, invitation, stores)
    invitation.expires_at = now() - dt.timedelta(seconds=1)
    with pytest.raises(Missing):
        answered(session, invitation, share)
    assert share.evidence == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"statement": " "}, "statement_x"),
        ({"statement": "字" * (LONGEST_STATEMENT + 1)}, "statement_x"),
        ({"link": "javascript:alert(1)"}, "link_x"),
        ({"link": "http://127.0.0.1/"}, "link_x"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    session: Session, facts: dict[str, Any], field: str
) -> None:
    claim = claims_in_text(session)[0]
    with pytest.raises(Refused) as problem:
        answered(session, invited(session, claim).invitation, claim, field="_x", **facts)
    assert problem.value.field == field


def test_a_figure_that_cannot_be_read_stays_as_it_was_written(session: Session) -> None:
    claim = claims_in_text(session)[0]
    given = answered(session, invited(session, claim).invitation, claim, figure="十几个吧，大概")
    assert given is not None
    assert (given.stated_figure, given.evidence.figure) == ("十几个吧，大概", None)


def test_answers_through_one_link_are_bounded(session: Session) -> None:
    claim = claims_in_text(session)[0]
    invitation = invited(session, claim).invitation
    for number in range(MOST_ANSWERS):
        assert answered(session, invitation, claim, statement=f"第 {number} 次")
    with pytest.raises(Conflict):
        answered(session, invitation, claim, statement="再一次")
