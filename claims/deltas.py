"""How far a source's printed number lies from the claimed one: as a difference and as a share."""

from dataclasses import dataclass
from decimal import Decimal

from claims.comparison import Comparison, Outcome
from claims.figures import Quantity
from claims.intervals import stated_number
from claims.numbers_in_words import number_words
from claims.units import EXACT, from_base, to_base, unit
from claims.wording import difference_words
from sources.columns import Words

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Delta:
    """The source's number less the claimed one, in the claimed unit; ``share`` is in per cent.

    A share of nothing is None.
    """

    absolute: Decimal
    share: Decimal | None
    unit: str | None

    @property
    def absolute_words(self) -> Words:
        """The difference with its sign; between percentages it is in percentage points."""
        return _signed(self.absolute, difference_words(self.absolute, self.unit))

    @property
    def share_words(self) -> Words:
        """The share with its sign, to a tenth."""
        if self.share is None:
            return {"zh": "—", "en": "—"}
        printed = number_words(self.share)
        return _signed(self.share, {language: f"{text} %" for language, text in printed.items()})


def delta(claimed: Quantity, evidence: Quantity, comparison: Comparison) -> Delta | None:
    """Compare two printed numbers; None where they cannot be compared, or one is a range."""
    ours, theirs = stated_number(claimed), stated_number(evidence)
    if comparison.outcome is Outcome.NOT_COMPARABLE or ours is None or theirs is None:
        return None
    our_unit, their_unit = unit(claimed.unit), unit(evidence.unit)
    if our_unit is not None and their_unit is not None:
        theirs = from_base(to_base(theirs, their_unit), our_unit)
    change = EXACT.subtract(theirs, ours)
    share = None
    if ours:
        whole = EXACT.divide(EXACT.multiply(change, Decimal(100)), ours.copy_abs())
        share = EXACT.quantize(whole, TENTH)
    return Delta(change, share, claimed.unit)


def _signed(number: Decimal, printed: Words) -> Words:
    """Put a plus before what is more; less has its minus already, and nothing has no sign."""
    return {language: f"+{text}" if number > 0 else text for language, text in printed.items()}
