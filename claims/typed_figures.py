"""What a person types into a figure field, read strictly: a figure, or the reason it is none."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple, TypeVar

from claims.figures import LAST_RANK, ChangeKind, Comparator, Role, StatedFigure, is_rank
from claims.quantities import Quantity as ReadQuantity
from claims.quantities import read
from claims.typed_refusals import MOST_DECIMALS, MOST_DIGITS, FigureError, FigureProblem, vetted
from claims.typed_words import typed_words
from claims.units import EXACT, POINTS, kind_of, known_unit, spellings, unit

Meaning = TypeVar("Meaning")

NUMBER: Final = r"[+\-−]?[0-9.,]*[0-9][0-9.,]*"
ONE: Final = re.compile(rf"(?P<first>{NUMBER})(?P<tail>.*)")
TWO: Final = re.compile(
    rf"(?P<first>{NUMBER})(?P<middle>[^0-9]*?)"
    r"(?:\s*[-–—~〜−至到]\s*|\s+(?:to|and)\s+)"
    rf"(?P<second>(?:[^\W\d]{{0,3}}[$€£₩])?{NUMBER})(?P<tail>.*)",
    re.IGNORECASE,
)
RANK: Final = re.compile(r"(?:第|no\.? ?|#)(?P<place>[0-9]+) ?[位名]?", re.IGNORECASE)
DIGITS: Final = re.compile(
    r"[+-]?(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<rest>[0-9]+))?"
)
NOUN: Final = re.compile(r"[^\W\d_]+(?:[ \-'][^\W\d_]+){0,4}")
LONGEST_NOUN: Final = 40
CHINESE: Final = re.compile("[\u3400-\u9fff]")
LATIN: Final = re.compile("[A-Za-z]{2}")
TENTHS: Final = "tenths"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFigure(StatedFigure):
    """A typed figure with the text it was read from, as typed."""

    text: str


class _Written(NamedTuple):
    """One number with what follows it; ``value`` has no power of ten applied yet."""

    value: Decimal
    decimals: int
    comparator: Comparator | None
    power: int | None
    unit: str | None

    @property
    def in_full(self) -> Decimal:
        """The number written out."""
        return Decimal(f"{self.value.scaleb(self.power or 0, EXACT):f}")


class _Lead(NamedTuple):
    """What stands before a number, and the rest of the text."""

    comparator: Comparator | None
    currency: str | None
    rest: str


def read_decimal(value: object, field: str = "value") -> Decimal:
    """Read a plain number field: digits, commas by threes, one point, a sign; no unit.

    Raises FigureError. ``-0`` is 0.
    """
    text = vetted(value, field)
    if re.fullmatch(NUMBER, text) is None:
        raise FigureError(FigureProblem.UNREADABLE, field)
    return _number(text, field)[0]


def read_typed(value: object, field: str = "figure") -> TypedFigure:
    """Read a typed figure: ``41.5 %``, ``>75%``, ``5–10 家``, ``约20万亿韩元``, ``四分之三``.

    Numbers in digits are read by the strict grammar here, numbers in words by the quantity
    reader, which must take the whole text as one figure. Raises FigureError with ``field``.
    """
    text = vetted(value, field)
    if "¥" in text:
        raise FigureError(FigureProblem.AMBIGUOUS_CURRENCY, field)
    typed = str(value)
    rank = RANK.fullmatch(text)
    if rank:
        return _rank(rank["place"], typed, field)
    return _in_digits(text, typed, field) or _in_words(text, typed, field)


def read_unit(value: object, field: str = "unit") -> str:
    """Read a unit field: a unit of the table by any of its spellings, or a noun that is counted.

    The table's own symbols are taken as they stand, for UCUM writes ``[bbl_us]`` and ``10*6`` and
    no number may look like these. Raises FigureError.
    """
    if isinstance(value, str) and (known := spellings().get(value.strip())) is not None:
        return known.symbol
    name = _unit_name(vetted(value, field), field, glued=False)
    if name is None:
        raise FigureError(FigureProblem.EMPTY, field)
    return name


def _rank(place: str, typed: str, field: str) -> TypedFigure:
    """Read a place in a ranking."""
    number = _number(place, field)[0]
    if not is_rank(number):
        too_far = number > LAST_RANK
        problem = FigureProblem.TOO_MANY_DIGITS if too_far else FigureProblem.UNREADABLE
        raise FigureError(problem, field)
    return TypedFigure(text=typed, role=Role.RANK, low=number, high=number, stated_decimals=0)


def _in_digits(text: str, typed: str, field: str) -> TypedFigure | None:
    """Read a figure whose numbers are written in digits; None if none is where it should be."""
    lead = _lead(text)
    two = TWO.fullmatch(lead.rest)
    if two:
        return _range(two, lead, typed, field)
    one = ONE.fullmatch(lead.rest)
    if one is None:
        return None
    written = _written(one["first"], one["tail"], lead.currency, field)
    comparator = _one_comparator(lead.comparator, written.comparator, field)
    return _figure(comparator, written, written, typed, field)


def _range(two: re.Match[str], lead: _Lead, typed: str, field: str) -> TypedFigure:
    """Read "5–10 stores" or "20% to 30%"; the unit and power of the second number are shared."""
    second = _lead(two["second"])
    high = _written(second.rest, two["tail"], second.currency or lead.currency, field)
    low = _written(two["first"], two["middle"], lead.currency, field)
    if lead.comparator or low.comparator or high.comparator:
        raise FigureError(FigureProblem.TWO_COMPARATORS, field)
    if low.unit not in {None, high.unit}:
        raise FigureError(FigureProblem.TWO_UNITS, field)
    if low.power is None:
        low = low._replace(power=high.power)
    if low.in_full > high.in_full:
        raise FigureError(FigureProblem.RANGE_ORDER, field)
    return _figure(Comparator.RANGE, low, high, typed, field)


def _figure(
    comparator: Comparator, low: _Written, high: _Written, typed: str, field: str
) -> TypedFigure:
    """Put a figure together, keeping only the bounds that its comparator states."""
    bounds = low.in_full, high.in_full
    if any(bound.adjusted() >= MOST_DIGITS for bound in bounds):
        raise FigureError(FigureProblem.TOO_MANY_DIGITS, field)
    upper_only = comparator in {Comparator.UNDER, Comparator.AT_MOST}
    lower_only = comparator in {Comparator.OVER, Comparator.AT_LEAST}
    points = kind_of(high.unit) == POINTS
    return TypedFigure(
        text=typed,
        comparator=comparator,
        low=None if upper_only else bounds[0],
        high=None if lower_only else bounds[1],
        low_inclusive=comparator is not Comparator.OVER,
        high_inclusive=comparator is not Comparator.UNDER,
        stated_decimals=max(low.decimals, high.decimals),
        unit=high.unit,
        multiplier=high.power,
        change_kind=ChangeKind.PERCENTAGE_POINTS if points else None,
    )


def _lead(text: str) -> _Lead:
    """Take the comparator and the currency that stand before a number."""
    rest = re.sub(r"(?i)^(?:between|from|介于|从)\s*(?=[^a-z])", "", text)
    comparator, rest = _leading(rest, typed_words().before)
    currency, rest = _leading(rest, typed_words().signs)
    code = re.match(r"([A-Z]{3}) ?(?=[0-9])", rest)
    if currency is None and code and code[1] in spellings():
        return _Lead(comparator, code[1], rest[code.end() :])
    return _Lead(comparator, currency, rest)


def _leading(text: str, words: tuple[tuple[str, Meaning], ...]) -> tuple[Meaning | None, str]:
    """Take the longest known word at the beginning of a text."""
    folded = text.casefold()
    for word, meaning in words:
        if not folded.startswith(word.casefold()):
            continue
        rest = text[len(word) :]
        if not LATIN.fullmatch(word[-1] + rest[:1]):
            return meaning, rest.lstrip()
    return None, text


def _trailing(text: str) -> tuple[Comparator | None, str]:
    """Take the comparator that stands at the end of a text."""
    folded = text.casefold()
    for word, meaning in typed_words().after:
        if folded.endswith(word):
            return meaning, text[: len(text) - len(word)].rstrip()
    return None, text


def _written(number: str, tail: str, currency: str | None, field: str) -> _Written:
    """Read one number and what follows it."""
    value, decimals = _number(number, field)
    after, rest = _trailing(tail.rstrip())
    known = spellings().get(rest.strip())
    if known is not None and not _is_power(rest.strip(), currency):
        _refuse_other(currency, known.symbol, field)
        return _Written(value, decimals, after, None, known.symbol)
    inside, rest = _leading(rest.lstrip() if rest[:1] == " " else rest, typed_words().inside)
    power, left = _power(rest, currency)
    if inside is None:
        inside, left = _leading(left, typed_words().inside)
    glued = power is None and tail[:1] not in {"", " "}
    name = _unit_name(left, field, glued=glued)
    _refuse_other(currency, name, field)
    comparator = None
    if after or inside:
        comparator = _one_comparator(after, inside, field)
    return _Written(value, decimals, comparator, power, name or currency)


def _power(text: str, currency: str | None) -> tuple[int | None, str]:
    """Take a written power of ten."""
    if currency:
        for letter, power in typed_words().money_powers.items():
            if text.casefold() == letter:
                return power, ""
    return _leading(text, typed_words().powers)


def _is_power(word: str, currency: str | None) -> bool:
    """Tell whether a word is a power of ten although a unit is spelled alike: $5m, 5k."""
    if currency and word.casefold() in typed_words().money_powers:
        return True
    return any(word == power for power, _ in typed_words().powers)


def _unit_name(text: str, field: str, *, glued: bool) -> str | None:
    """Read what is left as a unit of the table, or as the noun that is counted."""
    name = text.strip()
    if not name:
        return None
    known = known_unit(name)
    if known is not None:
        return known.symbol
    if re.search(rf"{NUMBER}", name):
        raise FigureError(FigureProblem.SEVERAL_FIGURES, field)
    # One Latin letter, or letters glued to the number, are more likely a slip than a noun.
    slip = name[0].isascii() and (glued or len(name) == 1)
    if slip or len(name) > LONGEST_NOUN or NOUN.fullmatch(name) is None:
        raise FigureError(FigureProblem.UNREADABLE, field)
    return name


def _refuse_other(currency: str | None, name: str | None, field: str) -> None:
    """Refuse a currency sign before a number with another unit behind it."""
    if currency and name and currency != name:
        raise FigureError(FigureProblem.TWO_UNITS, field)


def _one_comparator(before: Comparator | None, after: Comparator | None, field: str) -> Comparator:
    """Join two comparators that agree."""
    if before and after and before is not after:
        raise FigureError(FigureProblem.TWO_COMPARATORS, field)
    return before or after or Comparator.EXACTLY


def _number(written: str, field: str) -> tuple[Decimal, int]:
    """Read digits; raise FigureError for commas, noughts and points out of place."""
    text = written.replace("−", "-")
    found = DIGITS.fullmatch(text)
    if found is None:
        point = re.search(r"(?<![0-9])\.|\.(?![0-9])", text)
        problem = FigureProblem.BARE_POINT if point else FigureProblem.GROUPING
        raise FigureError(problem, field)
    whole, rest = found["whole"].replace(",", ""), found["rest"] or ""
    if len(whole) > 1 and whole.startswith("0"):
        raise FigureError(FigureProblem.LEADING_ZERO, field)
    number = Decimal(f"{whole}.{rest}" if rest else whole)
    negative = text.startswith("-") and number != 0
    return (number.copy_negate() if negative else number), len(rest)


def _in_words(text: str, typed: str, field: str) -> TypedFigure:
    """Read a figure written in words through the quantity reader, all of it or nothing."""
    found = read(text, "zh" if CHINESE.search(text) else "en")
    if len(found) > 1:
        raise FigureError(FigureProblem.SEVERAL_FIGURES, field)
    if not found or (found[0].start, found[0].end) != (0, len(text)):
        raise FigureError(FigureProblem.UNREADABLE, field)
    figure = found[0]
    value = figure.value
    comparators = {None, *(comparator.value for comparator in Comparator)}
    dated = figure.kind.startswith(("date", "time"))
    if value is None or dated or figure.comparator not in comparators:
        raise FigureError(FigureProblem.UNREADABLE, field)
    if figure.kind == "ordinal":
        return _rank(str(value), typed, field)
    if figure.kind == "fraction":
        return _share(value, figure.comparator, typed, field)
    return _worded(figure, value, typed, field)


def _worded(figure: ReadQuantity, value: Decimal, typed: str, field: str) -> TypedFigure:
    """Turn what the quantity reader found into a typed figure."""
    power, high = figure.multiplier, figure.value_high
    # 四成 counts in tenths: half a unit of it is five percentage points.
    in_tenths = figure.rule == TENTHS and value % 10 == 0
    decimals = -1 if in_tenths else figure.stated_decimals or 0
    name = unit(figure.unit)
    low = _Written(_down(value, power), decimals, None, power, name.symbol if name else None)
    top = low if high is None else low._replace(value=_down(high, power))
    default = Comparator.EXACTLY if high is None else Comparator.RANGE
    return _figure(Comparator(figure.comparator or default), low, top, typed, field)


def _down(value: Decimal, power: int | None) -> Decimal:
    """Return a number in the scale that was written."""
    return value.scaleb(-(power or 0), EXACT)


def _share(value: Decimal, comparator: str | None, typed: str, field: str) -> TypedFigure:
    """Read 四分之三 as exactly 75 %; a third, which has no exact decimal, to twenty decimals."""
    share = EXACT.multiply(value, Decimal(100))
    inexact = len(share.normalize(EXACT).as_tuple().digits) > MOST_DECIMALS
    if inexact:
        share = EXACT.quantize(share, Decimal(1).scaleb(-MOST_DECIMALS))
    written = _Written(Decimal(f"{share.normalize(EXACT):f}"), 0, None, None, "%")
    figure = _figure(Comparator(comparator or "exactly"), written, written, typed, field)
    return replace(figure, stated_decimals=MOST_DECIMALS if inexact else None)
