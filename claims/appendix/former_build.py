"""Collecting an appendix from the database: every claim in article order, with both sides."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.appendix.former import (
    FORMAT,
    AppendixClaim,
    AppendixContent,
    AppendixContest,
    AppendixEvidence,
    AppendixFigure,
    AppendixSource,
)
from claims.appendix.former_signatures import article_sign_offs, claim_sign_offs
from claims.comparison import compare
from claims.material import assessment_in_force, material_sha256
from claims.mentions import coverage
from claims.models import (
    ArticleVersion,
    Claim,
    Contest,
    Evidence,
    Figure,
)
from claims.policy import current_policy
from claims.reading import reading_words
from claims.said import SILENT
from claims.signatures import levels_of
from claims.support import weigh
from claims.veiling import WORDS
from claims.vocabulary import Bearing, Stance
from claims.whole_claims import everything
from claims.wording import figure_words, period_words
from sources.columns import Words, plain
from sources.models import Source
from sources.veil import WITHHELD, alias

T = TypeVar("T")
Numbers = Mapping[uuid.UUID, int]


def article_content(
    session: Session, version: ArticleVersion, *, ledger_position: int, schema_revision: str
) -> AppendixContent:
    """Return the appendix of a version as the database stands now."""
    article = version.article
    rows = session.scalars(everything().where(Claim.article_id == article.id)).all()
    sources, numbers = _sources(session, rows)
    claims = [_claim(session, row, version.id, numbers) for row in rows]
    claims.sort(key=lambda claim: (claim.start is None, claim.start or 0, claim.number))
    counted = coverage(session, version)
    return AppendixContent(
        format=FORMAT,
        article=article.key,
        title=article.title,
        language=article.language,
        version=version.number,
        version_sha256=version.sha256,
        sample=article.sample,
        notice=article.notice,
        ledger_position=ledger_position,
        schema_revision=schema_revision,
        policy_version=current_policy().version,
        numbers_accounted=counted.accounted,
        numbers_total=counted.total,
        statuses=dict(sorted(Counter(str(claim.status) for claim in claims).items())),
        claims=claims,
        sources=sources,
        sign_offs=article_sign_offs(session, article),
    )


def claim_content(session: Session, claim: Claim) -> AppendixClaim:
    """Return one claim as an appendix shows it, without a source list."""
    row = session.scalars(everything().where(Claim.id == claim.id)).one()
    newest = max(row.anchors, key=lambda anchor: anchor.id, default=None)
    return _claim(session, row, newest.version_id if newest else None, {})


def _sources(
    session: Session, claims: Iterable[Claim]
) -> tuple[list[AppendixSource], dict[uuid.UUID, int]]:
    """Return the sources the evidence rests on and what those were derived from, numbered."""
    wanted = {item.source_id for claim in claims for item in claim.evidence if item.source_id}
    found: dict[uuid.UUID, Source] = {}
    while missing := wanted - found.keys():
        rows = session.scalars(select(Source).where(Source.id.in_(missing))).all()
        found.update({row.id: row for row in rows})
        wanted |= {row.derived_from_id for row in rows if row.derived_from_id}
    ordered = sorted(found.values(), key=_key)
    numbers = {row.id: number for number, row in enumerate(ordered, start=1)}
    return [_source(row, numbers) for row in ordered], numbers


def _source(row: Source, numbers: Numbers) -> AppendixSource:
    return AppendixSource(
        number=numbers[row.id],
        key=_key(row),
        title=_open(row, row.title),
        publisher=_open(row, row.publisher),
        url=_open(row, row.url),
        issued=_open(row, row.issued),
        language=_open(row, row.language),
        kind=row.kind,
        tier=row.tier,
        lineage=row.lineage,
        derived_from=numbers[row.derived_from_id] if row.derived_from_id else None,
        retrieval=_open(row, row.retrieval),
    )


def _key(source: Source) -> str:
    """The key an appendix gives a source: it is the same file whoever draws it."""
    return alias(source.id) if source.confidential else source.key


def _open(source: Source | None, value: T | None, instead: T | None = None) -> T | None:
    """A value, unless it could say who a confidential source is; what is empty stays so."""
    return _unless(source is not None and source.confidential, value, instead)


def _unless(shut: object, value: T | None, instead: T | None = None) -> T | None:
    """A value, unless it is shut away; what is empty stays so."""
    if not shut:
        return value
    return instead if value is not None else None


def _is_shut(item: Evidence) -> bool:
    """Whether no word of an item may leave: its source is confidential, or the talk was."""
    confidential = item.source is not None and item.source.confidential
    return confidential or item.said_terms in SILENT


def _claim(
    session: Session, row: Claim, version_id: uuid.UUID | None, numbers: Numbers
) -> AppendixClaim:
    anchor = next((found for found in row.anchors if found.version_id == version_id), None)
    assessment = assessment_in_force(row)
    present = material_sha256(row)
    items = {item.id: item.number for item in row.evidence if not item.pending}
    return AppendixClaim(
        number=row.number,
        key=row.key,
        id=str(row.id),
        statement=row.statement,
        quote=anchor.exact if anchor else None,
        start=anchor.start if anchor else None,
        end=anchor.stop if anchor else None,
        attribution=[cited.attribution for cited in row.citations if cited.attribution],
        status=row.verification_status,
        stage=row.stage,
        disposition=row.disposition,
        proposed_wording=row.proposed_wording,
        reasoning=assessment.reasoning if assessment else None,
        assessed_by=assessment.created_by if assessment else None,
        content_sha256=present,
        origins=weigh(session, row.evidence, Stance.SUPPORTS).said,
        figures=[_figure(figure) for figure in row.figures],
        evidence=[_evidence(item, row, numbers) for item in row.evidence if not item.pending],
        contests=[_contest(contest, items) for contest in row.contests],
        sign_offs=claim_sign_offs(row),
        submitted_by=row.submitted_by,
        levels=levels_of(row),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _figure(row: Figure) -> AppendixFigure:
    return AppendixFigure(
        number=row.number,
        role=row.role,
        stated_text=row.stated_text,
        comparator=row.comparator,
        low=_text(row.low),
        high=_text(row.high),
        unit=row.unit,
        reads=figure_words(row),
        interval=reading_words(row),
        period=row.period,
        period_words=period_words(row.period) if row.period else {},
        measure=row.measure,
        geography=row.geography,
        basis=row.basis,
        observation_status=row.observation_status,
        material=row.material,
        status=row.verification_status,
    )


def addressed(item: Evidence, claim: Claim) -> Figure | None:
    """Return the claim's figure an evidence item speaks to: the named one, else the first."""
    if item.targets:
        return next(iter(item.addresses), None)
    return next((figure for figure in claim.figures if figure.low or figure.high), None)


