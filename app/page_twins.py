"""What the twins of the working pages tell: numbers, proposals, differences, versions, sources."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from app.twins import columns
from claims.article_sign_offs import ArticleSigning
from claims.fates import Fate
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Figure,
    Invitation,
    InvitedClaim,
    Proposal,
    Reading,
    ReadingDifference,
)
from claims.queries.article_list import ListedArticle
from claims.queries.blast import BlastRadius
from claims.queries.numbers import NumbersPage
from claims.queries.triage import TriagePage
from claims.queries.watched import SourceWatch
from claims.resemblance import Resembling
from sources.models import Source
from sources.queries import Branch

COVERED = ("accounted", "total")


def head(article: Article, version: ArticleVersion | None = None) -> dict[str, Any]:
    """The article a page is about, and the version it shows."""
    told: dict[str, Any] = {"article": {"id": article.id, "key": article.key}}
    if version is not None:
        told["version"] = {"number": version.number, "sha256": version.sha256}
    return told


def listed_article(row: ListedArticle) -> dict[str, Any]:
    """A line of the list of articles."""
    return {
        **columns(row.article),
        "newest_version": row.version,
        "claims": row.claims,
        "counts": row.counts,
        "contested": row.contested,
        "coverage": {name: getattr(row.coverage, name) for name in COVERED},
        "turns": {turn.value: count for turn, count in sorted(row.turns.items())},
        "closed": row.closed,
        "undecided": row.undecided,
    }


def numbers(page: NumbersPage) -> dict[str, Any]:
    """The numbers of an article in one of their three views."""
    return {
        **head(page.article, page.version),
        "coverage": {name: getattr(page.coverage, name) for name in COVERED},
        "counts": page.counts,
        "view": page.view,
        "more": page.more,
        "numbers": [
            {
                **columns(one.mention),
                "before": one.before,
                "after": one.after,
                "claims": [{"number": number, "id": key} for number, key in one.claims],
                "proposal": one.proposal,
            }
            for group in page.groups.values()
            for one in group
        ],
    }


def proposals(page: TriagePage, alike: Sequence[Resembling]) -> dict[str, Any]:
    """The proposals of an article, which of them is shown, and what resembles it."""
    shown = {row.id: row for row in (*page.strong, *page.weak, *page.last)}
    if page.current is not None:
        shown[page.current.id] = page.current
    return {
        **head(page.article, page.version),
        "coverage": {name: getattr(page.coverage, name) for name in COVERED},
        "kept": page.counts.kept,
        "dropped": page.counts.dropped,
        "left": page.counts.left,
        "current": page.current.number if page.current is not None else None,
        "proposals": [_proposal(row) for row in sorted(shown.values(), key=_place)],
        "resembling": [{"id": one.claim.id, "number": one.claim.number} for one in alike],
        "differences": page.differences,
    }


def _place(row: Proposal) -> int:
    return row.number


def _proposal(row: Proposal) -> dict[str, Any]:
    return {**columns(row), "claim": row.claim and {"id": row.claim.id, "number": row.claim.number}}


def differences(
    article: Article, reading: Reading | None, rows: Sequence[ReadingDifference]
) -> dict[str, Any]:
    """What the newest reading sees differently."""
    return {
        **head(article),
        "reading": columns(reading) if reading is not None else None,
        "differences": [columns(row) for row in rows],
    }


def versions(old: ArticleVersion, new: ArticleVersion, found: Iterable[Fate]) -> dict[str, Any]:
    """What became of each claim between two versions."""
    return {
        **head(new.article, new),
        "from": {"number": old.number, "sha256": old.sha256},
        "claims": [
            {
                "id": fate.claim.id,
                "number": fate.claim.number,
                "state": fate.state,
                "settled": fate.settled,
                "confirmed_by": fate.anchor.confirmed_by,
                "was": fate.was.exact if fate.was is not None else None,
                "now": fate.anchor.exact,
                "places": fate.candidates,
            }
            for fate in found
        ],
    }


def signing(found: ArticleSigning) -> dict[str, Any]:
    """What is missing before an article is signed off, and who signed it."""
    state = found.state
    return {
        **head(state.article, state.version),
        "state_sha256": found.sha256,
        "signed_off": found.signed is not None,
        "missing": [
            {"code": gap.code, "message": gap.message, "claim": gap.claim} for gap in found.gaps
        ],
        "acts": [
            {**columns(one.row), "state_sha256": one.sha256, "valid": one.valid}
            for one in found.standings
        ],
    }


def figure(row: Figure) -> dict[str, Any]:
    """A figure of the house with the claim it stands in."""
    claim: Claim | None = row.claim
    return {
        **columns(row),
        "claim": claim and {"id": claim.id, "number": claim.number, "article": claim.article.key},
    }


def source(row: Source) -> dict[str, Any]:
    """A source as the register lists it."""
    names = ("id", "key", "kind", "tier", "title", "publisher", "url", "issued", "language")
    return {
        name: getattr(row, name)
        for name in (*names, "lineage", "confidential", "note", "authors", "csl")
    }


def source_page(values: dict[str, Any]) -> dict[str, Any]:
    """A source with what relies on it, where it comes from and what was kept of it."""
    return {
        **source(values["source"]),
        "origin": values["origin"] and values["origin"].key,
        "tree": _branch(values["tree"]) if values["tree"] else None,
        "publisher_key": values["publisher"] and values["publisher"].key,
        "proposed_publisher": values["proposed"] and values["proposed"].key,
        "duplicates": [{"key": one.source.key, "why": one.why} for one in values["doubles"]],
        "merged": [row.key for row in values["merged"]],
        "alike": [{"key": one.source.key, "likeness": one.likeness} for one in values["alike"]],
        "relying": [asdict(use) for use in values["relying"]],
        "snapshots": [columns(row, ("extracted_text", "places")) for row in values["snapshots"]],
        "captures": [
            {**columns(one.attempt), "progress": one.progress.value, "words": one.words}
            for one in values["attempts"]
        ],
        "suggested": values["suggested"],
        "citations": {one.style: one.text for one in values["citations"]},
        "watch": _watch(values["watching"]) if values["watching"] else None,
    }


def _watch(found: SourceWatch) -> dict[str, Any]:
    return {
        "every_days": found.plan.days if found.plan is not None else None,
        "looks": found.look.looks if found.look is not None else 0,
        "looked_at": found.look.looked_at if found.look is not None else None,
        "answered_at": found.look.answered_at if found.look is not None else None,
        "page": columns(found.state) if found.state is not None else None,
        "wish": columns(found.wish) if found.wish is not None else None,
    }


def _branch(node: Branch) -> dict[str, Any]:
    return {
        "id": node.source.id,
        "key": node.source.key,
        "repeats": [_branch(child) for child in node.repeats],
    }


def radius(found: BlastRadius) -> dict[str, Any]:
    """Everything that rests on a source."""
    return {
        "source": source(found.source),
        "repeats": [row.key for row in found.repeats],
        "claims": [{"id": row.id, "number": row.number} for row in found.claims],
        "articles": [row.key for row in found.articles],
        "appendices": [columns(row) for row in found.appendices],
    }


def invitation(row: Invitation) -> dict[str, Any]:
    """Who was asked what outside the desk, and each answer; never the link."""
    contest = row.contest
    return {
        **columns(row),
        "article": row.article.key,
        "contest": contest and {"id": contest.id, "claim_id": contest.claim_id},
        "asked": [_asked(one) for one in row.asked],
    }


def _asked(row: InvitedClaim) -> dict[str, Any]:
    answers = [{**columns(given), "evidence": given.evidence.number} for given in row.answers]
    return {**columns(row), "claim_number": row.claim.number, "answers": answers}
