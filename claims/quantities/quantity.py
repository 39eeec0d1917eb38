"""What the reader says about one quantity of a text: where it stands and what it means."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

Kind = str
Comparator = str


class Quantity(NamedTuple):
    """One quantity; offsets are code points of the text as given, ends exclusive.

    Three spans lie inside one another: the numeral (``num_start``, ``num_end``) inside the numeral
    with its unit (``core_start``, ``core_end``) inside the whole with its comparator (``start``,
    ``end``). ``value`` is exact; percentages are as printed (18.3 with unit ``%``). ``multiplier``
    is the power of ten that was written (万 4, 亿 8, bn 9), ``stated_decimals`` the digits after
    the point. ``period`` is EDTF (ISO 8601-2). ``reason`` says why ``value`` is missing.
    """

    start: int
    end: int
    text: str
    num_start: int
    num_end: int
    kind: Kind
    value: Decimal | None
    value_high: Decimal | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    change: str | None = None
    multiplier: int | None = None
    stated_decimals: int | None = None
    period: str | None = None
    rule: str = ""
    reason: str | None = None
    core_start: int = 0
    core_end: int = 0
    unit_name: str | None = None
    qualifier: str | None = None


@dataclass(slots=True)
class Draft:
    """A quantity while its neighbourhood is still being read."""

    core_start: int
    core_end: int
    num_start: int
    num_end: int
    kind: Kind
    value: Decimal | None
    rule: str
    unit: str | None = None
    unit_name: str | None = None
    value_high: Decimal | None = None
    comparator: Comparator | None = None
    qualifier: str | None = None
    change: str | None = None
    multiplier: int | None = None
    decimals: int | None = None
    period: str | None = None
    reason: str | None = None
    start: int = -1
    end: int = -1

    def freeze(self, text: str, shift: int = 0) -> Quantity:
        """The finished quantity of `text`, which itself starts `shift` letters into the whole."""
        start = self.core_start if self.start < 0 else self.start
        end = self.core_end if self.end < 0 else self.end
        value, high = self.value, self.value_high
        if self.multiplier is not None:
            value, high = _whole(value), _whole(high)
        return Quantity._make(
            (
                start + shift,
                end + shift,
                text[start:end],
                self.num_start + shift,
                self.num_end + shift,
                self.kind,
                value,
                high,
                self.unit,
                self.comparator,
                self.change,
                self.multiplier,
                self.decimals,
                self.period,
                self.rule,
                self.reason,
                self.core_start + shift,
                self.core_end + shift,
                self.unit_name,
                self.qualifier,
            )
        )


def _whole(value: Decimal | None) -> Decimal | None:
    """A value without a power of ten in its own exponent: 80000000, not 8.0E+7."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value
