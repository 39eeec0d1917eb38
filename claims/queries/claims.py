"""Everything the page of one claim shows, loaded in a constant number of statements."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload, load_only, raiseload, selectinload

from claims.comparison import Comparison, compare
from claims.deltas import Delta, delta
from claims.errors import Missing
from claims.formula_checks import Checked, checked
from claims.house import HouseFigure, house_figures
from claims.material import assessment_in_force, material_sha256
from claims.models import (
    ArticleVersion,
    Assessment,
    Citation,
    Claim,
    ClaimAnchor,
    Comment,
    Contest,
    Evidence,
    EvidenceTarget,
    Figure,
    Finding,
    SignOff,
)
from claims.policy import Policy, current_policy
from claims.readiness import Lack, lacks
from claims.shown_hashes import shown_content
from claims.signatures import levels_of, next_level, valid_signatures
from claims.suggestion import Suggestion, Weighed, suggest
from claims.support import rests_on
from claims.vocabulary import Bearing, Stance
from sources.models import Snapshot, Source
from sources.origins import OriginCount, count_origins, roots_of
from sources.vocabulary import Tier

Roots = Mapping[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Row:
    """A source's figure against one figure of the claim."""

    item: Evidence
    comparison: Comparison
    delta: Delta | None = None
    origin: int = 0
    """The place of its origin among those of the claim, from 1."""
    repeats: int | None = None
    """The number of the item above it that has the same origin."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of the claim, what its evidence gives, and the status that suggests."""

    figure: Figure
    rows: list[Row]
    suggestion: Suggestion | None
    in_force: Assessment | None
    supporting: OriginCount
    refuting: OriginCount


@dataclass(frozen=True, slots=True)
class Origin:
    """Evidence items that go back to one origin; the first of them is shown as its head."""

    items: list[Evidence]


@dataclass(frozen=True, slots=True)
class Sides:
    """A contest with the evidence named on either side."""

    contest: Contest
    evidence_for: list[Evidence]
    evidence_against: list[Evidence]


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off or return, whether it stands under the present content, and the hash it is under.

    ``sha256`` is as the reader may see it, and so is ``content_sha256`` of the page.
    """

    row: SignOff
    valid: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and the answers to it."""

    comment: Comment
    answers: list[Comment]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """One claim with everything around it, ready to be shown.

    ``house`` holds, for each figure, what the house printed of the same thing in other claims;
    ``removed`` are figures that the claim no longer states.
    """

    claim: Claim
    figures: list[Stated]
    removed: list[Figure]
    house: Mapping[uuid.UUID, list[HouseFigure]]
    origins: list[Origin]
    supporting: OriginCount
    refuting: OriginCount
    contests: list[Sides]
    findings: list[Finding]
    threads: list[Thread]
    conclusions: list[Assessment]
    in_force: Assessment | None
    checks: list[Checked]
    signatures: list[Signature]
    content_sha256: str
    lacks: list[Lack]

    @property
    def open_contests(self) -> list[Sides]:
        """Contests nobody has settled yet."""
        return [sides for sides in self.contests if sides.contest.outcome is None]

    @property
    def settled_contests(self) -> list[Sides]:
        """Contests with their outcome."""
        return [sides for sides in self.contests if sides.contest.outcome is not None]

    @property
    def blocked(self) -> bool:
        """Whether an open contest forbids signing."""
        return any(sides.contest.blocking for sides in self.open_contests)

    @property
    def levels(self) -> int:
        """How many levels of sign-off the claim needs."""
        return levels_of(self.claim)

    @property
    def next_level(self) -> int:
        """The level the next signature holds."""
        return next_level(self.claim)

    @property
    def rows(self) -> list[uuid.UUID]:
        """The identifiers of the claim and of every row that belongs to it, for its history."""
        claim = self.claim
        belonging = (
            claim.anchors,
            claim.figures,
            self.removed,
            claim.checks,
            claim.citations,
            claim.evidence,
            claim.assessments,
            claim.sign_offs,
            claim.contests,
            claim.comments,
            claim.findings,
            [item.figure for item in claim.evidence if item.figure],
            [target for item in claim.evidence for target in item.targets],
            [item for contest in claim.contests for item in contest.items],
        )
        return [claim.id, *(row.id for rows in belonging for row in rows)]


