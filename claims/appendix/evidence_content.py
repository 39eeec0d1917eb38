"""What an appendix says of one evidence item: apart what may give somebody away."""

from dataclasses import dataclass

from claims.figures import ObservationStatus
from claims.vocabulary import Channel, EvidenceKind, LocatorKind, Stance, Terms, Watched
from sources.columns import Words
from sources.vocabulary import Capture


@dataclass(frozen=True, slots=True)
class PassagePart:
    """The words of a source, and where in it they stand; ``formula`` is that of a calculation."""

    quote: str | None
    says: Words | None
    locator_kind: LocatorKind | None
    locator: str | None
    formula: str | None
    stated_text: str | None
    measure: Words | None
    geography: Words | None
    basis: Words | None


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """The figure an item gives, as it reads; the words around it stand in the passage."""

    reads: Words
    interval: Words
    low: str | None
    high: str | None
    unit: str | None
    period: str | None
    period_words: Words
    observation_status: ObservationStatus


@dataclass(frozen=True, slots=True)
class SnapshotPart:
    """The copy an item rests on; ``sha256`` is that of its very bytes."""

    sha256: str
    retrieved_at: str | None
    capture: Capture
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class SpeakerPart:
    """Who told the desk something, and in which office."""

    name: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class SaidPart:
    """Who said something to the desk, when and how; ``reached`` is how the person was."""

    via: Channel | None
    on: str | None
    speaker: SpeakerPart
    reached: str | None


@dataclass(frozen=True, slots=True)
class WithdrawalPart:
    """Who took an item back, and why."""

    by: int
    reason: str


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One evidence item; ``figures`` are the claim's figures it speaks to, none: to the whole.

    ``terms`` are those of the talk it rests on, ``observed`` what the last look at the page found.
    """

    number: int
    kind: EvidenceKind
    stance: Stance
    counts: bool
    source: int | None
    confidential: bool
    terms: Terms | None
    figures: list[int]
    passage: PassagePart
    note: Words | None
    said: SaidPart | None
    given: GivenFigure | None
    comparison: Words | None
    snapshot: SnapshotPart | None
    observed: Watched | None
    withdrawn: WithdrawalPart | None
    by: int
    at: str
