"""A hash that is made of something withheld binds what was seen, and confirms no guess at it."""

import pytest
from sqlalchemy.orm import Session

from claims import veiling
from claims.article_sign_offs import article_signing
from claims.errors import Conflict
from claims.material import material_sha256
from claims.models import Claim
from claims.shown_hashes import HASHES_KEY, shown_content, shown_state
from claims.sign_offs import sign
from sources.models import Source
from sources.veil import NOTHING, VEIL
from tests.claims.newsroom import (
    CHECKER,
    LEAD,
    REVIEWER,
    a_submitted_claim,
    a_version,
)


def a_closed_claim(session: Session) -> Claim:
    """A claim that waits for a second person and rests on a source its checker alone may know."""
    claim = a_submitted_claim(session)
    session.add(a_version(claim.article, 1, "2024 年的份额为 5%。"))
    source = claim.evidence[0].source
    assert isinstance(source, Source)
    source.confidential = True
    session.flush()
    return claim


def seen_by(session: Session, claim: Claim, reader: str) -> str:
    veiling.cover(session, reader)
    return shown_content(claim, material_sha256(claim))


def test_whoever_may_know_sees_the_hash_itself_and_others_one_under_a_key(
    session: Session,
) -> None:
    claim = a_closed_claim(session)
    plain = material_sha256(claim)
    assert VEIL not in session.info
    assert shown_content(claim, plain) == plain
    assert seen_by(session, claim, CHECKER) == plain
    shown = seen_by(session, claim, REVIEWER)
    assert (len(shown), shown != plain) == (64, True)
    assert seen_by(session, claim, LEAD) == shown
    state = article_signing(session, claim.article)
    assert state.sha256 == shown_state(claim.article, state.state.sha256) != state.state.sha256
    # What holds nothing back is shown as it is.
    other = a_submitted_claim(session)
    assert shown_content(other, material_sha256(other)) == material_sha256(other)
    session.info = {**session.info, HASHES_KEY: None}
    assert shown_content(claim, plain) == NOTHING


def test_what_was_shown_is_what_is_signed(session: Session) -> None:
    claim = a_closed_claim(session)
    plain, shown = material_sha256(claim), seen_by(session, claim, REVIEWER)
    with pytest.raises(Conflict):
        sign(session, claim, by=REVIEWER, seen_sha256=plain)
    row = sign(session, claim, by=REVIEWER, seen_sha256=shown)
    assert row.content_sha256 == plain
