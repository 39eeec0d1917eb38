"""Where in a text a page, paragraph or cell stands: from a character to its locator, and back.

The places of a text are triples of an offset in code points, the kind of a locator and the locator,
in ascending order. A place reaches up to the next one, the last to the end of the text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

Place = tuple[int, str, str]
"""Offset, kind (page, paragraph, section, table_cell) and locator, as in (0, "page", "1")."""
Locator = tuple[str, str]

PAGE, PARAGRAPH, SECTION, CELL = "page", "paragraph", "section", "table_cell"
BETWEEN_CELLS = " | "
MOST_PLACES = 100_000
"""What one text may have; a table past that is cut off, and the reader says so."""
EDGES = re.compile(r"[\s|]*((?:[\s|]*[^\s|]+)*)")
"""The words of a cell between the marks that part it from others; read once from left to right."""
LETTERS = 26


def place_at(places: Sequence[Place] | None, offset: int) -> Locator | None:
    """Return kind and locator of the character at an offset; None where nothing is known of it."""
    found = bisect_right(places or (), offset, key=itemgetter(0))
    return tuple(places[found - 1][1:]) if places and found else None  # type: ignore[return-value]


def span_of(
    places: Sequence[Place] | None, length: int, kind: str, locator: str
) -> tuple[int, int] | None:
    """Return from where to where a locator's words stand in a text of ``length`` characters.

    A locator is understood as a person writes it: ``$b$2`` is B2, and a cell without its sheet is
    found where only one sheet has it. None for one that is unknown or could mean several.
    """
    known = [number for number, place in enumerate(places or ()) if place[1] == kind]
    for wanted in (_same, _alike, _sheetless):
        found = [number for number in known if wanted((places or ())[number][2], locator)]
        if len(found) == 1 and places:
            following = found[0] + 1
            end = places[following][0] if following < len(places) else length
            return places[found[0]][0], end
    return None


def words_of(text: str, places: Sequence[Place] | None, kind: str, locator: str) -> str | None:
    """Return what stands at a locator, without the marks that part it from its neighbours."""
    span = span_of(places, len(text), kind, locator)
    if span is None:
        return None
    said = text[slice(*span)]
    found = EDGES.match(said)
    return found[1] if kind == CELL and found is not None else said.strip()


def composed(text: str, places: Iterable[Place]) -> tuple[str, tuple[Place, ...]]:
    """Return a text in Unicode NFC with its places moved to where their words are now."""
    if unicodedata.is_normalized("NFC", text):
        return text, tuple(places)
    starts = [(_apart(text, offset), kind, locator) for offset, kind, locator in places]
    edges = [0, *(offset for offset, _, _ in starts), len(text)]
    pieces = [unicodedata.normalize("NFC", text[start:end]) for start, end in pairwise(edges)]
    offset, moved = len(pieces[0]), list[Place]()
    for (_, kind, locator), piece in zip(starts, pieces[1:], strict=True):
        moved.append((offset, kind, locator))
        offset += len(piece)
    return "".join(pieces), ascending(moved)


def shortened(text: str, places: Sequence[Place], longest: int) -> tuple[str, tuple[Place, ...]]:
    """Return the beginning of a text that is too long, or has too many places, with its places."""
    if len(places) > MOST_PLACES:
        longest = min(longest, places[MOST_PLACES][0])
    kept = text[:longest]
    return kept, tuple(place for place in places if place[0] < len(kept))


def ascending(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return places without those that hold no character: another begins where they do."""
    found: list[Place] = []
    for place in places:
        if found and found[-1][0] == place[0]:
            found.pop()
        found.append(place)
    return tuple(found)


def column(number: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def of_sheet(name: str, cell: str) -> str:
    """Return a cell's locator with its sheet, quoted where a spreadsheet would quote it."""
    if re.fullmatch(r"[^\W\d]\w*", name) and not re.fullmatch(r"[A-Za-z]{1,3}\d+", name):
        return f"{name}!{cell}"
    return "'" + name.replace("'", "''") + f"'!{cell}"


def _apart(text: str, offset: int) -> int:
    """Move an offset on until the character there does not melt into the one before it."""
    while 0 < offset < len(text):
        pair = text[offset - 1 : offset + 1]
        melts = unicodedata.combining(pair[1]) or unicodedata.normalize("NFC", pair) != "".join(
            unicodedata.normalize("NFC", char) for char in pair
        )
        if not melts:
            break
        offset += 1
    return offset


def _same(known: str, wanted: str) -> bool:
    return known == wanted


def _alike(known: str, wanted: str) -> bool:
    return _plain(known) == _plain(wanted)


def _sheetless(known: str, wanted: str) -> bool:
    return "!" not in wanted and _plain(known.rpartition("!")[2]) == _plain(wanted)


def _plain(locator: str) -> str:
    return "".join(locator.replace("$", "").split()).casefold()
