"""Plain files of values: safe to open in a spreadsheet, and read back as they were."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Protocol

from app.exports.signs import visible

LONGEST = 2**31 - 1
"""A reasoning of any length is one cell; the library stops at 131,072 characters by itself."""
BOM = "\ufeff"
"""Without it the most used spreadsheet reads the Chinese as something else."""
STARTS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
"""What a spreadsheet takes for the beginning of a formula, in every width it is typed in."""
PASSED = (
    "\\s\"'“”‘’`\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
)
"""What stands before it unseen, or is dropped on the way in."""
BETWEEN = "[;\t\r\n\x0b\x0c\x85\u2028\u2029]"
"""Where another program's settings may begin a new cell in the middle of one."""
CUT = re.compile(BETWEEN)
BEGINNING = re.compile(f"(?:^|(?<={BETWEEN}))([{PASSED}]*)([{STARTS}])?")
"""Where a cell may begin, all that is passed over there, and the sign of a formula behind it.

The run is taken whole, and once: looking from each of its places to its end would take a text of
blank lines as many steps as the square of its length.
"""
NUMBER = re.compile(r"-[0-9]{1,3}(?:,?[0-9]{3})*(?:\.[0-9]+)?(?: ?%)?|-[0-9]+(?:\.[0-9]+)?(?: ?%)?")
"""A negative number says what it is worth and runs nothing; with an apostrophe it would be text."""


class Writer(Protocol):
    """What writes a row of values."""

    def writerow(self, row: Iterable[Any], /) -> Any:
        """Write one row."""


def defused(value: Any) -> str:
    """Return a cell's text; wherever a spreadsheet could run a formula stands an apostrophe."""
    text = "" if value is None else visible(str(value))
    return text if NUMBER.fullmatch(text) else BEGINNING.sub(_marked, text)


def restored(text: str) -> str:
    """Return the text that a cell was made of."""
    return BEGINNING.sub(_unmarked, text)


def _marked(found: re.Match[str]) -> str:
    """A beginning, with an apostrophe at each place from which a formula could run."""
    run, sign = found[1], found[2] or ""
    last = _last_control(run)
    return _joined(run, [at for at in _places(run) if sign or at <= last], 0, "'") + sign


def _unmarked(found: re.Match[str]) -> str:
    """A beginning without the apostrophes that were set there."""
    run, sign = found[1], found[2] or ""
    last = _last_control(run)
    set_here = [at for at in _places(run) if run[at : at + 1] == "'" and (sign or at < last)]
    return _joined(run, set_here, 1, "") + sign


def _places(run: str) -> list[int]:
    return [0, *(found.end() for found in CUT.finditer(run))]


def _last_control(run: str) -> int:
    """Where the last tab or return stands, with which some programs begin a formula; -1 if none."""
    return max(run.rfind("\t"), run.rfind("\r"))


def _joined(run: str, places: list[int], dropped: int, put: str) -> str:
    """A run with something put at its places in the stead of so many characters."""
    parts, done = [], 0
    for at in places:
        parts += [run[done:at], put]
        done = at + dropped
    return "".join([*parts, run[done:]])


@contextmanager
def written(out: BinaryIO) -> Iterator[Writer]:
    """Open a file for rows: UTF-8 with its mark, commas, lines ended as RFC 4180 says."""
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    stream.write(BOM)
    try:
        yield csv.writer(stream)
    finally:
        stream.detach()


def read_back(data: BinaryIO) -> Iterator[dict[str, str]]:
    """Yield each row of such a file by the names of its columns, as the values were.

    Raise ValueError or csv.Error for a file that is none.
    """
    csv.field_size_limit(LONGEST)
    stream = io.TextIOWrapper(data, encoding="utf-8-sig", newline="")
    try:
        for row in csv.DictReader(stream):
            if None in row:
                raise ValueError("a row has more cells than there are columns")
            yield {restored(name): restored(cell or "") for name, cell in row.items()}
    finally:
        stream.detach()
