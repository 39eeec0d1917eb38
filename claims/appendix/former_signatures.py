"""Who signed, returned or published what, as an appendix prints it."""

from sqlalchemy.orm import Session

from claims.appendix.former import AppendixArticleSignOff, AppendixSignOff
from claims.article_sign_offs import article_signing
from claims.models import Article, Claim
from claims.signatures import valid_signatures
from claims.vocabulary import ArticleDecision, SignOffDecision


def claim_sign_offs(claim: Claim) -> list[AppendixSignOff]:
    """Return every signature and return of a claim, each with its level."""
    valid = valid_signatures(claim)
    return [
        AppendixSignOff(
            decision=row.decision,
            level=row.level,
            by=row.created_by,
            at=row.created_at.isoformat(),
            content_sha256=row.content_sha256,
            reason=row.reason,
            void=row.decision is SignOffDecision.SIGNED and row not in valid,
        )
        for row in claim.sign_offs
    ]


def article_sign_offs(session: Session, article: Article) -> list[AppendixArticleSignOff]:
    """Return the sign-offs of the article and its publications in an emergency, oldest first."""
    return [
        AppendixArticleSignOff(
            decision=one.row.decision,
            version=one.row.article_version.number,
            by=one.row.created_by,
            at=one.row.created_at.isoformat(),
            state_sha256=one.row.state_sha256,
            reason=one.row.reason,
            missing=one.row.lacked,
            void=one.row.decision is ArticleDecision.SIGNED and not one.valid,
        )
        for one in reversed(article_signing(session, article).standings)
    ]
