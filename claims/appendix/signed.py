"""Who signed, returned or published what, as an appendix tells it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from claims.appendix.content import ArticleSignOffPart, SignOffPart
from claims.appendix.people import People
from claims.appendix.persons import PersonAct
from claims.article_sign_offs import article_signing
from claims.claim_standings import ClaimStanding
from claims.models import Article, Claim
from claims.signatures import valid_signatures
from claims.vocabulary import ArticleDecision, SignOffDecision

DECIDED = {
    SignOffDecision.SIGNED: PersonAct.SIGNED,
    SignOffDecision.RETURNED: PersonAct.RETURNED,
}
PUBLISHED = {
    ArticleDecision.SIGNED: PersonAct.SIGNED_ARTICLE,
    ArticleDecision.EMERGENCY: PersonAct.PUBLISHED,
}


def sign_off_parts(claim: Claim, present: str, people: People) -> list[SignOffPart]:
    """Every signature and return of a claim; ``present`` is the hash of its present content."""
    valid = valid_signatures(claim)
    return [
        SignOffPart(
            decision=row.decision,
            level=row.level,
            submission=row.submission,
            by=people.did(row.created_by, DECIDED[row.decision]),
            at=row.created_at.isoformat(),
            content_sha256=row.content_sha256,
            past=row.content_sha256 != present,
            reason=row.reason,
            void=row.decision is SignOffDecision.SIGNED and row not in valid,
        )
        for row in claim.sign_offs
    ]


def article_sign_offs(
    session: Session, article: Article, claims: Iterable[ClaimStanding], people: People
) -> list[ArticleSignOffPart]:
    """The sign-offs of the article and its publications in an emergency, oldest first."""
    signing = article_signing(session, article, sorted(claims, key=lambda one: one.number))
    return [
        ArticleSignOffPart(
            decision=one.row.decision,
            version=one.row.article_version.number,
            by=people.did(one.row.created_by, PUBLISHED[one.row.decision]),
            at=one.row.created_at.isoformat(),
            state_sha256=one.row.state_sha256,
            reason=one.row.reason,
            missing=one.row.lacked,
            void=one.row.decision is ArticleDecision.SIGNED and not one.valid,
            past=one.row.state_sha256 != signing.state.sha256,
        )
        for one in reversed(signing.standings)
    ]
