"""Running every rule over a claim, and keeping its findings in step with what the rules say."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from claims.models import Claim, Finding
from claims.policy import Policy, current_policy
from claims.rules.arithmetic import arithmetic
from claims.rules.consistency import consistency
from claims.rules.direction import direction
from claims.rules.formulas import formulas
from claims.rules.hit import Hit
from claims.rules.sources import sources_now, stood
from claims.rules.standing import (
    broken_calculations,
    fallen_due,
    old_snapshots,
    outside,
    overdue,
    single_origin,
    year_turned,
)
from claims.rules.statement import statement
from claims.support import weigh
from claims.vocabulary import Stage, Stance
from sources.local_days import local_day
from sources.veil import bare

BY = "system:rules"
"""The name under which findings of rules stand; a person's remark stands under theirs."""

TIMED = frozenset(
    {"fallen_due", "old_snapshot", "contest_overdue", "year_turned"}
    | {"source_changed", "source_gone"}
)
"""The codes of what time alone brings about, and may take away again."""

Key = tuple[str, int | None, str]


def hits(session: Session, claim: Claim, now: dt.datetime, policy: Policy) -> Iterator[Hit]:
    """Yield everything that the rules find in a claim as it stands."""
    yield from statement(claim)
    yield from arithmetic(claim, policy)
    yield from direction(claim, policy)
    yield from formulas(claim, policy)
    today = local_day(session, now)
    yield from fallen_due(claim, today)
    yield from overdue(claim, today)
    yield from year_turned(claim, today)
    yield from old_snapshots(claim, policy, now, stood(session, claim))
    yield from single_origin(weigh(session, claim.evidence, Stance.SUPPORTS))
    yield from outside(claim, policy)
    yield from broken_calculations(claim)
    yield from consistency(session, claim, policy)
    yield from sources_now(session, claim)


def refresh(session: Session, claim: Claim, now: dt.datetime) -> list[Finding]:
    """Add what the rules find now and take away what they no longer find; return what was added.

    A waiver holds as long as the sentence it was given for: another figure is another finding. A
    waived finding stays on record when its cause is gone.
    """
    if claim.stage is Stage.DROPPED:
        return []
    figures = {figure.number: figure for figure in claim.figures}
    found = {_key(hit): hit for hit in hits(session, claim, now, current_policy())}
    kept = set()
    for row in claim.findings:
        if row.created_by != BY:
            continue
        # A finding may be veiled from whoever acts; what it says beneath is what counts.
        key = (row.code, row.figure.number if row.figure else None, bare(row, "message")["en"])
        if key in found:
            kept.add(key)
        elif row.waived_by is None:
            session.delete(row)
    added = [
        Finding(
            claim=claim,
            figure=figures[hit.figure] if hit.figure else None,
            code=hit.code,
            severity=hit.severity,
            message=hit.message,
            created_by=BY,
        )
        for key, hit in found.items()
        if key not in kept
    ]
    session.add_all(added)
    session.flush()
    session.expire(claim, ["findings"])
    return added


def _key(hit: Hit) -> Key:
    return hit.code, hit.figure, hit.message["en"]
