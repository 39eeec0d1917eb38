"""Signing a claim, or returning it: by a second person, under exactly the content they saw."""

from sqlalchemy.orm import Session

from claims.errors import Conflict, Forbidden
from claims.material import material_sha256
from claims.models import Claim, SignOff
from claims.shown_hashes import shown_content
from claims.signatures import assessors, authors, is_complete, next_level, valid_signatures
from claims.versions import expect_version
from claims.vocabulary import SignOffDecision
from claims.workflow import Move, may_move, move, needed_reason
from sources.columns import Words

ASSESSED: Words = {
    "zh": "评定过这条论断的人不能签发它。",
    "en": "Whoever assessed a claim cannot sign it.",
}
WROTE: Words = {
    "zh": "写下或提交这条论断的人不能签发它。",
    "en": "Whoever wrote or submitted a claim cannot sign it.",
}
SIGNED: Words = {
    "zh": "您已经为这份内容签过一次；另一级须由别人来签。",
    "en": "You have signed this content already; another level needs another person.",
}
BLOCKED: Words = {
    "zh": "有一项未了结的争议阻止签发；请先了结它。",
    "en": "An open contest blocks the sign-off; settle it first.",
}


def bar(claim: Claim, who: str) -> Words | None:
    """Return why this person may not sign this claim, or None. The database holds the same rule."""
    if who in assessors(claim):
        return ASSESSED
    if who in authors(claim):
        return WROTE
    if any(row.created_by == who for row in valid_signatures(claim)):
        return SIGNED
    return None


def blocking_contests(claim: Claim) -> bool:
    """Tell whether an open contest forbids signing."""
    return any(contest.blocking and contest.outcome is None for contest in claim.contests)


def sign(
    session: Session,
    claim: Claim,
    *,
    by: str,
    seen_sha256: str,
    seen_version: int | None = None,
) -> SignOff:
    """Sign the content whose hash the person saw; the last level needed signs the claim off.

    Raises Forbidden for who may not sign, Conflict for a content, stage or contest in the way.
    """
    expect_version(claim, seen_version)
    present = _present(claim, seen_sha256)
    if not may_move(claim, Move.SIGN):
        move(claim, Move.SIGN)
    reason = bar(claim, by)
    if reason is not None:
        raise Forbidden("separation_of_duty", reason)
    if blocking_contests(claim):
        raise Conflict("contested", BLOCKED)
    signed = _row(session, claim, by, SignOffDecision.SIGNED, present, None)
    if is_complete(claim):
        move(claim, Move.SIGN)
    session.flush()
    return signed


def send_back(
    session: Session,
    claim: Claim,
    *,
    by: str,
    reason: str,
    seen_sha256: str,
    seen_version: int | None = None,
) -> SignOff:
    """Return a submitted claim to checking with a reason.

    Raises Refused without a reason, Conflict for another content or stage than the person saw.
    """
    expect_version(claim, seen_version)
    text = needed_reason(reason)
    present = _present(claim, seen_sha256)
    move(claim, Move.RETURN)
    returned = _row(session, claim, by, SignOffDecision.RETURNED, present, text)
    session.flush()
    return returned


def _present(claim: Claim, seen_sha256: str) -> str:
    """Return the present hash; raise Conflict when it is not the one the person saw."""
    present = material_sha256(claim)
    if shown_content(claim, present) != seen_sha256:
        raise Conflict(
            "content_changed",
            {
                "zh": "您打开之后内容已有改动，哈希值不同了；请看过新内容再决定。",
                "en": "The content changed after you opened it and has another hash now; "
                "read it again before you decide.",
            },
            "content_sha256",
        )
    return present


def _row(
    session: Session,
    claim: Claim,
    by: str,
    decision: SignOffDecision,
    sha256: str,
    reason: str | None,
) -> SignOff:
    row = SignOff(
        claim=claim,
        decision=decision,
        level=next_level(claim),
        submission=claim.submission,
        content_sha256=sha256,
        reason=reason,
        created_by=by,
    )
    session.add(row)
    session.flush()
    return row
