"""One evidence item as an appendix tells it."""

from decimal import Decimal

from claims.appendix.evidence_content import (
    EvidencePart,
    GivenFigure,
    PassagePart,
    SaidPart,
    SnapshotPart,
    SpeakerPart,
    WithdrawalPart,
)
from claims.appendix.people import People
from claims.appendix.persons import PersonAct
from claims.appendix.source_list import Sources
from claims.comparison import compare
from claims.models import Claim, Evidence, Figure, Observation
from claims.policy import current_policy
from claims.reading import reading_words
from claims.vocabulary import EvidenceKind
from claims.wording import figure_words, period_words
from sources.columns import Words, plain
from sources.models import Snapshot


def evidence_part(
    item: Evidence, claim: Claim, sources: Sources, people: People, seen: Observation | None
) -> EvidencePart:
    """Tell of one item; ``seen`` is what the last look at its page found of it."""
    sources.use(item.source_id, claim.number)
    return EvidencePart(
        number=item.number,
        kind=item.kind,
        stance=item.stance,
        counts=item.counts,
        source=sources.number(item.source_id),
        confidential=sources.is_confidential(item.source_id),
        terms=item.said_terms,
        figures=sorted(figure.number for figure in item.addresses),
        passage=_passage(item),
        note=item.note,
        said=_said(item),
        given=_given(item.figure) if item.figure else None,
        comparison=comparison_words(item, claim),
        snapshot=_snapshot(item.snapshot) if item.snapshot else None,
        observed=seen.outcome if seen is not None and seen.speaks_of(item) else None,
        withdrawn=_withdrawn(item, people),
        by=people.did(item.created_by, PersonAct.ATTACHED),
        at=item.created_at.isoformat(),
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


def decimal_text(value: Decimal | None) -> str | None:
    """An exact decimal as an appendix writes it."""
    return None if value is None else plain(value)


def _passage(item: Evidence) -> PassagePart:
    figure = item.figure
    return PassagePart(
        quote=item.quote,
        says=item.says,
        locator_kind=item.locator_kind,
        locator=item.locator,
        formula=item.formula,
        stated_text=figure.stated_text if figure else None,
        measure=figure.measure if figure else None,
        geography=figure.geography if figure else None,
        basis=figure.basis if figure else None,
    )


def _given(figure: Figure) -> GivenFigure:
    return GivenFigure(
        reads=figure_words(figure),
        interval=reading_words(figure),
        low=decimal_text(figure.low),
        high=decimal_text(figure.high),
        unit=figure.unit,
        period=figure.period,
        period_words=period_words(figure.period) if figure.period else {},
        observation_status=figure.observation_status,
    )


def _said(item: Evidence) -> SaidPart | None:
    if item.kind is not EvidenceKind.PERSONAL_COMMUNICATION:
        return None
    return SaidPart(
        via=item.said_via,
        on=item.said_on,
        speaker=SpeakerPart(item.said_by, item.said_role),
        reached=item.said_reached,
    )


def _snapshot(row: Snapshot) -> SnapshotPart:
    return SnapshotPart(
        sha256=row.sha256,
        retrieved_at=row.retrieved_at.isoformat() if row.retrieved_at else None,
        capture=row.capture,
        media_type=row.media_type,
        size=row.size,
    )


def _withdrawn(item: Evidence, people: People) -> WithdrawalPart | None:
    if item.withdrawn_by is None:
        return None
    by = people.did(item.withdrawn_by, PersonAct.WITHDREW)
    return WithdrawalPart(by, item.withdrawal_reason or "")
