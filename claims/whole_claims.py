"""Claims with everything that belongs to them, loaded in a constant number of statements."""

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from claims.models import Claim, Contest, Evidence, EvidenceTarget


def everything() -> Select[Claim]:
    """Return the claims with all that their hash, their sign-off and an appendix read."""
    evidence = selectinload(Claim.evidence)
    return select(Claim).options(
        selectinload(Claim.anchors),
        selectinload(Claim.citations),
        selectinload(Claim.figures),
        selectinload(Claim.assessments),
        selectinload(Claim.later_authors),
        selectinload(Claim.sign_offs),
        selectinload(Claim.checks),
        evidence.selectinload(Evidence.source),
        evidence.selectinload(Evidence.snapshot),
        evidence.selectinload(Evidence.figure),
        evidence.selectinload(Evidence.targets).selectinload(EvidenceTarget.figure),
        selectinload(Claim.contests).selectinload(Contest.items),
    )
