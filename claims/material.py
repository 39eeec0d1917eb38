"""What a signature stands under: the material fields of a claim as canonical JSON, and its hash."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from claims.models import Assessment, Claim, Evidence, Figure
from claims.status import VerificationStatus
from sources.columns import plain
from sources.veil import bare

FIGURE_FIELDS = (
    "role",
    "stated_text",
    "comparator",
    "low",
    "high",
    "low_inclusive",
    "high_inclusive",
    "stated_decimals",
    "unit",
    "multiplier",
    "period",
    "subject",
    "measure",
    "geography",
    "basis",
    "observation_status",
    "change_kind",
    "pair",
)
"""Everything that says what the number is; not where it stands, nor notes about it."""

EVIDENCE_FIELDS = ("number", "kind", "stance", "locator_kind", "locator", "quote", "says")
PLACES = ("quote_place", "figure_place")
SAID = ("said_by", "said_role", "said_on", "said_via", "said_terms", "said_reached")
SET_ONLY = ("formula", *PLACES, *SAID)
"""What came later: it stands only where it is given, so what was signed before keeps its hash."""


CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical_json(value: Any) -> str:
    """Write JSON in one way only: sorted keys, no spaces, UTF-8, decimals as plain text.

    The ordering is that of RFC 8785 for the keys in use here, which are all ASCII.
    """
    return CANONICAL.encode(value)


def material_fields(claim: Claim) -> dict[str, Any]:
    """Return the material fields of a claim as plain JSON values.

    Sources and snapshots are named by key and digest instead of row numbers, so the same content
    has the same hash in every database. A note is no part of it.
    """
    assessment = assessment_in_force(claim)
    return {
        "statement": claim.statement,
        "quote": _quote(claim),
        "figures": [_claim_figure(figure) for figure in claim.figures],
        "evidence": [_evidence(item) for item in claim.evidence if item.stands],
        "verification_status": claim.verification_status,
        "reasoning": assessment.reasoning if assessment else None,
        "disposition": claim.disposition,
        "proposed_wording": claim.proposed_wording,
    }


def material_sha256(claim: Claim) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of the material fields."""
    return hashlib.sha256(canonical_json(material_fields(claim)).encode()).hexdigest()


def assessment_in_force(claim: Claim) -> Assessment | None:
    """Return the newest conclusion about the claim as a whole.

    A row without a status says that the first conclusion was taken back: there is none.
    """
    whole = [row for row in claim.assessments if row.figure_id is None]
    newest = max(whole, key=lambda row: row.id, default=None)
    taken_back = newest is not None and newest.status is VerificationStatus.UNCHECKED
    return None if taken_back else newest


def _quote(claim: Claim) -> str | None:
    """Return the words of the article the claim stands on, in its newest version."""
    newest = max(claim.anchors, key=lambda anchor: anchor.id, default=None)
    return newest.exact if newest else None


def stated_fields(figure: Figure) -> dict[str, Any]:
    """Return everything that says what a number is, as plain JSON values."""
    return {name: _plain(getattr(figure, name)) for name in FIGURE_FIELDS}


def _claim_figure(figure: Figure) -> dict[str, Any]:
    return {
        **stated_fields(figure),
        "number": figure.number,
        "material": figure.material,
        "verification_status": figure.verification_status,
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    later = {name: bare(item, name) for name in SET_ONLY}
    return {
        **{name: _plain(value) for name, value in later.items() if value},
        **{name: bare(item, name) for name in EVIDENCE_FIELDS},
        # The key under which it was signed, though its source was merged into another since.
        "source": bare(item, "cited_as") or (bare(item.source, "key") if item.source else None),
        "snapshot": bare(item.snapshot, "sha256") if item.snapshot else None,
        "figure": stated_fields(item.figure) if item.figure else None,
        "addresses": sorted(target.figure.number for target in item.targets),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return plain(value) if isinstance(value, Decimal) else value
