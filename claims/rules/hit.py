"""What a rule says: a code, how much it weighs, the sentence an editor reads, and about what."""

from dataclasses import dataclass

from claims.vocabulary import Severity
from sources.columns import Words


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a rule found; ``figure`` is the number of a figure, None is the claim."""

    code: str
    severity: Severity
    message: Words
    figure: int | None = None
