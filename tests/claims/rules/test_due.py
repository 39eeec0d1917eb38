"""Time alone brings findings about, takes them away again, and repeats nothing."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest
from claims.figures import ObservationStatus
from claims.models import Claim, ClaimAnchor, Finding
from claims.rules.due import due_claims, look_again
from claims.vocabulary import ContestReason, Side, Stage
from tests.claims.newsroom import CHECKER, REVIEWER, a_claim, a_figure, a_version

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
FORECAST = ObservationStatus.FORECAST


def codes(session: Session, claim: Claim) -> list[str]:
    rows = session.scalars(select(Finding.code).where(Finding.claim_id == claim.id))
    return sorted(set(rows) & {"fallen_due", "contest_overdue", "year_turned", "old_snapshot"})


def a_forecast(session: Session, period: str) -> Claim:
    claim = a_claim(session, figures=0)
    session.add(a_figure(claim, observation_status=FORECAST, period=period))
    session.flush()
    session.expire(claim, ["figures"])
    return claim


def test_a_forecast_falls_due_and_the_finding_goes_with_its_cause(session: Session) -> None:
    claim, later = a_forecast(session, "2025"), a_forecast(session, "2027")
    assert {claim.id, later.id} <= set(due_claims(session, NOW))
    assert look_again(session, [claim.id, later.id], NOW) > 0
    assert (codes(session, claim), codes(session, later)) == (["fallen_due"], [])
    assert look_again(session, [claim.id, later.id], NOW) == 0
    claim.figures[0].period = "2027"
    session.flush()
    assert claim.id in due_claims(session, NOW)
    look_again(session, [claim.id], NOW)
    assert codes(session, claim) == []


def test_a_contest_is_overdue_on_the_day_after(session: Session) -> None:
    claim = a_claim(session)
    dispute = Dispute(
        reason=ContestReason.LEGAL,
        side=Side.READER,
        statement={"en": "No."},
        due_on=dt.date(2026, 3, 1),
    )
    raise_contest(session, claim, dispute, by=REVIEWER)
    assert claim.id not in due_claims(session, NOW)
    tomorrow = NOW + dt.timedelta(days=1)
    assert claim.id in due_claims(session, tomorrow)
    look_again(session, [claim.id], tomorrow)
    assert codes(session, claim) == ["contest_overdue"]


def test_this_year_is_read_wrongly_once_the_year_has_turned(session: Session) -> None:
    claim = a_claim(session)
    claim.article.published = "2025-12-30"
    version = a_version(claim.article, 1, "今年的份额为 5%。")
    session.add(version)
    session.flush()
    session.add(
        ClaimAnchor(
            claim=claim,
            version_id=version.id,
            exact=version.text,
            prefix="",
            suffix="",
            start=0,
            stop=version.characters,
            created_by=CHECKER,
        )
    )
    session.flush()
    assert claim.id in due_claims(session, NOW)
    look_again(session, [claim.id], NOW)
    assert codes(session, claim) == ["year_turned"]


def test_a_dropped_claim_is_left_alone(session: Session) -> None:
    claim = a_forecast(session, "2025")
    claim.stage = Stage.DROPPED
    session.flush()
    assert claim.id not in due_claims(session, NOW)
