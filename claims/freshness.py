"""Whether what a claim rests on still says what it said: told by its findings, never a status."""

from collections.abc import Iterable

from claims.models import Finding
from claims.vocabulary import Freshness

TELLS = {
    "source_gone": Freshness.SOURCE_GONE,
    "source_changed": Freshness.SOURCE_CHANGED,
    "old_snapshot": Freshness.DUE,
    "fallen_due": Freshness.DUE,
    "recheck": Freshness.DUE,
}
"""What a finding that nobody waived makes of a claim."""
WORST = (Freshness.SOURCE_CHANGED, Freshness.SOURCE_GONE, Freshness.DUE)
"""A changed figure is worse than a lost page: the reader sees the contradiction."""


def freshness(findings: Iterable[Finding]) -> Freshness:
    """Return the freshness that a claim's findings make: the worst that nobody waived."""
    told = {TELLS[row.code] for row in findings if row.waived_by is None and row.code in TELLS}
    return next((one for one in WORST if one in told), Freshness.CURRENT)
