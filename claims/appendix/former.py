"""What a verification appendix says, as plain dataclasses that know no file format."""

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from claims.material import canonical_json
from sources.columns import Words

FORMAT = "claim-desk/appendix/2"
"""Raised whenever a field is added, renamed or dropped; docs/appendix.md lists them."""


@dataclass(frozen=True, slots=True)
class AppendixFigure:
    """One figure: what is printed, what it reads as, and what the evidence says of it.

    ``interval`` is the span a reader would understand, in words; ``low`` and ``high`` are the
    stated bounds as plain decimals in ``unit``.
    """

    number: int
    role: str
    stated_text: str
    comparator: str | None
    low: str | None
    high: str | None
    unit: str | None
    reads: Words
    interval: Words
    period: str | None
    period_words: Words
    measure: Words | None
    geography: Words | None
    basis: Words | None
    observation_status: str
    material: bool
    status: str


@dataclass(frozen=True, slots=True)
class AppendixEvidence:
    """One evidence item; ``source`` is its number in the source list, ``sha256`` its snapshot."""

    number: int
    kind: str
    stance: str
    source: int | None
    source_key: str | None
    says: Words | None
    quote: str | None
    locator: str | None
    note: Words | None
    reads: Words | None
    interval: Words | None
    comparison: Words | None
    counts: bool
    withdrawn: str | None
    sha256: str | None
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class AppendixContest:
    """One dispute with both sides: the evidence for it, against it, and how it ended."""

    number: int
    reason: str
    side: str
    party: Words | None
    statement: Words
    blocking: bool
    evidence_for: list[int]
    evidence_against: list[int]
    raised_by: str
    raised_at: str
    outcome: str | None
    settlement: Words | None
    settled_by: str | None
    settled_at: str | None


@dataclass(frozen=True, slots=True)
class AppendixSignOff:
    """One signature or return; ``void`` says that it no longer stands under the content."""

    decision: str
    level: int
    by: str
    at: str
    content_sha256: str
    reason: str | None
    void: bool


@dataclass(frozen=True, slots=True)
class AppendixArticleSignOff:
    """A sign-off of the article, or its publication in an emergency with what was missing."""

    decision: str
    version: int
    by: str
    at: str
    state_sha256: str
    reason: str | None
    missing: list[Words]
    void: bool


@dataclass(frozen=True, slots=True)
class AppendixClaim:
    """One claim in article order, with everything an outsider needs to judge it."""

    number: int
    key: str
    id: str
    statement: Words
    quote: str | None
    start: int | None
    end: int | None
    attribution: list[Words]
    status: str
    stage: str
    disposition: str | None
    proposed_wording: str | None
    reasoning: Words | None
    assessed_by: str | None
    content_sha256: str
    origins: Words
    figures: list[AppendixFigure]
    evidence: list[AppendixEvidence]
    contests: list[AppendixContest]
    sign_offs: list[AppendixSignOff]
    submitted_by: str | None
    levels: int

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return plain_values(asdict(self))

    @property
    def open_contests(self) -> int:
        """How many disputes are not settled."""
        return sum(row.outcome is None for row in self.contests)


@dataclass(frozen=True, slots=True)
class AppendixSource:
    """One entry of the source list; ``derived_from`` is another entry's number."""

    number: int
    key: str
    title: str | None
    publisher: str | None
    url: str | None
    issued: str | None
    language: str | None
    kind: str
    tier: str
    lineage: str
    derived_from: int | None
    retrieval: Words | None


@dataclass(frozen=True, slots=True)
class AppendixContent:
    """The whole appendix of one version of one article.

    ``ledger_position`` is how many entries the ledger had sealed and ``schema_revision`` the shape
    of the database: together they say of which state this was made.
    """

    format: str
    article: str
    title: Words
    language: str
    version: int
    version_sha256: str
    sample: bool
    notice: Words | None
    ledger_position: int
    schema_revision: str
    policy_version: str
    numbers_accounted: int
    numbers_total: int
    statuses: dict[str, int]
    claims: list[AppendixClaim]
    sources: list[AppendixSource]
    sign_offs: list[AppendixArticleSignOff]

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return plain_values(asdict(self))

    @property
    def sha256(self) -> str:
        """The SHA-256, in hex, of the content's canonical JSON: the same in every format."""
        return hashlib.sha256(canonical_json(self.as_dict()).encode()).hexdigest()


def plain_values(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with every enumeration's member replaced by its word."""
    return {key: _plain(value) for key, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return plain_values(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