def _whole(claim_id: uuid.UUID) -> Select[Claim]:
    """Select a claim with all that belongs to it; texts of articles and snapshots stay away."""
    evidence = selectinload(Claim.evidence)
    contests = selectinload(Claim.contests)
    return (
        select(Claim)
        .where(Claim.id == claim_id)
        .options(
            joinedload(Claim.article),
            selectinload(Claim.anchors)
            .joinedload(ClaimAnchor.article_version)
            .options(load_only(ArticleVersion.number)),
            selectinload(Claim.figures),
            selectinload(Claim.citations).joinedload(Citation.source),
            evidence.joinedload(Evidence.source),
            evidence.joinedload(Evidence.snapshot).options(
                defer(Snapshot.extracted_text), defer(Snapshot.places)
            ),
            evidence.joinedload(Evidence.figure),
            evidence.selectinload(Evidence.targets).joinedload(EvidenceTarget.figure),
            selectinload(Claim.assessments),
            selectinload(Claim.later_authors),
            selectinload(Claim.sign_offs),
            selectinload(Claim.checks),
            contests.selectinload(Contest.items),
            selectinload(Claim.comments),
            selectinload(Claim.findings),
        )
    )


def no_such_claim() -> Missing:
    """The refusal of an identifier no claim has."""
    return Missing("no_such_claim", {"zh": "没有这条论断。", "en": "There is no such claim."})


def claim_with_all(session: Session, claim_id: uuid.UUID, *, lock: bool = False) -> Claim:
    """Load a claim with all that belongs to it; ``lock`` keeps others from changing it meanwhile.

    Raises Missing. A reading session cannot lock.
    """
    if lock:
        session.execute(select(Claim.id).where(Claim.id == claim_id).with_for_update())
    claim = session.scalars(_whole(claim_id)).one_or_none()
    if claim is None:
        raise no_such_claim()
    return claim


def claim_page(session: Session, claim_id: uuid.UUID) -> ClaimPage:
    """Load the page of a claim; raise Missing for an unknown identifier."""
    query = _whole(claim_id).options(raiseload("*", sql_only=True))
    claim = session.scalars(query).one_or_none()
    if claim is None:
        raise no_such_claim()
    roots = roots_of(session, {item.source_id for item in claim.evidence if item.source_id})
    policy = current_policy()
    origins = _grouped(claim, roots)
    return ClaimPage(
        claim=claim,
        figures=[_stated(claim, figure, roots, policy, origins) for figure in claim.figures],
        removed=_removed(session, claim_id),
        house=house_figures(session, claim.figures, policy),
        origins=origins,
        supporting=_counted(claim, claim.evidence, roots, Stance.SUPPORTS),
        refuting=_counted(claim, claim.evidence, roots, Stance.REFUTES),
        contests=[_sides(claim, contest) for contest in claim.contests],
        findings=claim.findings,
        threads=_threads(claim),
        conclusions=[row for row in reversed(claim.assessments) if row.figure_id is None],
        in_force=assessment_in_force(claim),
        checks=checked(claim, policy),
        signatures=_signatures(claim),
        content_sha256=shown_content(claim, material_sha256(claim)),
        lacks=lacks(session, claim),
    )


def _removed(session: Session, claim_id: uuid.UUID) -> list[Figure]:
    query = select(Figure).where(Figure.claim_id == claim_id, Figure.removed_by.is_not(None))
    return list(session.scalars(query.order_by(Figure.number)))


