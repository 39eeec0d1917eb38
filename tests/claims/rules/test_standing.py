"""What time and lineage do to a claim."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from claims.figures import ObservationStatus
from claims.policy import current_policy
from claims.rules.standing import fallen_due, old_snapshots, outside, single_origin
from claims.typed_figures import read_typed
from sources.models import Snapshot
from sources.origins import OriginCount
from sources.vocabulary import Capture
from tests.claims.newsroom import a_claim, a_source, attached
from tests.claims.rules.stated import claim, figure

TODAY = dt.date(2026, 3, 1)
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("period", "status", "due"),
    [
        ("2025", ObservationStatus.FORECAST, True),
        ("../2025", ObservationStatus.TARGET, True),
        ("2026", ObservationStatus.FORECAST, False),
        ("2025", ObservationStatus.NORMAL, False),
        ("soon", ObservationStatus.TARGET, False),
        (None, ObservationStatus.TARGET, False),
    ],
)
def test_a_plan_falls_due_when_its_period_has_ended(
    period: str | None, status: ObservationStatus, *, due: bool
) -> None:
    found = claim(figure("10%", 1, period=period, observation_status=status))

    assert [hit.code for hit in fallen_due(found, TODAY)] == (["fallen_due"] if due else [])


def test_several_links_of_one_origin_are_one_origin() -> None:
    assert [hit.code for hit in single_origin(OriginCount(12, 1, 0))] == ["single_origin"]
    assert list(single_origin(OriginCount(12, 1, 1))) == []
    assert list(single_origin(OriginCount(12, 2, 0))) == []
    assert list(single_origin(OriginCount(1, 1, 0))) == []


def test_a_snapshot_grows_old_after_the_days_of_the_policy(session: Session) -> None:
    found, source = a_claim(session), a_source(session)
    taken = NOW - dt.timedelta(days=current_policy().snapshot_days + 1)
    snapshot = Snapshot(
        source=source,
        capture=Capture.UPLOAD,
        retrieved_at=taken,
        sha256="0" * 64,
        media_type="text/html",
        size=1,
        created_by="editor:li.wei",
    )
    session.add(snapshot)
    session.flush()
    attached(session, found, source=source).snapshot = snapshot

    old = list(old_snapshots(found, current_policy(), NOW, {}))
    young = list(old_snapshots(found, current_policy(), NOW - dt.timedelta(days=2), {}))
    stood = {found.evidence[0].id: NOW - dt.timedelta(days=3)}
    seen = list(old_snapshots(found, current_policy(), NOW, stood))

    assert [hit.code for hit in old] == ["old_snapshot"]
    assert (young, seen) == ([], [])


def test_a_source_whose_figure_lies_outside_is_named(session: Session) -> None:
    found = a_claim(session)
    given = replace(read_typed("3.1%"), period="2024")
    attached(session, found, figure=given, addresses=(found.figures[0].id,))

    (hit,) = outside(found, current_policy())

    assert hit.code == "evidence_outside"
    assert hit.figure == found.figures[0].number
    assert found.figures[0].low == Decimal(5)
