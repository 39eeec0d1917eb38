"""Figures, intervals and periods in the words of both languages."""

from decimal import Decimal
from typing import Final

from claims.figures import Comparator, Quantity, Role
from claims.intervals import Interval, about_reach, comparator_of, half_unit, stated_number
from claims.numbers_in_words import number_words, shortened
from claims.period_wording import period_words
from claims.policy import Policy, current_policy
from claims.units import EXACT, kind_of, unit
from sources.columns import Words

__all__ = [
    "amount_words",
    "difference_words",
    "figure_words",
    "interval_words",
    "period_words",
    "stated_words",
]

BEFORE: Final[dict[Comparator, Words]] = {
    Comparator.EXACTLY: {"zh": "", "en": ""},
    Comparator.OVER: {"zh": "> ", "en": "> "},
    Comparator.AT_LEAST: {"zh": "≥ ", "en": "≥ "},
    Comparator.UNDER: {"zh": "< ", "en": "< "},
    Comparator.AT_MOST: {"zh": "≤ ", "en": "≤ "},
    Comparator.NEARLY: {"zh": "近 ", "en": "nearly "},
    Comparator.ABOUT: {"zh": "约 ", "en": "about "},
    Comparator.ODD: {"zh": "略多于 ", "en": "a little over "},
    Comparator.MULTIPLE_OF: {"zh": "数倍于 ", "en": "several times "},
}
NO_NUMBER: Final[Words] = {"zh": "未给出数值", "en": "no number given"}


def figure_words(figure: Quantity, policy: Policy | None = None) -> Words:
    """Print a figure as stated; "about" names the width that the policy gives it."""
    stated = stated_words(figure)
    if comparator_of(figure) is not Comparator.ABOUT or stated_number(figure) is None:
        return stated
    reach = _reach_words(figure, policy or current_policy())
    return {"zh": f"{stated['zh']}（{reach['zh']}）", "en": f"{stated['en']} ({reach['en']})"}


def stated_words(figure: Quantity) -> Words:
    """Print a figure as stated, without the width of "about"."""
    comparator = comparator_of(figure)
    if comparator is Comparator.RANGE:
        return _range_words(figure)
    number = stated_number(figure)
    if comparator is None or number is None:
        return dict(NO_NUMBER)
    printed = _rank_words(number) if figure.role is Role.RANK else _stated(figure, number)
    return {lang: BEFORE[comparator][lang] + printed[lang] for lang in printed}


def _stated(figure: Quantity, number: Decimal) -> Words:
    """Print the stated number in its unit, with the decimals it was printed with."""
    # A third is kept to twenty decimals, which nobody reads.
    short = shortened(number)
    return amount_words(short, figure.unit, _last_place(figure) if short == number else None)


def _last_place(figure: Quantity) -> int | None:
    """Return the power of ten of the last stated digit."""
    if figure.stated_decimals is None:
        return None
    return (figure.multiplier or 0) - figure.stated_decimals


def _rank_words(number: Decimal) -> Words:
    """Print a place in a ranking."""
    printed = number_words(number)
    return {"zh": f"第 {printed['zh']} 位", "en": f"no. {printed['en']}"}


def _range_words(figure: Quantity) -> Words:
    """Print both ends of a stated range."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        return dict(NO_NUMBER)
    place = _last_place(figure)
    return _span(number_words(low, place), number_words(high, place), figure.unit)


def _span(low: Words, high: Words, written: str | None) -> Words:
    """Print two ends in one unit; the sign of a share stands at both, other units once."""
    if kind_of(written) == "percent":
        low = _in_unit(low, written)
    high = _in_unit(high, written)
    return {lang: f"{low[lang]} – {high[lang]}" for lang in ("zh", "en")}


def _in_unit(number: Words, written: str | None, *, one: bool = False) -> Words:
    """Put the unit, if any, after a printed number."""
    found = unit(written)
    return found.after(number, one=one) if found else number


def amount_words(number: Decimal, written: str | None, last_place: int | None = None) -> Words:
    """Print a number with its unit; ``last_place`` as in :func:`number_words`."""
    return _in_unit(number_words(number, last_place), written, one=number.copy_abs() == 1)


def _reach_words(figure: Quantity, policy: Policy) -> Words:
    """Print how far "about" reaches: the policy's share, or half a unit where that is more."""
    reach = about_reach(figure, policy)
    if reach == half_unit(figure, policy):
        width = {lang: f"±{text}" for lang, text in difference_words(reach, figure.unit).items()}
    else:
        share = EXACT.multiply(policy.about_width(kind_of(figure.unit)), Decimal(100))
        width = amount_words(share, "%")
        width = {"zh": f"±其值的 {width['zh']}", "en": f"±{width['en']} of its value"}
    return {
        "zh": f"政策 {policy.version}：{width['zh']}",
        "en": f"policy {policy.version}: {width['en']}",
    }


def difference_words(number: Decimal, written: str | None) -> Words:
    """Print a difference: between two percentages it is a number of percentage points."""
    found = unit(written)
    if found and found.symbol == "%":
        return amount_words(number, "pp")
    return amount_words(number, written)


def interval_words(interval: Interval, written: str | None = None) -> Words:
    """Print an interval: ``18.25 % – 18.35 %``, ``> 75 %``, ends left out named as such."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return {"zh": "任何数值", "en": "any number"}
    if high is None and low is not None:
        return _one_sided(low, written, "≥ " if interval.low_inclusive else "> ")
    if low is None and high is not None:
        return _one_sided(high, written, "≤ " if interval.high_inclusive else "< ")
    return _two_sided(interval, written)


def _one_sided(bound: Decimal, written: str | None, sign: str) -> Words:
    """Print an interval with one bound."""
    return {lang: sign + text for lang, text in amount_words(bound, written).items()}


def _two_sided(interval: Interval, written: str | None) -> Words:
    """Print an interval with two bounds, saying which of them does not belong to it."""
    low, high = interval.low or Decimal(0), interval.high or Decimal(0)
    if low == high:
        return amount_words(low, written)
    span = _span(number_words(low), number_words(high), written)
    if interval.low_inclusive and interval.high_inclusive:
        return span
    left_out = _left_out(interval)
    return {"zh": f"{span['zh']}（{left_out['zh']}）", "en": f"{span['en']} ({left_out['en']})"}


def _left_out(interval: Interval) -> Words:
    """Name the ends that do not belong to the interval."""
    if not interval.low_inclusive and not interval.high_inclusive:
        return {"zh": "不含两端", "en": "ends excluded"}
    if interval.low_inclusive:
        return {"zh": "不含上限", "en": "upper end excluded"}
    return {"zh": "不含下限", "en": "lower end excluded"}
