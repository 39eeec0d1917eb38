"""A claim's page as plain JSON values: the same identifiers, the same answers."""

import uuid
from decimal import Decimal
from typing import Any

from claims.comparison import Comparison
from claims.formula_checks import Checked
from claims.house import HouseFigure
from claims.material import SAID
from claims.models import Assessment, Comment, Contest, Evidence, Figure, Finding
from claims.queries.claims import ClaimPage, Sides, Stated
from sources.columns import plain
from sources.models import Source
from sources.origins import OriginCount


def claim_twin(page: ClaimPage) -> dict[str, Any]:
    """Return everything the page shows; decimals are text, so that no digit is lost."""
    claim = page.claim
    return {
        "id": str(claim.id),
        "article": claim.article.key,
        "number": claim.number,
        "key": claim.key,
        "statement": claim.statement,
        "verification_status": claim.verification_status,
        "stage": claim.stage,
        "disposition": claim.disposition,
        "proposed_wording": claim.proposed_wording,
        "contested": bool(page.open_contests),
        "version": claim.version,
        "content_sha256": page.content_sha256,
        "figures": [_stated(stated) for stated in page.figures],
        "evidence": [evidence_twin(item) for item in claim.evidence],
        "origins": {"supporting": _count(page.supporting), "refuting": _count(page.refuting)},
        "contests": [_contest(sides) for sides in page.contests],
        "findings": [_finding(row) for row in page.findings],
        "formulas": [_checked(one) for one in page.checks],
        "assessments": [_assessment(row) for row in page.conclusions],
        "sign_offs": [
            {
                "by": signature.row.created_by,
                "at": signature.row.created_at.isoformat(),
                "decision": signature.row.decision,
                "level": signature.row.level,
                "content_sha256": signature.sha256,
                "valid": signature.valid,
                "reason": signature.row.reason,
            }
            for signature in page.signatures
        ],
        "house": [_house(figure, one) for figure, all_ in page.house.items() for one in all_],
        "comments": [_comment(row) for row in claim.comments],
        "missing": [{"code": lack.code, "message": lack.message} for lack in page.lacks],
    }


def _house(figure: uuid.UUID, one: HouseFigure) -> dict[str, Any]:
    return {
        "figure": str(figure),
        "other": str(one.figure.id),
        "claim": str(one.figure.claim_id),
        "contradicts": one.contradicts,
    }


def _comment(row: Comment) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "reply_to": str(row.reply_to_id) if row.reply_to_id else None,
        "by": row.created_by,
        "at": row.created_at.isoformat(),
        "body": row.body,
        "resolved_by": row.resolved_by,
    }


def _checked(one: Checked) -> dict[str, Any]:
    reckoned = one.reckoned
    return {
        "id": str(one.row.id),
        "number": one.row.number,
        "formula": one.row.formula,
        "holds": reckoned.holds if reckoned else None,
        "left": reckoned.left if reckoned else None,
        "right": reckoned.right if reckoned else None,
        "problem": one.problem,
        "withdrawn_by": one.row.withdrawn_by,
        "withdrawal_reason": one.row.withdrawal_reason,
    }


def _finding(row: Finding) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "code": row.code,
        "severity": row.severity,
        "message": row.message,
        "waived_by": row.waived_by,
        "waiver_reason": row.waiver_reason,
    }


def _stated(stated: Stated) -> dict[str, Any]:
    suggestion = stated.suggestion
    return {
        **_figure(stated.figure),
        "id": str(stated.figure.id),
        "number": stated.figure.number,
        "material": stated.figure.material,
        "verification_status": stated.figure.verification_status,
        "suggestion": suggestion
        and {
            "status": suggestion.status,
            "rule": suggestion.rule,
            "reason": suggestion.reason,
        },
        "comparisons": [
            {"evidence": row.item.number, **_comparison(row.comparison)} for row in stated.rows
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "role": figure.role,
        "stated_text": figure.stated_text,
        "comparator": figure.comparator,
        "low": _decimal(figure.low),
        "high": _decimal(figure.high),
        "unit": figure.unit,
        "period": figure.period,
        "subject": figure.subject,
        "measure": figure.measure,
        "geography": figure.geography,
        "basis": figure.basis,
        "observation_status": figure.observation_status,
        "change_kind": figure.change_kind,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "outcome": comparison.outcome,
        "rule": comparison.rule,
        "gap": _decimal(comparison.gap),
        "sentence": comparison.sentence,
    }


def evidence_twin(item: Evidence) -> dict[str, Any]:
    """Return one item of evidence as plain JSON values."""
    return {
        "id": str(item.id),
        "number": item.number,
        "kind": item.kind,
        "formula": item.formula,
        "stance": item.stance,
        "counts": item.counts,
        "pending": item.pending,
        "source": item.source and _source(item.source),
        "snapshot": str(item.snapshot.id) if item.snapshot else None,
        "snapshot_sha256": item.snapshot.sha256 if item.snapshot else None,
        "locator_kind": item.locator_kind,
        "locator": item.locator,
        "quote": item.quote,
        "quote_place": item.quote_place,
        "figure_place": item.figure_place,
        "said": {name: getattr(item, name) for name in SAID if getattr(item, name)},
        "says": item.says,
        "note": item.note,
        "figure": item.figure and _figure(item.figure),
        "addresses": [target.figure.number for target in item.targets],
        "withdrawn_by": item.withdrawn_by,
        "withdrawal_reason": item.withdrawal_reason,
        "version": item.version,
    }


def _source(source: Source) -> dict[str, Any]:
    return {"key": source.key, "title": source.title, "url": source.url, "tier": source.tier}


def _contest(sides: Sides) -> dict[str, Any]:
    contest: Contest = sides.contest
    return {
        "id": str(contest.id),
        "number": contest.number,
        "reason": contest.reason,
        "side": contest.side,
        "party": contest.party,
        "statement": contest.statement,
        "blocking": contest.blocking,
        "raised_by": contest.created_by,
        "due_on": contest.due_on.isoformat() if contest.due_on else None,
        "evidence_for": [item.number for item in sides.evidence_for],
        "evidence_against": [item.number for item in sides.evidence_against],
        "outcome": contest.outcome,
        "settlement": contest.settlement,
        "settled_by": contest.settled_by,
    }


def _assessment(row: Assessment) -> dict[str, Any]:
    return {
        "by": row.created_by,
        "at": row.created_at.isoformat(),
        "status": row.status,
        "lowered_from": row.lowered_from,
        "reasoning": row.reasoning,
        "disposition": row.disposition,
    }


def _count(count: OriginCount) -> dict[str, int]:
    return {"links": count.links, "origins": count.origins, "primary": count.primary}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
