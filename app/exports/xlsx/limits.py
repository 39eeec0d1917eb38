"""What a workbook can hold, and what becomes of that which it cannot: nothing is lost unsaid."""

import re
from collections.abc import Sequence
from decimal import Decimal

LONGEST = 32_767
"""How many UTF-16 units a cell holds."""
ROWS = 1_048_576
NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
DIGITS = 15
"""More significant digits than these are not shown by a workbook, nor kept when it is saved."""
LINE, HIGHEST = 13.5, 409.0
SLACK = 1.05
"""Lines break at words, so that a little of each is left empty."""
WIDE = re.compile("[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
WEB = re.compile(r"https?://[!-~]{1,1900}")
"""An address that a cell can open; a longer one, or one with other letters, stands as text."""


def exact(text: str) -> float | None:
    """A decimal as the number that is written for it; None where it would be another one."""
    value = Decimal(text)
    if len(value.as_tuple().digits) > DIGITS:
        return None
    number = float(value)
    return number if Decimal(f"{number:.16G}") == value else None


def decimals(text: str) -> int:
    """How many places after the point a decimal is written with."""
    return len(text.partition(".")[2])


def units(text: str) -> int:
    """How long a text is as a workbook counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def in_cells(text: str, continued: str) -> list[str]:
    """A text in pieces that each fit a cell; all but the last say that it goes on."""
    if len(text) <= LONGEST // 2 or units(text) <= LONGEST:
        return [text]
    room = (LONGEST - units(continued) - 1) // 2
    pieces = [text[start : start + room] for start in range(0, len(text), room)]
    return [*(f"{piece}\n{continued}" for piece in pieces[:-1]), pieces[-1]]


def height(row: Sequence[object], widths: Sequence[int]) -> float:
    """How high a row is, in points, for its fullest cell to be read; no row is higher than 409."""
    most = max(map(_lines, map(str, row), widths), default=1)
    return min(LINE * most + 2, HIGHEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a letter of Chinese is as wide as two."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return sum(
        1 + int((len(part) + len(WIDE.findall(part))) * SLACK) // width
        for part in text.splitlines() or [""]
    )


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name for a sheet: within the limit, of allowed letters, and unlike every other."""
    plain = FORBIDDEN.sub(" ", wanted).strip().strip("'") or "-"
    name, number = _cut(plain, ""), 1
    while name.casefold() in taken:
        number += 1
        name = _cut(plain, f" {number}")
    taken.add(name.casefold())
    return name


def _cut(name: str, ending: str) -> str:
    while units(name + ending) > NAME:
        name = name[:-1]
    return name.rstrip() + ending
