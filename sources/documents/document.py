"""What a reader finds in a file: its text in lines, and what the file says about itself."""

import re
from dataclasses import dataclass

from sources.places import Place
from sources.words import Words

UNSEEN = dict.fromkeys(map(ord, "\ufeff\u00ad\u200e\u200f"))
"""Marks that shape lines and show nothing; in a page nobody could go and remove them."""
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SPACES = re.compile("[ \t\r\n\f]+")
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What a title shows nothing of, or what turns it round; no database takes all of it."""
MARK = re.compile(r"\[[0-9]{1,4}\]")
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
STRUCK: Words = {
    "zh": "划掉的文字没有收入正文，请核对。",
    "en": "Struck-out text was left out; please check.",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A text in lines (headings as ``## ``, list items as ``- ``, table cells parted by `` | ``).

    ``byline`` names the authors as they are printed, ``authors`` as a line of names
    (:mod:`sources.names`); ``published`` is a day, month or year as EDTF; ``language`` a BCP 47
    tag as the file states it; ``publisher`` is the site or body that publishes it, ``made`` the day the file itself was made.
    ``notices`` are what a person should look at because the reader could not be certain;
    ``places`` say where in the text each page, paragraph or cell begins; ``copy`` is, in base 64,
    a picture without what it says of its origin.
    Title, authors and publisher are single lines without anything hidden, whoever wrote them.
    """

    content: str
    title: str | None = None
    byline: str | None = None
    authors: str | None = None
    published: str | None = None
    language: str | None = None
    publisher: str | None = None
    made: str | None = None
    notices: tuple[Words, ...] = ()
    places: tuple[Place, ...] = ()
    copy: str | None = None

    def __post_init__(self) -> None:
        """Take out of what a file says of itself whatever a reader would not see."""
        for name in ("title", "byline", "authors", "publisher"):
            object.__setattr__(self, name, line(getattr(self, name)))


def line(text: str | None) -> str | None:
    """Return a text in one line without what shows nothing; None where nothing is left."""
    return " ".join(HIDDEN.sub("", " ".join((text or "").split())).split()) or None


def readable(text: str) -> str:
    """Return a text without marks that show nothing; what cannot be a character shows as U+FFFD."""
    return CONTROLS.sub("\ufffd", text.replace("\x0c", "\n").translate(UNSEEN))


def shifted(text: str, table: dict[int, int]) -> str:
    """Return raised or lowered digits as such: 10 to the fourth is not 104, a note is no figure."""
    changed = text.translate(table)
    if MARK.fullmatch(text):
        return changed
    return (
        text if any(char == after for char, after in zip(text, changed, strict=True)) else changed
    )
