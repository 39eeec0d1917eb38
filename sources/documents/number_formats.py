"""Writing a spreadsheet's number the way its format shows it: 0.183 under ``0.0%`` is 18.3%.

Source: ECMA-376 part 1, 18.8.31 (number formats). What a format leaves to taste (colours, fill
characters, widths) is left out; a format that is not understood shows the number itself.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

GENERAL = "General"
DIGITS = 15
"""Significant digits a spreadsheet keeps; a binary fraction has more, which nobody wrote."""
LONGEST = 40
TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|E[+-]0+|AM/PM|[0#?.,%/@]|[^0#?.,%/@]', re.IGNORECASE
)
CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
CONDITION = re.compile(r"\[(?:[<>=])")
PLACEHOLDERS = frozenset("0#?.,")


@dataclass(slots=True)
class _Section:
    """One of the up to four parts of a format: its words around the digits, and the digits."""

    before: str = ""
    digits: str = ""
    after: str = ""
    percent: int = 0
    exponent: str = ""
    general: bool = False
    plain: bool = True


def shown(value: float | Decimal, code: str) -> str:
    """Return a number as its format shows it."""
    number = exact(value)
    if number is None:
        return str(value)
    sections = _split(code)
    chosen, unsigned = _chosen(sections, number)
    section = _parsed(chosen)
    if not section.plain or CONDITION.search(code):
        return general(number)
    sign = "-" if number < 0 and not unsigned else ""
    digits = _digits(abs(number), section)
    if sign and not any(char in "123456789" for char in digits):
        sign = ""
    return f"{sign}{section.before}{digits}{section.after}".strip()


def exact(value: float | Decimal) -> Decimal | None:
    """Return a stored number without the noise of its binary fraction; None for no number."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return None
    return Context(prec=DIGITS).plus(number) if isinstance(value, float) else number


def general(number: Decimal) -> str:
    """Return a number without a format of its own."""
    if number and not -LONGEST < number.adjusted() < LONGEST:
        return str(number.normalize())
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str) -> str:
    """Return a date or time in ISO 8601, no more precise than its format shows it."""
    letters = "".join(TOKEN.sub(_letters, code)).lower()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    day = value.isoformat()[:10]
    if "y" in letters and "d" not in letters and "h" not in letters:
        day = day[:7] if "m" in letters else day[:4]
    clock = isinstance(value, dt.datetime) and "h" in letters
    return f"{day} {value.isoformat()[11:19]}" if clock else day


def _letters(token: re.Match[str]) -> str:
    quoted = token[0][0] in '"\\_*' or (token[0][0] == "[" and "h" not in token[0].lower())
    return "" if quoted else token[0]


def _split(code: str) -> list[str]:
    """Return a format's sections; a semicolon inside quotes parts nothing."""
    parts = [""]
    for piece in TOKEN.findall(code or GENERAL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _chosen(sections: list[str], number: Decimal) -> tuple[str, bool]:
    """Return the section for a number, and whether it shows the sign itself."""
    if number == 0 and len(sections) > 2:  # noqa: PLR2004 - positive, negative, zero
        return sections[2], True
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[0], False


def _parsed(text: str) -> _Section:
    section = _Section()
    for piece in TOKEN.findall(text):
        if piece.lower() == "general":
            section.general = True
        elif piece[0] in "Ee" and len(piece) > 1:
            section.exponent = piece
        elif piece == "%":
            section.percent += 1
            _word(section, piece)
        elif piece in PLACEHOLDERS and not section.after.strip("%"):
            section.digits += piece
        elif piece in {"/", "@"} or piece in PLACEHOLDERS:
            section.plain = False
        else:
            _word(section, _literal(piece))
    return section


def _word(section: _Section, words: str) -> None:
    if section.digits or section.general:
        section.after += words
    else:
        section.before += words


def _literal(piece: str) -> str:
    """Return what a piece of a format writes besides digits."""
    if piece[0] == '"':
        return piece[1:-1]
    if piece[0] == "\\":
        return piece[1:]
    if piece[0] == "_":
        return " "
    if piece[0] == "[":
        found = CURRENCY.fullmatch(piece)
        return found[1] if found else ""
    return "" if piece[0] == "*" else piece


def _digits(number: Decimal, section: _Section) -> str:
    if section.general or not (section.digits.strip(",") or section.exponent):
        return general(number) if section.general else ""
    with localcontext() as context:
        context.prec = 400
        scaled = number.scaleb(2 * section.percent)
        whole, _, fraction = section.digits.partition(".")
        scaled = scaled.scaleb(-3 * (len(whole) - len(whole.rstrip(","))))
        if section.exponent:
            return _scientific(scaled, fraction, section.exponent)
        places = sum(char in "0#?" for char in fraction)
        if scaled and scaled.adjusted() > LONGEST:
            return general(scaled)
        rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return _padded(rounded, whole.rstrip(","), fraction.replace(",", ""))


def _padded(number: Decimal, whole: str, fraction: str) -> str:
    """Return digits with the zeros and thousands a format asks for, without those it does not."""
    integer, _, rest = format(number, "f").partition(".")
    integer = integer.lstrip("0").zfill(whole.count("0"))
    if "," in whole:
        integer = f"{int(integer or 0):,}" if len(integer) <= LONGEST else integer
    least = len(fraction.rstrip("#?"))
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    return f"{integer or ('0' if not rest else '')}.{rest}" if rest else integer or "0"


def _scientific(number: Decimal, fraction: str, exponent: str) -> str:
    power = number.adjusted() if number else 0
    places = Decimal(1).scaleb(-len(fraction))
    digits = number.scaleb(-power).quantize(places, ROUND_HALF_UP)
    if digits >= 10:  # noqa: PLR2004 - 9.99 rounds to 10.0
        digits, power = (digits / 10).quantize(places), power + 1
    sign = "-" if power < 0 else "+" if "+" in exponent else ""
    return f"{digits}E{sign}{abs(power):0{exponent.count('0')}}"
