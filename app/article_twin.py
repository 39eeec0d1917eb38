"""An article's page as plain JSON values: its claims with their places, statuses and contests."""

from typing import Any

from claims.queries.articles import ArticlePage, MarkedClaim


def article_twin(page: ArticlePage) -> dict[str, Any]:
    """Return what the reading view shows beside the text; each claim has a twin of its own."""
    article = page.article
    return {
        "id": str(article.id),
        "key": article.key,
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "byline": article.byline,
        "sample": article.sample,
        "version": page.version.number,
        "sha256": page.version.sha256,
        "text": page.version.text,
        "coverage": {"accounted": page.coverage.accounted, "total": page.coverage.total},
        "counts": page.counts,
        "contested": page.contested,
        "claims": [_claim(marked) for marked in page.claims],
    }


def _claim(marked: MarkedClaim) -> dict[str, Any]:
    claim, anchor = marked.claim, marked.anchor
    return {
        "id": str(claim.id),
        "number": claim.number,
        "statement": claim.statement,
        "verification_status": claim.verification_status,
        "stage": claim.stage,
        "disposition": claim.disposition,
        "open_contests": marked.contests,
        "blocking": marked.blocking,
        "start": anchor.start if anchor else None,
        "stop": anchor.stop if anchor else None,
        "figures": [figure.stated_text for figure in claim.figures],
    }
