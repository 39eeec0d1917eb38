"""Somebody outside is asked about named claims through a link that ends by itself."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.invitations import (
    MOST_CLAIMS,
    askable,
    of_token,
    renew,
    revoke,
    state_of,
    token_sha256,
)
from claims.material import material_sha256
from claims.vocabulary import AnswerChoice, InvitationState, Side
from claims.workflow import drop
from sources.base import now
from tests.claims.newsroom import CHECKER, LEAD, a_claim
from tests.claims.outside import answered, claims_in_text, invited


def test_an_invitation_keeps_what_it_shows_and_only_the_hash_of_its_link(session: Session) -> None:
    share, stores, _rank = claims_in_text(session)
    invitation, token = invited(session, stores, share)
    assert len(token) >= 43
    assert invitation.token_sha256 == token_sha256(token)
    assert token not in str(vars(invitation))
    first, second = invitation.asked
    assert (first.claim, second.claim) == (share, stores)
    assert "18.3%" in first.sentence
    assert first.version_sha256 == invitation.article_version.sha256
    assert first.material_sha256 == material_sha256(share)
    assert first.figures is not None
    assert "18.25 % – 18.35 %" in first.figures["zh"]


def test_a_link_leads_to_its_invitation_and_a_guess_to_nothing(session: Session) -> None:
    opened = invited(session, claims_in_text(session)[0])
    assert of_token(session, opened.token) is opened.invitation
    for guess in ("", opened.token[:-1], opened.token + "x", opened.invitation.token_sha256):
        assert of_token(session, guess) is None


def test_a_link_stops_at_its_time_when_revoked_and_when_made_anew(session: Session) -> None:
    claim = claims_in_text(session)[0]
    expired, revoked, renewed = (invited(session, claim) for _ in range(3))
    expired.invitation.expires_at = now() - dt.timedelta(seconds=1)
    revoke(session, revoked.invitation, by=LEAD)
    fresh = renew(session, renewed.invitation, 7)
    session.flush()
    for opened in (expired, revoked, renewed):
        assert of_token(session, opened.token) is None
    assert of_token(session, fresh) is renewed.invitation
    with pytest.raises(Conflict):
        revoke(session, revoked.invitation, by=LEAD)
    with pytest.raises(Conflict):
        renew(session, revoked.invitation, 7)


def test_the_state_says_who_is_waited_for(session: Session) -> None:
    claim = claims_in_text(session)[0]
    invitation = invited(session, claim).invitation
    later = invitation.expires_at + dt.timedelta(days=1)
    assert state_of(invitation, now()) is InvitationState.OPEN
    assert state_of(invitation, later) is InvitationState.EXPIRED
    answered(session, invitation, claim, AnswerChoice.AGREE)
    assert state_of(invitation, later) is InvitationState.ANSWERED
    revoke(session, invitation, by=LEAD)
    assert state_of(invitation, now()) is InvitationState.REVOKED


def test_only_what_the_newest_version_says_can_be_asked_about(session: Session) -> None:
    share, stores, rank = claims_in_text(session)
    drop(session, stores, by=CHECKER, reason="删了")
    assert askable(session, share.article_id) == [share, rank]
    for unfit in (stores, a_claim(session)):
        with pytest.raises(Refused) as problem:
            invited(session, unfit)
        assert problem.value.field == "claims"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "  "}, "name"),
        ({"question": ""}, "question"),
        ({"side": Side.CHECKER}, "side"),
        ({"days": 3650}, "days"),
    ],
)
def test_what_is_missing_is_named(session: Session, facts: dict[str, Any], field: str) -> None:
    claim = claims_in_text(session)[0]
    with pytest.raises(Refused) as problem:
        invited(session, claim, **facts)
    assert problem.value.field == field


def test_claims_of_two_articles_or_too_many_are_refused(session: Session) -> None:
    one, other = claims_in_text(session)[0], claims_in_text(session)[0]
    for claims in ((), (one, other), [one] * (MOST_CLAIMS + 1)):
        with pytest.raises(Refused) as problem:
            invited(session, *claims)
        assert problem.value.field == "claims"
