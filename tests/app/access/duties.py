"""Claims which one person wrote, assessed, submitted or disputed, and some they did nothing to."""

from typing import Any

from sqlalchemy.orm import Session

from claims.article_gate import article_state
from claims.assessments import assess
from claims.contests import Dispute, raise_contest
from claims.material import material_sha256
from claims.models import Claim
from claims.sign_offs import sign
from claims.status import VerificationStatus
from claims.vocabulary import ContestReason, Side
from claims.workflow import submit
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER, a_claim, a_verdict, a_version, attached

DUTIES = ("nothing", "wrote", "assessed", "submitted")
"""What somebody may have done to a claim that bears on whether they may sign it."""
DISPUTES = ("disputed", "raised", "judged")
"""Who raised the contest about a claim: another; the person; another, of what they assessed."""
SIGNED = ", signed"


def duties(session: Session, own: str) -> dict[str, dict[str, Any]]:
    """What the addresses of these claims, and of their articles, name."""
    found = {part: _about(session, part, own) for part in (*DUTIES, *DISPUTES)}
    for part in DUTIES:
        made = _about(session, part, own)
        claim = session.get_one(Claim, made["claim_id"])
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
        state = article_state(session, claim.article)
        found[part + SIGNED] = {**made, "state_sha256": state.sha256}
    return found


def _about(session: Session, part: str, own: str) -> dict[str, Any]:
    claim = a_claim(session, created_by=own if part == "wrote" else CHECKER)
    session.add(a_version(claim.article, 1, "2024 年的份额为 5%。"))
    attached(session, claim)
    verdict = a_verdict(claim, VerificationStatus.SUPPORTED)
    assess(session, claim, verdict, by=own if part in {"assessed", "judged"} else CHECKER)
    made = {"claim_id": claim.id, "key": claim.article.key}
    if part in DISPUTES:
        raiser = own if part == "raised" else LEAD
        contest = raise_contest(session, claim, _dispute(), by=raiser)
        return {**made, "contest_id": contest.id, "version": contest.version}
    submit(session, claim, by=own if part == "submitted" else CHECKER)
    return {**made, "content_sha256": material_sha256(claim), "version": claim.version}


def _dispute() -> Dispute:
    return Dispute(reason=ContestReason.OTHER, side=Side.CHECKER, statement={"en": "No."})
