"""One claim as an appendix tells it: what it states, what the evidence says, who answers for it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims.appendix.content import (
    AssessmentPart,
    CitationPart,
    ClaimPart,
    EarlierPart,
    FigurePart,
    FindingPart,
    OriginsPart,
    PlacePart,
)
from claims.appendix.disputes import contest_part, reply_part
from claims.appendix.evidence_part import decimal_text, evidence_part
from claims.appendix.people import People
from claims.appendix.persons import PersonAct
from claims.appendix.signed import sign_off_parts
from claims.appendix.source_list import Sources
from claims.claim_standings import ClaimStanding
from claims.freshness import freshness
from claims.material import assessment_in_force, material_sha256
from claims.models import (
    Assessment,
    Citation,
    Claim,
    ClaimAnchor,
    Evidence,
    Figure,
    Finding,
    InvitedClaim,
    Observation,
)
from claims.reading import reading_words
from claims.said import SILENT
from claims.signatures import levels_of
from claims.support import weighed
from claims.veiling import ITEM
from claims.vocabulary import Stance
from claims.wording import figure_words, period_words


@dataclass(frozen=True, slots=True)
class Around:
    """What a claim's part is told with: the lists it names, and what is loaded beside claims.

    Where the article was signed, ``standings`` collects how each claim stands in its newest
    version.
    """

    version_id: uuid.UUID | None
    sources: Sources
    people: People
    seen: Mapping[uuid.UUID, Observation] = field(default_factory=dict)
    asked: Mapping[uuid.UUID, Sequence[InvitedClaim]] = field(default_factory=dict)
    signed_version: uuid.UUID | None = None
    standings: list[ClaimStanding] = field(default_factory=list)


def claim_part(row: Claim, around: Around) -> ClaimPart:
    """Tell of one claim that is loaded with everything."""
    anchor = next((one for one in row.anchors if one.version_id == around.version_id), None)
    people, sources = around.people, around.sources
    entered = people.did(row.created_by, PersonAct.ENTERED)
    present = material_sha256(row)
    evidence = [item for item in row.evidence if not item.pending]
    return ClaimPart(
        number=row.number,
        key=row.key,
        id=str(row.id),
        kind=row.kind,
        statement=row.statement,
        quote=anchor.exact if anchor else None,
        place=_place(anchor) if anchor else None,
        citations=[_citation(cited, sources) for cited in row.citations],
        status=row.verification_status,
        stage=row.stage,
        disposition=row.disposition,
        proposed_wording=row.proposed_wording,
        freshness=freshness(row.findings),
        assessment=_assessment(assessment_in_force(row), people),
        earlier=_earlier(row, people),
        content_sha256=present,
        origins=_origins(row, sources),
        figures=[_figure(figure, row.assessments) for figure in row.figures],
        evidence=[
            evidence_part(item, row, sources, people, around.seen.get(item.id)) for item in evidence
        ],
        submitted_by=people.perhaps(row.submitted_by, PersonAct.SUBMITTED),
        replies=[reply_part(one, people) for one in around.asked.get(row.id, ())],
        contests=[contest_part(one, evidence, row.figures, people) for one in row.contests],
        findings=[_finding(one, row, sources, people) for one in row.findings],
        sign_offs=sign_off_parts(row, present, people),
        entered_by=entered,
        levels=levels_of(row),
    )


def _place(anchor: ClaimAnchor) -> PlacePart:
    return PlacePart(anchor.start, anchor.stop, anchor.state)


def _citation(cited: Citation, sources: Sources) -> CitationPart:
    return CitationPart(
        source=sources.number(cited.source_id),
        confidential=sources.is_confidential(cited.source_id),
        attribution=cited.attribution,
        locator=cited.locator,
    )


def _assessment(row: Assessment | None, people: People) -> AssessmentPart | None:
    if row is None:
        return None
    return AssessmentPart(
        reasoning=row.reasoning,
        lowered_from=row.lowered_from,
        by=people.did(row.created_by, PersonAct.ASSESSED),
        at=row.created_at.isoformat(),
    )


def _earlier(row: Claim, people: People) -> list[EarlierPart]:
    """The conclusions that others replaced, the oldest first."""
    newest = {one.figure_id: one.id for one in sorted(row.assessments, key=lambda one: one.id)}
    numbers = {figure.id: figure.number for figure in row.figures}
    return [
        EarlierPart(
            figure=numbers.get(one.figure_id) if one.figure_id else None,
            status=one.status,
            reasoning=one.reasoning,
            disposition=one.disposition,
            by=people.did(one.created_by, PersonAct.ASSESSED),
            at=one.created_at.isoformat(),
        )
        for one in row.assessments
        if newest[one.figure_id] != one.id and (one.figure_id in numbers or one.figure_id is None)
    ]


def _origins(row: Claim, sources: Sources) -> OriginsPart:
    counted = weighed(row.evidence, Stance.SUPPORTS, sources.roots)
    return OriginsPart(counted.links, counted.origins, counted.primary, counted.said)


def _figure(row: Figure, assessments: Sequence[Assessment]) -> FigurePart:
    own = [one for one in assessments if one.figure_id == row.id]
    newest = max(own, key=lambda one: one.id, default=None)
    return FigurePart(
        number=row.number,
        role=row.role,
        stated_text=row.stated_text,
        comparator=row.comparator,
        low=decimal_text(row.low),
        high=decimal_text(row.high),
        unit=row.unit,
        reads=figure_words(row),
        interval=reading_words(row),
        period=row.period,
        period_words=period_words(row.period) if row.period else {},
        subject=row.subject,
        measure=row.measure,
        geography=row.geography,
        basis=row.basis,
        observation_status=row.observation_status,
        change_kind=row.change_kind,
        material=row.material,
        status=row.verification_status,
        reasoning=newest.reasoning if newest else None,
    )


def _finding(row: Finding, claim: Claim, sources: Sources, people: People) -> FindingPart:
    figures = {figure.id: figure.number for figure in claim.figures}
    return FindingPart(
        code=row.code,
        severity=row.severity,
        figure=figures.get(row.figure_id) if row.figure_id else None,
        confidential=_quotes_confidential(row, claim, sources),
        message=row.message,
        waived_by=people.perhaps(row.waived_by, PersonAct.WAIVED),
        waiver_reason=row.waiver_reason,
    )


def _quotes_confidential(row: Finding, claim: Claim, sources: Sources) -> bool:
    """Whether a remark may quote what must stay unsaid.

    One that asks for a recheck names its source as it was known then, which may have become
    confidential since.
    """
    shut = {item.number for item in claim.evidence if _is_shut(item, sources)}
    named = {int(number) for number in ITEM.findall(str(row.message))}
    return bool(named & shut) or (row.code == "recheck" and bool(shut))


def _is_shut(item: Evidence, sources: Sources) -> bool:
    return sources.is_confidential(item.source_id) or item.said_terms in SILENT
