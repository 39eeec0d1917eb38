"""Findings kept in step with what the rules say, and waivers that hold for what they were about."""

import datetime as dt

from sqlalchemy.orm import Session

from claims.findings import waive
from claims.models import Claim, Finding
from claims.rules.engine import BY, refresh
from claims.vocabulary import Severity
from tests.claims.newsroom import a_claim

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def codes(found: Claim) -> list[str]:
    return sorted(row.code for row in found.findings)


def test_a_finding_comes_and_goes_with_its_cause(session: Session) -> None:
    found = a_claim(session)
    found.figures[0].period = None
    refresh(session, found, NOW)
    assert codes(found) == ["missing_period", "unattributed"]

    found.figures[0].period = "2024"
    refresh(session, found, NOW)
    assert codes(found) == ["unattributed"]


def test_running_again_adds_nothing(session: Session) -> None:
    found = a_claim(session)
    refresh(session, found, NOW)
    before = {row.id for row in found.findings}

    assert refresh(session, found, NOW) == []
    assert {row.id for row in found.findings} == before


def test_a_waiver_holds_until_another_figure_raises_another_finding(session: Session) -> None:
    found = a_claim(session)
    found.figures[0].period = None
    refresh(session, found, NOW)
    (row,) = [row for row in found.findings if row.code == "missing_period"]
    waive(session, row, by="editor:li.wei", reason="写在上一句")

    refresh(session, found, NOW)
    assert [row.waived_by for row in found.findings if row.code == "missing_period"] == [
        "editor:li.wei"
    ]

    found.figures[0].stated_text = "6%"
    refresh(session, found, NOW)
    waivers = [row.waived_by for row in found.findings if row.code == "missing_period"]
    assert sorted(map(str, waivers)) == ["None", "editor:li.wei"]


def test_a_persons_remark_is_left_alone(session: Session) -> None:
    found = a_claim(session)
    session.add(
        Finding(
            claim=found,
            code="wording",
            severity=Severity.WARNING,
            message={"zh": "用词不准", "en": "loose wording"},
            created_by="editor:li.wei",
        )
    )
    session.flush()
    session.expire(found, ["findings"])
    refresh(session, found, NOW)

    assert "wording" in codes(found)
    assert {row.created_by for row in found.findings} == {"editor:li.wei", BY}