def _stated(
    claim: Claim, figure: Figure, roots: Roots, policy: Policy, origins: Sequence[Origin]
) -> Stated:
    """Compare a figure with those of the evidence that speaks to it."""
    spoken = [item for item in claim.evidence if _speaks_to(item, figure)]
    judged = [row for row in claim.assessments if row.figure_id == figure.id]
    compared = {
        item.id: compare(figure, item.figure, policy) for item in spoken if item.figure is not None
    }
    weighed = [
        Weighed(
            stance=item.stance,
            comparison=compared.get(item.id),
            origin=roots[origin.source_id] if origin.source_id else origin.id,
            authoritative=origin.source is not None and origin.source.tier is Tier.PRIMARY,
            number=item.number,
        )
        for item in spoken
        if item.counts
        for origin in rests_on(item, claim.evidence)
    ]
    return Stated(
        figure,
        list(_rows(figure, compared, origins)),
        suggest(weighed, policy) if figure.material and weighed else None,
        max(judged, key=lambda row: row.id, default=None),
        _counted(claim, spoken, roots, Stance.SUPPORTS),
        _counted(claim, spoken, roots, Stance.REFUTES),
    )


def _rows(
    figure: Figure, compared: Mapping[uuid.UUID, Comparison], origins: Sequence[Origin]
) -> Iterator[Row]:
    """Yield what each source gives, the items of one origin together."""
    for place, origin in enumerate(origins, start=1):
        first: int | None = None
        for item in origin.items:
            if item.id in compared and item.figure is not None:
                found = compared[item.id]
                yield Row(item, found, delta(figure, item.figure, found), place, first)
                first = first or item.number


def _speaks_to(item: Evidence, figure: Figure) -> bool:
    """Tell whether an item names the figure, or names none and so means the claim as a whole."""
    addressed = {target.figure_id for target in item.targets}
    return item.stands and (not addressed or figure.id in addressed)


def _grouped(claim: Claim, roots: Roots) -> list[Origin]:
    """Group evidence by origin, in the order in which each origin first appears."""
    groups: dict[uuid.UUID, list[Evidence]] = defaultdict(list)
    for item in claim.evidence:
        groups[roots[item.source_id] if item.source_id else item.id].append(item)
    return [Origin(items) for items in groups.values()]


def _counted(claim: Claim, items: Sequence[Evidence], roots: Roots, stance: Stance) -> OriginCount:
    """Count which of some items weigh for a stance, as :func:`claims.support.weigh` does."""
    weighing = [
        origin
        for item in items
        if item.counts and item.stance is stance
        for origin in rests_on(item, claim.evidence)
    ]
    sources: list[Source] = [item.source for item in weighing if item.source is not None]
    spoken = len(weighing) - len(sources)
    counted = count_origins(sources, roots)
    return OriginCount(counted.links + spoken, counted.origins + spoken, counted.primary)


def _sides(claim: Claim, contest: Contest) -> Sides:
    items = {item.id: item for item in claim.evidence}
    named = {
        bearing: [items[row.evidence_id] for row in contest.items if row.bearing is bearing]
        for bearing in Bearing
    }
    return Sides(contest, named[Bearing.FOR], named[Bearing.AGAINST])


def _threads(claim: Claim) -> list[Thread]:
    """Put answers under the remark at the head of their thread, however deep they answer."""
    parents = {row.id: row.reply_to_id for row in claim.comments}
    answers: dict[uuid.UUID, list[Comment]] = defaultdict(list)
    for row in claim.comments:
        head = row.id
        while (above := parents.get(head)) is not None:
            head = above
        if head != row.id:
            answers[head].append(row)
    return [Thread(row, answers[row.id]) for row in claim.comments if row.reply_to_id is None]


def _signatures(claim: Claim) -> list[Signature]:
    valid = valid_signatures(claim)
    return [
        Signature(row, row in valid, shown_content(claim, row.content_sha256))
        for row in reversed(claim.sign_offs)
    ]
