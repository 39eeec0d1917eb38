"""What a verification appendix says of an article, as plain dataclasses that know no file format.

People are named by their number in :attr:`Head.people`, sources by theirs in :attr:`Head.sources`,
so that a name stands in one place and can be withheld there. Moments are ISO 8601 in UTC.
"""

from dataclasses import dataclass

from claims.appendix.evidence_content import EvidencePart
from claims.appendix.persons import PersonAct, PersonKind
from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.status import VerificationStatus
from claims.vocabulary import (
    AnchorState,
    AnswerChoice,
    ArticleDecision,
    ContestOutcome,
    ContestReason,
    DismissalReason,
    Disposition,
    Freshness,
    Severity,
    Side,
    SignOffDecision,
    Stage,
)
from sources.citation_styles import Style
from sources.columns import Words
from sources.vocabulary import Lineage, Reliability, SourceKind, Tier

FORMAT = "claim-desk/appendix/3"
"""Raised whenever a field is added, renamed or dropped; docs/appendix.md lists them."""


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """The article the appendix belongs to."""

    key: str
    title: Words
    language: str
    published: str | None
    byline: str | None
    sample: bool
    notice: Words | None


@dataclass(frozen=True, slots=True)
class VersionPart:
    """The version that was checked; ``sha256`` is that of its text in UTF-8."""

    number: int
    sha256: str
    characters: int
    received_at: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts a reader wants first; each dictionary leaves out what is zero.

    ``numbers_accounted`` of ``numbers_total`` numbers in the text are claimed or set aside;
    ``dismissed`` counts the latter by reason.
    """

    claims: int
    figures: int
    statuses: dict[str, int]
    dispositions: dict[str, int]
    stages: dict[str, int]
    open_contests: int
    numbers_accounted: int
    numbers_total: int
    dismissed: dict[str, int]
    sources: int


@dataclass(frozen=True, slots=True)
class ArticleSignOffPart:
    """A sign-off of the article, or its publication in an emergency with what was missing.

    ``past`` says that its ``state_sha256`` is of a state before the present one.
    """

    decision: ArticleDecision
    version: int
    by: int
    at: str
    state_sha256: str
    reason: str | None
    missing: list[Words]
    void: bool
    past: bool


@dataclass(frozen=True, slots=True)
class PersonName:
    """Who somebody is: the stable string of the ledger, and the name people know them by."""

    account: str
    display: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who did something that the appendix tells, and what, in the order it is done.

    ``kind`` is ``editor``, ``guest`` (somebody outside) or ``system`` (the program itself).
    """

    number: int
    kind: PersonKind
    acts: list[PersonAct]
    name: PersonName


@dataclass(frozen=True, slots=True)
class FigurePart:
    """One figure of a claim: what is printed, what it reads as, and what the evidence says.

    ``interval`` is the span a reader would understand, in words; ``low`` and ``high`` are the
    stated bounds as plain decimals in ``unit``.
    """

    number: int
    role: Role
    stated_text: str
    comparator: Comparator | None
    low: str | None
    high: str | None
    unit: str | None
    reads: Words
    interval: Words
    period: str | None
    period_words: Words
    subject: Words | None
    measure: Words | None
    geography: Words | None
    basis: Words | None
    observation_status: ObservationStatus
    change_kind: ChangeKind | None
    material: bool
    status: VerificationStatus
    reasoning: Words | None


@dataclass(frozen=True, slots=True)
class PlacePart:
    """Where the quote stands in the version's text: code points, and how it was found again."""

    start: int | None
    end: int | None
    state: AnchorState


@dataclass(frozen=True, slots=True)
class CitationPart:
    """What the ARTICLE gives as its source for the claim."""

    source: int | None
    confidential: bool
    attribution: Words | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class AssessmentPart:
    """The conclusion in force: the reasoning, whose it is, and whether it lowers the folded one."""

    reasoning: Words | None
    lowered_from: VerificationStatus | None
    by: int
    at: str


@dataclass(frozen=True, slots=True)
class EarlierPart:
    """A conclusion that is no longer in force, about a figure or (None) the claim as a whole.

    A status of ``unchecked`` says that one was taken back.
    """

    figure: int | None
    status: VerificationStatus
    reasoning: Words | None
    disposition: Disposition | None
    by: int
    at: str


