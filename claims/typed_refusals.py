"""Why a typed figure is refused: each trap has its own code and its own sentence."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from claims.errors import Refused
from sources.columns import Words

LONGEST: Final = 200
MOST_DIGITS: Final = 40
MOST_DECIMALS: Final = 20
HIDDEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
BOOLEANS: Final = frozenset({"true", "false", "真", "假"})
FULL_WIDTH: Final[dict[int, int | str]] = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)
} | {
    ord("\N{IDEOGRAPHIC SPACE}"): " ",
    ord("\N{FULLWIDTH POUND SIGN}"): "£",
    ord("\N{FULLWIDTH YEN SIGN}"): "¥",
    ord("\N{FULLWIDTH WON SIGN}"): "₩",
}
"""Full-width forms are what a Chinese keyboard types: they are read, knowingly, as ASCII."""


class FigureProblem(StrEnum):
    """What is wrong with a typed figure."""

    NOT_TEXT = "not_text"
    BOOLEAN = "boolean"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    HIDDEN_CHARACTER = "hidden_character"
    FOREIGN_DIGITS = "foreign_digits"
    UNDERSCORE = "underscore"
    NOT_A_NUMBER = "not_a_number"
    INFINITE = "infinite"
    OTHER_BASE = "other_base"
    EXPONENT = "exponent"
    FRACTION = "fraction"
    SPACED_DIGITS = "spaced_digits"
    TOO_MANY_DIGITS = "too_many_digits"
    TOO_MANY_DECIMALS = "too_many_decimals"
    GROUPING = "grouping"
    LEADING_ZERO = "leading_zero"
    BARE_POINT = "bare_point"
    RANGE_ORDER = "range_order"
    AMBIGUOUS_CURRENCY = "ambiguous_currency"
    TWO_COMPARATORS = "two_comparators"
    TWO_UNITS = "two_units"
    SEVERAL_FIGURES = "several_figures"
    UNREADABLE = "unreadable"


class FigureError(Refused):
    """A typed figure that is not taken; ``code`` is a :class:`FigureProblem`."""

    def __init__(self, problem: FigureProblem, field: str = "figure") -> None:
        super().__init__(problem.value, MESSAGES[problem], field)


def vetted(value: object, field: str) -> str:
    """Return the text trimmed and with ASCII digits; raise FigureError for every known trap.

    Python's own ``int`` and ``Decimal`` take underscores, Arabic-Indic digits, exponents and NaN:
    none of these is a figure that an editor meant to type.
    """
    text = _text(value, field).translate(FULL_WIDTH).strip(" \t\r\n\u00a0\u202f")
    if not text:
        raise FigureError(FigureProblem.EMPTY, field)
    for problem, trap in _TRAPS:
        if trap.search(text):
            raise FigureError(problem, field)
    for letter in text:
        category = unicodedata.category(letter)
        if category in HIDDEN:
            raise FigureError(FigureProblem.HIDDEN_CHARACTER, field)
        if category == "Nd" and not letter.isascii():
            raise FigureError(FigureProblem.FOREIGN_DIGITS, field)
    return text


def _text(value: object, field: str) -> str:
    """Take text only, and not too much of it."""
    if isinstance(value, bool):
        raise FigureError(FigureProblem.BOOLEAN, field)
    if not isinstance(value, str):
        raise FigureError(FigureProblem.NOT_TEXT, field)
    if len(value) > LONGEST:
        digits = value[:LONGEST].strip(" +-").replace(",", "").replace(".", "").isdigit()
        long = FigureProblem.TOO_MANY_DIGITS if digits else FigureProblem.TOO_LONG
        raise FigureError(long, field)
    if value.strip().casefold() in BOOLEANS:
        raise FigureError(FigureProblem.BOOLEAN, field)
    return value


_TRAPS: Final = tuple(
    (problem, re.compile(pattern, re.IGNORECASE))
    for problem, pattern in (
        (FigureProblem.UNDERSCORE, "_"),
        (FigureProblem.NOT_A_NUMBER, r"^[+-]?s?nan(?![a-z])"),
        (FigureProblem.INFINITE, r"^[+-]?inf(?:inity)?(?![a-z])|∞"),
        (FigureProblem.OTHER_BASE, r"(?<![0-9a-z.])0[xob][0-9a-f]"),
        (FigureProblem.EXPONENT, r"[0-9]\.?e[+-]?[0-9]|[0-9] ?[x×*] ?10\^"),
        (FigureProblem.FRACTION, r"[0-9] ?[/⁄] ?[0-9]|[¼-¾⅐-⅞]"),
        (FigureProblem.SPACED_DIGITS, r"[0-9][.,]?[ \u00a0\u202f]+[0-9]"),
        (FigureProblem.TOO_MANY_DECIMALS, r"\.[0-9]{21}"),
        (FigureProblem.TOO_MANY_DIGITS, r"(?<![.])(?:[0-9],?){41}"),
    )
)
MESSAGES: Final[dict[FigureProblem, Words]] = {
    FigureProblem.NOT_TEXT: {
        "zh": '数据要以文字给出，例如 "41.5"。',
        "en": 'Give the figure as text, such as "41.5".',
    },
    FigureProblem.BOOLEAN: {
        "zh": "真或假不是数据。",
        "en": "True or false is no figure.",
    },
    FigureProblem.EMPTY: {"zh": "请填写数据。", "en": "Enter a figure."},
    FigureProblem.TOO_LONG: {
        "zh": f"太长：最多 {LONGEST} 个字符。",
        "en": f"Too long: at most {LONGEST} characters.",
    },
    FigureProblem.HIDDEN_CHARACTER: {
        "zh": "含有看不见的字符（如零宽空格），请重新输入。",
        "en": "It holds an invisible character (such as a zero-width space): type it again.",
    },
    FigureProblem.FOREIGN_DIGITS: {
        "zh": "请使用 0–9 的数字。",
        "en": "Use the digits 0 to 9.",
    },
    FigureProblem.UNDERSCORE: {
        "zh": "数字中不能有下划线。",
        "en": "A number has no underscores.",
    },
    FigureProblem.NOT_A_NUMBER: {"zh": "NaN 不是数值。", "en": "NaN is not a number."},
    FigureProblem.INFINITE: {
        "zh": "数值不能是无穷大；开放的一端请写“超过”或“>”。",
        "en": 'A figure is not infinite; write "over" or ">" for an open end.',
    },
    FigureProblem.OTHER_BASE: {
        "zh": "请用十进制书写。",
        "en": "Write the number in decimal.",
    },
    FigureProblem.EXPONENT: {
        "zh": "超出范围或用了科学记数法：请完整写出，或用万、亿。",
        "en": "Out of range or in scientific notation: write it out, or use million, billion.",
    },
    FigureProblem.FRACTION: {
        "zh": "分数有歧义（也可能是日期）：请写小数、百分比或“四分之三”。",
        "en": "A fraction in digits is ambiguous (it may be a date): "
        "write a decimal, a percentage or a fraction in words.",
    },
    FigureProblem.SPACED_DIGITS: {
        "zh": "数字中间不能有空格。",
        "en": "A number has no spaces inside.",
    },
    FigureProblem.TOO_MANY_DIGITS: {
        "zh": f"位数太多：小数点前最多 {MOST_DIGITS} 位。",
        "en": f"Too many digits: at most {MOST_DIGITS} before the point.",
    },
    FigureProblem.TOO_MANY_DECIMALS: {
        "zh": f"小数太长：小数点后最多 {MOST_DECIMALS} 位。",
        "en": f"Too many decimals: at most {MOST_DECIMALS} after the point.",
    },
    FigureProblem.GROUPING: {
        "zh": "逗号只能每三位一个（1,234.5）；小数点用“.”。",
        "en": "A comma parts three digits (1,234.5); the decimal sign is a point.",
    },
    FigureProblem.LEADING_ZERO: {
        "zh": "数字开头多了 0。",
        "en": "The number has a nought too many in front.",
    },
    FigureProblem.BARE_POINT: {
        "zh": "小数点前后都要有数字。",
        "en": "Put a digit on both sides of the point.",
    },
    FigureProblem.RANGE_ORDER: {
        "zh": "区间要从小到大（日期请填在“时期”）。",
        "en": "A range runs from the smaller to the greater number (a date belongs in the period).",
    },
    FigureProblem.AMBIGUOUS_CURRENCY: {
        "zh": "¥ 可以是人民币或日元：请写明币种。",
        "en": "¥ may be yuan or yen: name the currency.",
    },
    FigureProblem.TWO_COMPARATORS: {
        "zh": "限定词互相矛盾。",
        "en": "The words around the number contradict each other.",
    },
    FigureProblem.TWO_UNITS: {
        "zh": "一个数据只能有一个单位。",
        "en": "One figure has one unit.",
    },
    FigureProblem.SEVERAL_FIGURES: {
        "zh": "一次只填一个数据。",
        "en": "Enter one figure at a time.",
    },
    FigureProblem.UNREADABLE: {
        "zh": "读不出数据。可以写：41.5 %、超过 75 %、5–10 家、约 20万亿韩元。",
        "en": "This cannot be read as a figure. Try: 41.5 %, over 75 %, 5–10 stores, "
        "about 20 trillion won.",
    },
}
