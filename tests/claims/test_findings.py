"""A finding is waived once, by name and with a reason."""

import pytest
from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.findings import waive
from claims.models import Finding
from claims.vocabulary import Severity
from tests.claims.newsroom import CHECKER, REVIEWER, a_claim


def test_a_finding_is_waived_with_a_reason(session: Session) -> None:
    finding = Finding(
        claim=a_claim(session),
        code="period_missing",
        severity=Severity.MANDATORY,
        message={"zh": "没有写明时期。"},
        created_by="system:rules",
    )
    session.add(finding)
    session.flush()
    with pytest.raises(Refused) as problem:
        waive(session, finding, by=CHECKER, reason=" ")
    assert problem.value.field == "reason"
    with pytest.raises(Conflict):
        waive(session, finding, by=CHECKER, reason="全文只讲 2024 年", seen_version=99)
    waive(session, finding, by=CHECKER, reason="全文只讲 2024 年")
    assert (finding.waived_by, finding.waiver_reason) == (CHECKER, "全文只讲 2024 年")
    with pytest.raises(Conflict):
        waive(session, finding, by=REVIEWER, reason="再来一次")
