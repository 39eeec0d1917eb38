"""Writing an article's files from the database: what was loaded unchanged comes out unchanged."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.interchange.claim_rows import LOADABLE
from claims.interchange.figures import write_claim_figure, write_evidence_figure
from claims.interchange.load import ARTICLE, CLAIMS
from claims.material import SAID
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Contest,
    Evidence,
    EvidenceTarget,
    Figure,
    FigureRelation,
    Finding,
    FormulaCheck,
    QuantityMention,
)
from claims.vocabulary import Stage
from sources.interchange import in_order, kept, written


def dump_article(session: Session, article: Article) -> dict[str, str]:
    """Return the files of an article by name, as they stand in the database now."""
    versions = article.versions
    latest = versions[-1]
    mentions = {row.id: row for row in latest.mentions}
    rows = session.scalars(_claims(article)).all()
    files = {f"v{version.number}.md": version.text for version in versions}
    files["article.json"] = written(_head(article, versions, mentions.values()))
    files["claims.json"] = written(
        kept(
            [
                ("format", CLAIMS),
                ("article", article.key),
                ("claims", [_claim(claim, latest, mentions) for claim in rows]),
            ]
        )
    )
    return files


def _claims(article: Article) -> Any:
    evidence = selectinload(Claim.evidence)
    return (
        select(Claim)
        .where(Claim.article_id == article.id)
        .order_by(Claim.number)
        .options(
            selectinload(Claim.anchors),
            selectinload(Claim.citations),
            selectinload(Claim.figures),
            selectinload(Claim.relations).selectinload(FigureRelation.from_figure),
            selectinload(Claim.relations).selectinload(FigureRelation.to_figure),
            selectinload(Claim.assessments),
            selectinload(Claim.findings),
            selectinload(Claim.checks),
            evidence.selectinload(Evidence.source),
            evidence.selectinload(Evidence.figure),
            evidence.selectinload(Evidence.targets).selectinload(EvidenceTarget.figure),
            selectinload(Claim.contests).selectinload(Contest.items),
        )
    )


def _head(
    article: Article, versions: list[ArticleVersion], mentions: Iterable[QuantityMention]
) -> dict[str, Any]:
    dismissed = sorted(
        (row for row in mentions if row.dismissed_as is not None), key=lambda row: row.start
    )
    return kept(
        [
            ("format", ARTICLE),
            ("key", article.key),
            ("title", in_order(article.title)),
            ("language", article.language),
            ("published", article.published),
            ("byline", article.byline),
            ("deadline", article.deadline.isoformat() if article.deadline else None),
            ("sample", article.sample or None),
            ("notice", in_order(article.notice)),
            ("versions", [_version(row) for row in versions]),
            ("dismissed", [_dismissed(row) for row in dismissed]),
        ]
    )


def _version(row: ArticleVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "file": f"v{row.number}.md",
        "media_type": row.media_type,
        "sha256": hashlib.sha256(row.text.encode()).hexdigest(),
        "characters": row.characters,
    }


def _dismissed(row: QuantityMention) -> dict[str, Any]:
    return kept(
        [
            ("start", row.start),
            ("end", row.stop),
            ("text", row.text),
            ("reason", row.dismissed_as),
            ("note", in_order(row.dismissal_note)),
        ]
    )


def _claim(claim: Claim, version: ArticleVersion, mentions: dict[Any, Any]) -> dict[str, Any]:
    anchor = next((row for row in claim.anchors if row.version_id == version.id), None)
    reasons: dict[Any, Any] = {}
    for assessment in claim.assessments:
        reasons[assessment.figure_id] = in_order(assessment.reasoning)
    numbers = {row.id: row.number for row in claim.evidence if not row.pending}
    stage = claim.stage if claim.stage in LOADABLE else Stage.CHECKING
    return kept(
        [
            ("key", claim.key),
            ("number", claim.number),
            ("kind", claim.kind),
            ("statement", in_order(claim.statement)),
            ("anchor", _anchor(anchor, version)),
            ("sentence", _sentence(anchor)),
            *(("attribution", in_order(row.attribution)) for row in claim.citations[:1]),
            ("checkability", claim.checkability),
            ("where_to_check", claim.where_to_check),
            ("figures", [_figure(row, mentions, reasons) for row in claim.figures]),
            ("relations", [_relation(row) for row in claim.relations]),
            ("stage", stage.value),
            ("disposition", claim.disposition and claim.disposition.value),
            ("proposed_wording", claim.proposed_wording),
            ("reasoning", reasons.get(None)),
            ("findings", [_finding(row) for row in claim.findings]),
            ("formulas", [_formula(row) for row in claim.checks if row.withdrawn_by is None]),
            ("contests", [_contest(row, numbers) for row in claim.contests]),
            ("evidence", [_evidence(row) for row in claim.evidence if not row.pending]),
        ]
    )


def _anchor(anchor: Any, version: ArticleVersion) -> dict[str, Any] | None:
    if anchor is None or anchor.start is None:
        return None
    return {
        "version": version.number,
        "start": anchor.start,
        "end": anchor.stop,
        "exact": anchor.exact,
    }


def _sentence(anchor: Any) -> dict[str, int] | None:
    if anchor is None or anchor.sentence_start is None:
        return None
    return {"start": anchor.sentence_start, "end": anchor.sentence_stop}


def _figure(row: Figure, mentions: dict[Any, Any], reasons: dict[Any, Any]) -> dict[str, Any]:
    printed = mentions.get(row.period_mention_id)
    period_text = printed and {
        "text": printed.text,
        "start": printed.start,
        "end": printed.stop,
    }
    return write_claim_figure(row, period_text, reasons.get(row.id))


def _relation(row: FigureRelation) -> dict[str, Any]:
    return kept(
        [
            ("from", row.from_figure.number),
            ("to", row.to_figure.number),
            ("kind", row.kind.value),
            ("note", in_order(row.note)),
        ]
    )


def _finding(row: Finding) -> dict[str, Any]:
    return {
        "code": row.code,
        "severity": row.severity.value,
        "message": in_order(row.message),
    }


def _formula(row: FormulaCheck) -> dict[str, Any]:
    return kept([("number", row.number), ("formula", row.formula), ("note", in_order(row.note))])


def _contest(row: Contest, numbers: dict[Any, int]) -> dict[str, Any]:
    named = [
        {"number": numbers[item.evidence_id], "bearing": item.bearing.value}
        for item in row.items
        if item.evidence_id in numbers
    ]
    return kept(
        [
            ("number", row.number),
            ("reason", row.reason.value),
            ("side", row.side.value),
            ("party", in_order(row.party)),
            ("statement", in_order(row.statement)),
            ("blocking", row.blocking),
            ("due_on", row.due_on.isoformat() if row.due_on else None),
            ("evidence", named),
            ("outcome", row.outcome and row.outcome.value),
            ("settlement", in_order(row.settlement)),
        ]
    )


def _evidence(row: Evidence) -> dict[str, Any]:
    locator = row.locator_kind and {"kind": row.locator_kind.value, "value": row.locator}
    return kept(
        [
            ("number", row.number),
            ("source", row.source.key if row.source else None),
            ("kind", row.kind.value),
            ("formula", row.formula),
            ("stance", row.stance.value),
            ("addresses", _addressed(row)),
            ("locator", locator),
            ("quote", row.quote),
            ("says", in_order(row.says)),
            ("note", in_order(row.note)),
            ("figure", write_evidence_figure(row.figure)),
            ("said", _said(row)),
            ("withdrawn", row.withdrawal_reason),
        ]
    )


def _said(row: Evidence) -> dict[str, Any] | None:
    """Return what is known of who said it; where a passage stands belongs to the copy's bytes."""
    return kept([(name.removeprefix("said_"), getattr(row, name)) for name in SAID]) or None


def _addressed(row: Evidence) -> int | list[int] | None:
    """Return the figures an item speaks to: one as its number, several as a list."""
    numbers = sorted(figure.number for figure in row.addresses)
    return numbers[0] if len(numbers) == 1 else numbers or None