@dataclass(frozen=True, slots=True)
class OriginsPart:
    """How many links weigh for the claim, from how many independent origins, how many primary."""

    links: int
    origins: int
    primary: int
    words: Words


@dataclass(frozen=True, slots=True)
class ContestPart:
    """One dispute with both sides: the evidence for it and against it, and how it ended.

    ``about`` is ``claim``, ``assessment``, ``F2`` or ``E3``.
    """

    number: int
    about: str
    reason: ContestReason
    side: Side
    party: Words | None
    statement: Words
    blocking: bool
    due_on: str | None
    evidence_for: list[int]
    evidence_against: list[int]
    raised_by: int
    raised_at: str
    outcome: ContestOutcome | None
    settlement: Words | None
    settled_by: int | None
    settled_at: str | None


@dataclass(frozen=True, slots=True)
class SignOffPart:
    """One signature or return; ``void`` says that it no longer stands under the content.

    ``past`` says that its ``content_sha256`` is of a content before the present one.
    """

    decision: SignOffDecision
    level: int
    submission: int
    by: int
    at: str
    content_sha256: str
    past: bool
    reason: str | None
    void: bool


@dataclass(frozen=True, slots=True)
class FindingPart:
    """What a rule remarked about the claim, and who set it aside and why."""

    code: str
    severity: Severity
    figure: int | None
    confidential: bool
    message: Words
    waived_by: int | None
    waiver_reason: str | None


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """Somebody outside who was asked about the claim: when, until when, and what they answered.

    ``evidence`` is the number of the item their statement became, once the desk accepted it.
    """

    side: Side
    name: str
    question: str
    asked_by: int
    asked_at: str
    until: str
    choice: AnswerChoice | None
    answered_at: str | None
    evidence: int | None


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """One claim, with everything an outsider needs to judge it."""

    number: int
    key: str
    id: str
    kind: str
    statement: Words
    quote: str | None
    place: PlacePart | None
    citations: list[CitationPart]
    status: VerificationStatus
    stage: Stage
    disposition: Disposition | None
    proposed_wording: str | None
    freshness: Freshness
    assessment: AssessmentPart | None
    earlier: list[EarlierPart]
    content_sha256: str
    origins: OriginsPart
    figures: list[FigurePart]
    evidence: list[EvidencePart]
    contests: list[ContestPart]
    replies: list[ReplyPart]
    findings: list[FindingPart]
    sign_offs: list[SignOffPart]
    entered_by: int
    submitted_by: int | None
    levels: int


@dataclass(frozen=True, slots=True)
class SourceIdentity:
    """Who a source is; ``citation_html`` is escaped, its only element is ``<i>``."""

    key: str
    title: str | None
    authors: str | None
    publisher: str | None
    original_publisher: str | None
    url: str | None
    issued: str | None
    language: str | None
    retrieval: Words | None
    retrieved: str | None
    citation: str
    citation_html: str


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One entry of the source list; ``derived_from`` is the number of another one.

    ``reliability`` is the Admiralty letter of the source, ``credibility`` the figure of what it
    said; ``used_by`` are the numbers of the claims whose evidence rests on it.
    """

    number: int
    kind: SourceKind
    tier: Tier
    lineage: Lineage
    confidential: bool
    derived_from: int | None
    reliability: Reliability | None
    credibility: int | None
    used_by: list[int]
    identity: SourceIdentity


@dataclass(frozen=True, slots=True)
class WidthPart:
    """One value of the policy: what it means, in which unit, and where it comes from."""

    name: str
    value: str
    meaning: Words
    unit: Words
    basis: Words


@dataclass(frozen=True, slots=True)
class MethodPart:
    """The method in words: each paragraph has a heading, and the policy is printed with it."""

    paragraphs: list["Paragraph"]
    widths: list[WidthPart]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the method; ``topic`` is its stable name."""

    topic: str
    heading: Words
    text: Words


@dataclass(frozen=True, slots=True)
class SetAsidePart:
    """A number of the text that is no claim, and why; ``start`` counts code points."""

    text: str
    start: int
    reason: DismissalReason
    note: Words | None
    by: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """Everything an appendix says but its claims, which may be thousands and are kept apart."""

    article: ArticlePart
    version: VersionPart
    schema_revision: str
    policy_version: str
    style: Style
    summary: Summary
    sign_offs: list[ArticleSignOffPart]
    set_aside: list[SetAsidePart]
    sources: list[SourcePart]
    people: list[Person]
    method: MethodPart
