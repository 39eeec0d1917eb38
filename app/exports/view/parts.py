"""What a format lays out: an appendix as ready words, in frozen parts that know no file format.

Whatever is None was not there; whatever is Hidden is withheld by the profile. A sequence may be
made while it is walked: walk it as often as needed, and never assume that it is a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.exports.view.headings import Headings
from app.exports.view.text import Text, Tongues, Words

BadgeKind = Literal["status", "contest", "stage", "disposition", "stance"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named line of a list of facts; ``kind`` says how the words are set."""

    name: Text
    words: Words
    kind: Literal["text", "hash", "code"] = "text"


@dataclass(frozen=True, slots=True)
class Badge:
    """A word from a closed list; its ``code`` (``supported``) chooses shape and colour."""

    kind: BadgeKind
    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many claims have a status; ``share`` is their part of all, in hundredths, rounded."""

    status: Badge
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The statuses of all claims, gravest last as the desk orders them, and the same in words."""

    counts: tuple[StatusCount, ...]
    total: int
    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what is printed, what a reader understands by it, and what the evidence says."""

    number: str
    status: Badge
    printed: Words | None = None
    reads: Words | None = None
    period: Words | None = None
    measure: Words | None = None
    remarks: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One evidence item; ``source`` is the number in the source list ("S3") with a short name.

    ``remarks`` says what limits it (withdrawn, does not count); ``entered`` who added it and when.
    """

    number: str
    stance: Badge
    source: str = ""
    named: Words | None = None
    locator: Words | None = None
    says: Words | None = None
    quote: Words | None = None
    note: Words | None = None
    reads: Words | None = None
    comparison: Words | None = None
    remarks: tuple[Words, ...] = ()
    retrieved: Words | None = None
    sha256: Words | None = None
    entered: Words | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ContestView:
    """One dispute with both sides; ``for_them`` and ``against_them`` are evidence numbers ("E2").

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


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim in the order of the article, with everything an outsider needs to judge it.

    ``withheld`` names the parts of it that the profile keeps back whole. ``sha`` is the hash of
    what was signed, ``root`` the commitment that the proof of the integrity part speaks of.
    """

    number: str
    anchor: str
    statement: Words
    badges: tuple[Badge, ...] = ()
    quote: Words | None = None
    figures: tuple[FigureRow, ...] = ()
    reasoning: Words | None = None
    assessed: Words | None = None
    wording: Words | None = None
    attribution: tuple[Words, ...] = ()
    origins: Words | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    contests: tuple[ContestView, ...] = ()
    sign_offs: tuple[SignOffView, ...] = ()
    submitted: Words | None = None
    withheld: tuple[Fact, ...] = ()
    sha: Words | None = None
    root: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One entry of the source list: its citation in the chosen style, its kind and nearness."""

    number: str
    anchor: str
    citation: Words
    url: str
    facts: Words
    repeats: str = ""
    retrieved: Words | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs and, where it defines words, those with their meanings."""

    title: Text
    paragraphs: tuple[Text, ...]
    terms: tuple[tuple[Badge, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the issue this one replaces; ``claims`` are the anchors of what changed."""

    sentences: tuple[Text, ...]
    changed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A public key: its line as the newsroom publishes it, and a fingerprint to read out."""

    line: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Integrity:
    """What lets anybody check the file: the signed head (also to be drawn as QR), keys, steps."""

    paragraphs: tuple[Text, ...]
    steps: tuple[Text, ...]
    command: str
    checkpoint: str
    keys: tuple[Key, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole appendix as ready words; ``document`` is the JSON it was made from."""

    tongues: Tongues
    tag: str
    head: Headings
    kicker: Text
    title: Words
    notice: Words | None
    facts: tuple[Fact, ...]
    summary: Summary
    sign_offs: tuple[SignOffView, ...]
    claims: Sequence[ClaimView]
    sources: Sequence[SourceView]
    method: tuple[Section, ...]
    changes: Changes
    integrity: Integrity | None
    document: Mapping[str, Any]