def comparison_words(item: Evidence, claim: Claim) -> Words | None:
    """Return what comparing an item's figure with the claim's comes to, in words."""
    claimed = addressed(item, claim)
    if item.figure is None or claimed is None:
        return None
    return compare(claimed, item.figure, current_policy()).sentence


def _evidence(item: Evidence, claim: Claim, numbers: Numbers) -> AppendixEvidence:
    figure, source, shut = item.figure, item.source, _is_shut(item)
    return AppendixEvidence(
        number=item.number,
        kind=item.kind,
        stance=item.stance,
        source=numbers.get(item.source_id) if item.source_id else None,
        source_key=_key(source) if source else None,
        says=_unless(shut, item.says, WORDS),
        quote=_unless(shut, item.quote, WITHHELD),
        locator=_unless(shut, item.locator or item.formula, WITHHELD),
        note=_unless(shut, item.note, WORDS),
        reads=figure_words(figure) if figure else None,
        interval=reading_words(figure) if figure else None,
        comparison=comparison_words(item, claim),
        counts=item.counts,
        withdrawn=item.withdrawal_reason,
        sha256=_unless(shut, item.snapshot.sha256 if item.snapshot else None),
        by=item.created_by,
        at=item.created_at.isoformat(),
    )


def _contest(row: Contest, items: Numbers) -> AppendixContest:
    sides: dict[Bearing, list[int]] = {Bearing.FOR: [], Bearing.AGAINST: []}
    for named in row.items:
        if named.evidence_id in items:
            sides[named.bearing].append(items[named.evidence_id])
    return AppendixContest(
        number=row.number,
        reason=row.reason,
        side=row.side,
        party=row.party,
        statement=row.statement,
        blocking=row.blocking,
        evidence_for=sorted(sides[Bearing.FOR]),
        evidence_against=sorted(sides[Bearing.AGAINST]),
        raised_by=row.created_by,
        raised_at=row.created_at.isoformat(),
        outcome=row.outcome,
        settlement=row.settlement,
        settled_by=row.settled_by,
        settled_at=row.settled_at.isoformat() if row.settled_at else None,
    )
