"""A numeral as read: where it ends, its exact value, and how precisely it was written."""

from decimal import Decimal
from typing import NamedTuple


class Numeral(NamedTuple):
    """One numeral; ``arabic`` says it was written in digits, ``odd`` that 多/余/几 stood inside.

    ``multiplier`` is the power of ten of a written 万, 亿, million; ``high`` the upper end when the
    numeral itself is a range (三五百); ``about`` that its form rounds (万把, 百十).
    """

    start: int
    end: int
    value: Decimal
    arabic: bool = True
    decimals: int | None = None
    multiplier: int | None = None
    odd: bool = False
    high: Decimal | None = None
    vague: bool = False
    about: bool = False
