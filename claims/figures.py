"""What a figure is: its closed lists of words, and the shape that every reader of one relies on."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from sources.columns import Words

EDTF: TypeAlias = str
"""A period in the Extended Date/Time Format (ISO 8601-2): ``2024``, ``../2030``, ``2015~``."""


class Role(StrEnum):
    """What a figure does in its claim."""

    VALUE = "value"
    FROM = "from"
    TO = "to"
    LOW = "low"
    HIGH = "high"
    BASE = "base"
    COUNT = "count"
    RANK = "rank"
    DIFFERENCE = "difference"
    RATIO = "ratio"


class Comparator(StrEnum):
    """How the printed number stands to the value it speaks of."""

    EXACTLY = "exactly"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"
    NEARLY = "nearly"
    ABOUT = "about"
    ODD = "odd"
    RANGE = "range"
    MULTIPLE_OF = "multiple_of"


class ObservationStatus(StrEnum):
    """How firm the figure is, in SDMX's words (CL_OBS_STATUS) plus ``target``."""

    NORMAL = "normal"
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"
    FORECAST = "forecast"
    TARGET = "target"


class ChangeKind(StrEnum):
    """Whether the figure is a level or a change, and how the change is counted."""

    LEVEL = "level"
    ABSOLUTE = "absolute"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    TIMES = "times"


LAST_RANK = Decimal(10**15 - 1)
"""No ranking has more places, and the databases count no further than 2**63."""


def is_rank(number: Decimal) -> bool:
    """Tell whether a number can be somebody's place in a ranking."""
    return 1 <= number <= LAST_RANK and number == number.to_integral_value()


class Quantity(Protocol):
    """Anything that can be read as a figure: the database row as well as a typed one.

    ``low`` and ``high`` are the bounds as stated, written out in full (``20万亿`` is
    20000000000000): both hold the one stated number for exactly, about, nearly, odd and
    multiple_of; over and at_least have only ``low``, under and at_most only ``high``, a range
    has both. A missing comparator is read off the bounds. ``multiplier`` is the power of ten that
    was written (``万亿`` 12, ``bn`` 9) and ``stated_decimals`` counts the decimals printed in that
    scale: 0 for a whole number, negative for one stated to the nearest thousand, and None only
    where the number is exact (``四分之三``).
    """

    @property
    def role(self) -> Role:
        """What the figure does in its claim; a rank or a count of things is never rounded."""

    @property
    def comparator(self) -> Comparator | None:
        """How the stated number stands to the value; None where only a direction is stated."""

    @property
    def low(self) -> Decimal | None:
        """The lower stated bound in full."""

    @property
    def high(self) -> Decimal | None:
        """The upper stated bound in full."""

    @property
    def low_inclusive(self) -> bool | None:
        """Whether a range holds its lower bound (None: it does)."""

    @property
    def high_inclusive(self) -> bool | None:
        """Whether a range holds its upper bound (None: it does)."""

    @property
    def stated_decimals(self) -> int | None:
        """Decimals printed, in the scale that was written."""

    @property
    def unit(self) -> str | None:
        """A UCUM symbol, an ISO 4217 code, ``%``, ``pp`` or an English count noun."""

    @property
    def multiplier(self) -> int | None:
        """The power of ten that was written."""

    @property
    def period(self) -> EDTF | None:
        """The time the figure is about."""

    @property
    def geography(self) -> Words | None:
        """The place the figure is about."""

    @property
    def basis(self) -> Words | None:
        """The population or definition counted: "adults", "by shipments"."""

    @property
    def measure(self) -> Words | None:
        """What is measured: "market share"."""

    @property
    def subject(self) -> Words | None:
        """Whose figure it is."""

    @property
    def change_kind(self) -> ChangeKind | None:
        """Whether it is a level or a change."""

    @property
    def observation_status(self) -> ObservationStatus:
        """How firm the figure is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigure:
    """A figure that is not, or not yet, a row of the database."""

    role: Role = Role.VALUE
    comparator: Comparator | None = Comparator.EXACTLY
    low: Decimal | None = None
    high: Decimal | None = None
    low_inclusive: bool | None = True
    high_inclusive: bool | None = True
    stated_decimals: int | None = None
    unit: str | None = None
    multiplier: int | None = None
    period: EDTF | None = None
    geography: Words | None = None
    basis: Words | None = None
    measure: Words | None = None
    subject: Words | None = None
    change_kind: ChangeKind | None = None
    observation_status: ObservationStatus = ObservationStatus.NORMAL
