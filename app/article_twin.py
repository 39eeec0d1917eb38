"""An article's page as plain JSON values: its claims with their places, statuses and contests."""

from typing import Any

from claims.models import Evidence
from claims.queries.articles import ArticlePage, MarkedClaim
from claims.queries.card import Card


def article_twin(page: ArticlePage, card: Card | None) -> dict[str, Any]:
    """Return what the reading view shows beside the text; each claim has a twin of its own.

    ``card`` is that of the selected claim: of its evidence the view shows excerpts.
    """
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
        "selected": card and _selected(card),
    }


def _selected(card: Card) -> dict[str, Any]:
    return {
        "claim": card.claim.number,
        "evidence": [_excerpt(item.evidence) for item in card.items],
    }


def _excerpt(item: Evidence) -> dict[str, Any]:
    return {
        "id": str(item.id),
        "number": item.number,
        "source": item.source.key if item.source else None,
        "snapshot": str(item.snapshot_id) if item.snapshot_id else None,
        "stance": item.stance,
        "locator": item.locator,
        "quote": item.quote,
        "says": item.says,
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
