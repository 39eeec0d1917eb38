"""A claim is put right in both languages, and its author does not sign it."""

import pytest
from sqlalchemy.orm import Session

from claims.claim_edits import ClaimFacts, edit_claim
from claims.errors import Conflict, Refused
from claims.material import material_sha256
from claims.sign_offs import bar, sign
from claims.vocabulary import Stage
from tests.claims.newsroom import LEAD, REVIEWER, a_claim, a_submitted_claim

SAID = {"zh": "2024 年的份额为 5%，按营收计。", "en": "The share by revenue was 5 % in 2024."}


def test_another_statement_voids_the_signature_and_makes_an_author(session: Session) -> None:
    claim = a_submitted_claim(session)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    edit_claim(session, claim, ClaimFacts(statement=SAID, kind="share"), by=LEAD)
    assert claim.statement == SAID
    assert claim.stage is Stage.CHECKING
    assert bar(claim, LEAD) is not None


def test_where_to_check_is_no_content_and_voids_nothing(session: Session) -> None:
    claim = a_submitted_claim(session)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    same = ClaimFacts(statement=claim.statement, kind="", where_to_check="Annual report, p. 3")
    edit_claim(session, claim, same, by=LEAD)
    assert claim.where_to_check == "Annual report, p. 3"
    assert (claim.kind, claim.stage) == ("share", Stage.SIGNED_OFF)
    assert bar(claim, LEAD) is None


def test_a_claim_says_something_in_some_language(session: Session) -> None:
    claim = a_claim(session)
    with pytest.raises(Refused, match="Write the statement"):
        edit_claim(session, claim, ClaimFacts(statement={"zh": " ", "en": ""}, kind=""), by=LEAD)


def test_a_stale_edit_is_refused(session: Session) -> None:
    claim = a_claim(session)
    seen = claim.version
    edit_claim(session, claim, ClaimFacts(statement=SAID, kind="share"), by=LEAD)
    with pytest.raises(Conflict):
        edit_claim(session, claim, ClaimFacts(statement=SAID, kind="x"), by=LEAD, seen_version=seen)
