"""A copy that comes by itself is taken while a claim is being checked, and undoes nobody's name."""

import uuid

import pytest
from sqlalchemy.orm import Session

from claims.awaited import arrive, await_copy, awaited, take_late
from claims.errors import Conflict
from claims.evidence import withdraw_evidence
from claims.material import material_sha256
from claims.models import Claim, Evidence
from claims.sign_offs import sign
from claims.vocabulary import Stage
from sources import attempts
from sources.attempt_models import CaptureAttempt
from sources.models import Snapshot
from sources.vocabulary import Capture
from tests.claims.newsroom import (
    CHECKER,
    REVIEWER,
    a_claim,
    a_source,
    a_submitted_claim,
    attached,
)


def a_wait(session: Session, claim: Claim) -> tuple[Evidence, CaptureAttempt]:
    """An item of a claim that waits for a copy of its source."""
    item = next((one for one in claim.evidence if one.stands), None) or attached(session, claim)
    assert item.source is not None
    item.source.url = f"https://news.example/{uuid.uuid4()}"
    attempt = attempts.ask(session, item.source, by=CHECKER)
    await_copy(session, item, attempt, by=CHECKER)
    return item, attempt


def comes(session: Session, attempt: CaptureAttempt) -> Snapshot:
    """The copy an attempt brings."""
    snapshot = Snapshot(
        source_id=attempt.source_id,
        capture=Capture.WEB,
        sha256="a" * 64,
        media_type="text/html",
        size=1,
        created_by=CHECKER,
    )
    session.add(snapshot)
    session.flush()
    attempts.kept(session, attempt, snapshot)
    return snapshot


def test_an_item_rests_on_the_copy_as_soon_as_it_comes(session: Session) -> None:
    item, attempt = a_wait(session, a_claim(session))
    assert not awaited(session, [item])[item.id].late
    snapshot = comes(session, attempt)
    assert arrive(session, attempt, snapshot) == [item]
    assert item.snapshot is snapshot
    assert awaited(session, [item]) == {}


@pytest.mark.parametrize("signed", [False, True])
def test_what_somebody_put_a_name_to_is_not_changed_by_a_copy_that_comes(
    session: Session, *, signed: bool
) -> None:
    claim = a_submitted_claim(session)
    item, attempt = a_wait(session, claim)
    if signed:
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    stage, version = claim.stage, claim.version
    assert arrive(session, attempt, comes(session, attempt)) == []
    assert (claim.stage, claim.version, item.snapshot) == (stage, version, None)
    assert awaited(session, [item])[item.id].late


def test_a_person_takes_the_late_copy_and_the_claim_goes_back_to_checking(
    session: Session,
) -> None:
    claim = a_submitted_claim(session)
    item, attempt = a_wait(session, claim)
    snapshot = comes(session, attempt)
    arrive(session, attempt, snapshot)
    take_late(session, item)
    assert (item.snapshot, claim.stage) == (snapshot, Stage.CHECKING)
    with pytest.raises(Conflict):
        take_late(session, item)


def test_what_was_withdrawn_or_has_its_own_file_takes_no_copy(session: Session) -> None:
    gone, first = a_wait(session, a_claim(session))
    withdraw_evidence(session, gone, by=CHECKER, reason="Another report.")
    held, second = a_wait(session, a_claim(session))
    held.snapshot = own = comes(session, attempts.ask(session, held.source, by=CHECKER))  # type: ignore[arg-type]
    for attempt in (first, second):
        assert arrive(session, attempt, comes(session, attempt)) == []
    assert (gone.snapshot, held.snapshot) == (None, own)


def test_a_copy_of_the_source_an_item_had_before_is_not_taken(session: Session) -> None:
    item, attempt = a_wait(session, a_claim(session))
    item.source = a_source(session)
    session.flush()
    assert arrive(session, attempt, comes(session, attempt)) == []
    assert awaited(session, [item]) == {}
