"""What the card of one claim shows: evidence compared, origins counted, a status suggested."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from claims.comparison import Comparison, compare
from claims.freshness import freshness
from claims.models import Assessment, Claim, Contest, Evidence, Figure, Finding
from claims.policy import Policy, current_policy
from claims.queries.plot import Plot, plot
from claims.status import VerificationStatus
from claims.suggestion import Suggestion, Weighed, suggest
from claims.support import rests_on
from claims.vocabulary import Freshness, Stance
from claims.wording import stated_words
from sources.columns import Words
from sources.origins import OriginCount, count_origins, roots_of
from sources.vocabulary import Lineage, Tier

Roots = Mapping[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItem:
    """An evidence item: what its figure does to the claimed one, and whose words it repeats."""

    evidence: Evidence
    figure: Figure | None
    comparison: Comparison | None
    repeats: int | None

    @property
    def given(self) -> Words | None:
        """The figure the source gives, as printed."""
        return stated_words(self.evidence.figure) if self.evidence.figure is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFigure:
    """A figure of the claim with the status its evidence suggests, while it has none."""

    figure: Figure
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim as a person decides it; ``claim`` must come with figures and contests."""

    claim: Claim
    figures: list[CardFigure]
    items: list[CardItem]
    supporting: OriginCount
    refuting: OriginCount
    findings: list[Finding]
    assessment: Assessment | None

    @property
    def freshness(self) -> Freshness:
        """Whether what the claim rests on still says what it said."""
        return freshness(self.findings)

    @property
    def plotted(self) -> list[CardItem]:
        """The items whose interval can be laid beside that of the figure most of them speak to."""
        comparable = [
            item
            for item in self.items
            if item.comparison is not None
            and item.comparison.evidence is not None
            and item.evidence.stands
        ]
        spoken = Counter(item.figure.id for item in comparable if item.figure is not None)
        chosen = next((figure for figure, _ in spoken.most_common(1)), None)
        return [item for item in comparable if item.figure and item.figure.id == chosen]

    @property
    def plot(self) -> Plot | None:
        """The claimed interval with those of the evidence, in the claimed unit."""
        compared = [item.comparison for item in self.plotted if item.comparison is not None]
        claimed = compared[0].claimed if compared else None
        figure = self.plotted[0].figure if compared else None
        if claimed is None or figure is None:
            return None
        return plot(claimed, [one.evidence for one in compared if one.evidence], figure.unit)

    @property
    def contests(self) -> list[Contest]:
        """The open contests."""
        return [contest for contest in self.claim.contests if contest.outcome is None]


def claim_card(session: Session, claim: Claim) -> Card:
    """Load the card of a claim whose figures and contests are already there."""
    policy = current_policy()
    evidence = _evidence(session, claim)
    roots = roots_of(session, {item.source_id for item in evidence if item.source_id})
    repeats = _repeats(evidence, roots)
    return Card(
        claim=claim,
        figures=[
            CardFigure(figure=figure, suggestion=_suggested(figure, evidence, roots, policy))
            for figure in claim.figures
        ],
        items=[_item(claim, item, repeats.get(item.id), policy) for item in evidence],
        supporting=_origins(evidence, roots, Stance.SUPPORTS),
        refuting=_origins(evidence, roots, Stance.REFUTES),
        findings=_findings(session, claim),
        assessment=_in_force(session, claim),
    )


def suggested(session: Session, claim: Claim) -> list[CardFigure]:
    """Return the figures of a claim that is loaded with its evidence, and what suggests itself."""
    policy, evidence = current_policy(), claim.evidence
    roots = roots_of(session, {item.source_id for item in evidence if item.source_id})
    return [
        CardFigure(figure=figure, suggestion=_suggested(figure, evidence, roots, policy))
        for figure in claim.figures
    ]


