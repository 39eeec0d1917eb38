"""Signs that stand for markup and quotation marks while a citation is put together.

They are code points of the private use area, which no source may bring along: a citation is
written with them, set right as one text, and only then becomes plain text or escaped HTML.
"""

import html
import re

OPEN_ITALIC, CLOSE_ITALIC = "\ue000", "\ue001"
OPEN_QUOTE, CLOSE_QUOTE = "\ue002", "\ue003"
"""Quotation marks that stand in the work's own title."""
LESS = "\ue004"
"""A ``<`` of the source, which citeproc-py would take for a tag."""
SUPPLIED, END_SUPPLIED = "\ue005", "\ue006"
"""Words of ours in place of a title that is not known."""
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
OPENING = re.compile(r"(?:^|(?<=[\s(\[{—–-]))\"")


def guarded(text: str, *, quotes: bool) -> str:
    """Return a text of a source that is safe among the signs; ``quotes`` marks its own quotes."""
    text = PRIVATE.sub("", text).replace("<", LESS)
    if not quotes:
        return text
    text = OPENING.sub(OPEN_QUOTE, text).replace('"', CLOSE_QUOTE)
    text = text.replace("“", OPEN_QUOTE).replace("”", CLOSE_QUOTE)
    return re.sub(r"(?:^|(?<=[\s(\[{—–-]))'(?=\w)", "‘", text).replace("'", "’")


def supplied(words: str) -> str:
    """Return words that stand for an unknown title."""
    return f"{SUPPLIED}{words}{END_SUPPLIED}"


def quoted_inside(text: str) -> str:
    """Set the work's own quotation marks: single inside the style's double ones, else double."""
    found, depth = [], 0
    for sign in text:
        if sign in "“”":
            depth += 1 if sign == "“" else -1
        inside = depth > 0
        found.append(
            {OPEN_QUOTE: "‘" if inside else "“", CLOSE_QUOTE: "’" if inside else "”"}.get(
                sign, sign
            )
        )
    return "".join(found)


def plain_text(text: str) -> str:
    """Return a finished citation as plain text."""
    return re.sub(f"[{OPEN_ITALIC}{CLOSE_ITALIC}]", "", text).replace(LESS, "<")


def as_html(text: str) -> str:
    """Return a finished citation as HTML whose only element is ``<i>``."""
    escaped = html.escape(text.replace(LESS, "<"), quote=False)
    return escaped.replace(OPEN_ITALIC, "<i>").replace(CLOSE_ITALIC, "</i>")


class Markup:
    """What citeproc-py asks of a formatter, answered with our signs; other type is left plain."""

    @staticmethod
    def preformat(text: str) -> str:
        """Leave a text of the style as it is: it is escaped once, at the end."""
        return text

    class Italic(str):
        """Slanted words."""

        __slots__ = ()

        def __new__(cls, text: object) -> "Markup.Italic":
            """Put the signs around them."""
            return super().__new__(cls, f"{OPEN_ITALIC}{text}{CLOSE_ITALIC}")

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str
