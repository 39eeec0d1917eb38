"""What a conclusion about a figure holds for: that number, and no other in its place."""

import uuid
from dataclasses import dataclass
from typing import Any, Self

from claims.material import assessment_in_force, stated_fields
from claims.models import Claim, Figure
from claims.status import VerificationStatus, fold, may_lower

UNCHECKED = VerificationStatus.UNCHECKED


@dataclass(frozen=True, slots=True)
class Judged:
    """What the figures of a claim stated, and how each was judged, at one moment."""

    figures: dict[uuid.UUID, tuple[dict[str, Any], VerificationStatus]]
    material: frozenset[uuid.UUID]

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """Look at a claim."""
        return cls(
            {row.id: (stated_fields(row), row.verification_status) for row in claim.figures},
            _material(claim),
        )

    def withdraw(self, claim: Claim) -> None:
        """Take back conclusions about numbers that are others now, and fold the claim's anew.

        A conclusion drawn in the same change is about the number as it is, and stands.
        """
        changed = [row for row in claim.figures if self._changed(row)]
        for row in changed:
            if row.verification_status is self.figures[row.id][1]:
                row.verification_status = UNCHECKED
        if changed or _material(claim) != self.material:
            claim.verification_status = _folded(claim)

    def _changed(self, row: Figure) -> bool:
        return row.id in self.figures and stated_fields(row) != self.figures[row.id][0]


def _material(claim: Claim) -> frozenset[uuid.UUID]:
    return frozenset(row.id for row in claim.figures if row.material)


def _folded(claim: Claim) -> VerificationStatus:
    """Fold the statuses; what a reviewer lowered is not raised by folding anew."""
    folded = fold(row.verification_status for row in claim.figures if row.material)
    known, lowered = claim.verification_status, assessment_in_force(claim)
    if lowered is None or lowered.lowered_from is None or known is UNCHECKED:
        return folded
    return known if may_lower(folded, known) else folded