def _evidence(session: Session, claim: Claim) -> list[Evidence]:
    return list(
        session.scalars(
            select(Evidence)
            .where(Evidence.claim_id == claim.id)
            .order_by(Evidence.number)
            .options(
                joinedload(Evidence.source).raiseload("*"),
                selectinload(Evidence.targets),
                selectinload(Evidence.figure),
                raiseload("*"),
            )
        )
    )


def _item(claim: Claim, item: Evidence, repeats: int | None, policy: Policy) -> CardItem:
    """Compare an item's figure with the first figure it addresses, or with the claim's only one."""
    addressed = {target.figure_id for target in item.targets}
    spoken = [figure for figure in claim.figures if figure.id in addressed]
    if not addressed and len(claim.figures) == 1:
        spoken = claim.figures
    figure = spoken[0] if spoken else None
    comparison = None
    if item.figure is not None and figure is not None:
        comparison = compare(figure, item.figure, policy)
    return CardItem(evidence=item, figure=figure, comparison=comparison, repeats=repeats)


def _repeats(evidence: Iterable[Evidence], roots: Roots) -> dict[uuid.UUID, int]:
    """Return, for each item, the number of the earlier one that has the same origin."""
    first: dict[uuid.UUID, int] = {}
    found: dict[uuid.UUID, int] = {}
    for item in evidence:
        if item.source_id is None or item.withdrawn_by is not None:
            continue
        root = roots[item.source_id]
        if root in first:
            found[item.id] = first[root]
        first.setdefault(root, item.number)
    return found


def _suggested(
    figure: Figure, evidence: Iterable[Evidence], roots: Roots, policy: Policy
) -> Suggestion | None:
    """Suggest a status for a material figure from the items that speak to it."""
    if not figure.material:
        return None
    known = list(evidence)
    spoken = (item for item in known if item.counts and _speaks_to(item, figure))
    weighed = [
        _weighed(figure, item, origin, roots, policy)
        for item in spoken
        for origin in rests_on(item, known)
    ]
    return suggest(weighed, policy)


def _speaks_to(item: Evidence, figure: Figure) -> bool:
    addressed = {target.figure_id for target in item.targets}
    return not addressed or figure.id in addressed


def _weighed(
    figure: Figure, item: Evidence, origin: Evidence, roots: Roots, policy: Policy
) -> Weighed:
    """Weigh an item by what it says and by the source it rests on."""
    source = origin.source
    known = source is not None and source.lineage is not Lineage.UNKNOWN
    return Weighed(
        stance=item.stance,
        comparison=compare(figure, item.figure, policy) if item.figure is not None else None,
        origin=roots[source.id] if source is not None and known else None,
        authoritative=source is not None and source.tier is Tier.PRIMARY,
        number=item.number,
    )


def _origins(evidence: Iterable[Evidence], roots: Roots, stance: Stance) -> OriginCount:
    """Count what weighs for a stance as :func:`claims.support.weigh` does, from loaded rows."""
    known = list(evidence)
    weighing = [
        origin
        for item in known
        if item.counts and item.stance is stance
        for origin in rests_on(item, known)
    ]
    sources = [item.source for item in weighing if item.source is not None]
    spoken = sum(item.source is None for item in weighing)
    counted = count_origins(sources, roots)
    return OriginCount(counted.links + spoken, counted.origins + spoken, counted.primary)


def _findings(session: Session, claim: Claim) -> list[Finding]:
    return list(
        session.scalars(
            select(Finding)
            .where(Finding.claim_id == claim.id, Finding.waived_by.is_(None))
            .order_by(Finding.id)
            .options(raiseload("*"))
        )
    )


def _in_force(session: Session, claim: Claim) -> Assessment | None:
    newest = session.scalar(
        select(Assessment)
        .where(Assessment.claim_id == claim.id, Assessment.figure_id.is_(None))
        .order_by(Assessment.id.desc())
        .limit(1)
        .options(raiseload("*"))
    )
    taken_back = newest is not None and newest.status is VerificationStatus.UNCHECKED
    return None if taken_back else newest
