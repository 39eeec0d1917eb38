"""What a format lays out of one claim: figures, evidence, contests, answers and signatures."""

from dataclasses import dataclass
from typing import Literal

from app.exports.view.text import Text, Words

BadgeKind = Literal["status", "contest", "stage", "disposition", "stance", "flag"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A word from a closed list; its ``code`` (``supported``) chooses shape and colour."""

    kind: BadgeKind
    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what is printed, what a reader understands by it, and what the evidence says.

    ``measure`` is what it measures; ``remarks`` narrow it down (place, basis, forecast). ``low``
    and ``high`` are the stated bounds as plain decimals in ``unit``.
    """

    number: str
    status: Badge
    printed: Words | None = None
    reads: Words | None = None
    low: Words | None = None
    high: Words | None = None
    unit: Words | None = None
    period: Words | None = None
    measure: Words | None = None
    remarks: tuple[Words, ...] = ()
    reasoning: Words | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One evidence item; ``source`` is its number in the source list ("S3") with a short name.

    ``speaks_to`` are the claim's figures it is about ("F1"), none: the whole claim. ``remarks``
    say what limits it, ``snapshot`` which copy it rests on, ``entered`` who added it and when.
    """

    number: str
    stance: Badge
    source: str = ""
    named: Words | None = None
    locator: Words | None = None
    speaks_to: tuple[str, ...] = ()
    says: Words | None = None
    quote: Words | None = None
    formula: Words | None = None
    note: Words | None = None
    reads: Words | None = None
    comparison: Words | None = None
    remarks: tuple[Words, ...] = ()
    snapshot: Words | None = None
    sha256: Words | None = None
    entered: Words | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ContestView:
    """One dispute with both sides; ``for_it`` and ``against_it`` are evidence numbers ("E2").

    ``title`` holds number, reason and where it stands; ``claimed`` who said it and in which role.
    """

    title: Text
    claimed: Words
    is_open: bool = False
    blocking: bool = False
    statement: Words | None = None
    for_it: tuple[str, ...] = ()
    against_it: tuple[str, ...] = ()
    raised: Words | None = None
    settled: Words | None = None
    settlement: Words | None = None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """Somebody outside who was asked: who, when and until when, the question, and the answer."""

    asked: Words
    question: Words | None = None
    answer: Words | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class SignOffView:
    """A signature or return, of a claim or of the article; ``void`` one no longer stands."""

    decision: Words
    by: Words
    at: Words | None = None
    void: Text | None = None
    reason: Words | None = None
    sha256: Words | None = None
    missing: tuple[Words, ...] = ()
    emergency: bool = False
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a claim that the profile keeps back whole: what it is called, and its mark."""

    name: Text
    mark: Words


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim in the order of the article, with everything an outsider needs to judge it.

    ``quote`` is the sentence in the article, ``place`` what happened to it there if anything did;
    ``earlier`` are the conclusions that others replaced, a line each;
    ``dated`` is the day of the signature that stands, else of the assessment; ``sha`` is the hash
    of what was signed, ``root`` the commitment its proof speaks of.
    """

    number: str
    anchor: str
    statement: Words
    badges: tuple[Badge, ...] = ()
    quote: Words | None = None
    place: Words | None = None
    figures: tuple[FigureRow, ...] = ()
    reasoning: Words | None = None
    assessed: Words | None = None
    earlier: tuple[Words, ...] = ()
    wording: Words | None = None
    attribution: tuple[Words, ...] = ()
    origins: Words | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    contests: tuple[ContestView, ...] = ()
    replies: tuple[ReplyView, ...] = ()
    findings: tuple[Words, ...] = ()
    sign_offs: tuple[SignOffView, ...] = ()
    submitted: Words | None = None
    dated: Words | None = None
    gaps: tuple[Gap, ...] = ()
    sha: Words | None = None
    root: str = ""
