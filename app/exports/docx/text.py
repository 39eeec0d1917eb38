"""Any text as runs of a word processor: in its language, its direction, and as legal XML."""

import re
from functools import cache

from app.exports.signs import straight
from app.exports.xml import escaped

SPECIAL = re.compile(
    "[\x00-\x1f\x7f-\x9f&<>\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\u2028\u2029\ufffe\uffff\ud800-\udfff\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
"""What a run cannot hold as it stands: markup, control characters, halves of characters, and
letters that are read from right to left."""
EAST = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
RIGHT = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
"""Hebrew, Arabic, Syriac, Thaana and their neighbours, and the mark that stands for a letter."""
HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
TURNED = re.compile(f"([{RIGHT}](?:[^A-Za-z\u2e80-\u9fff\n\r\t]*[{RIGHT}])?)")
FIRST = re.compile(f"[^{RIGHT}A-Za-z\u2e80-\u9fff]*([{RIGHT}])?")
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
LINE = re.compile("(\t|\n)")
TEXT = '<w:t xml:space="preserve">'
LANGUAGES = {
    "zh": '<w:rFonts w:hint="eastAsia"/><w:lang w:val="zh-CN"/>',
    "en": '<w:lang w:val="en-US"/>',
    "ar": '<w:rtl/><w:lang w:bidi="ar-SA"/>',
    "he": '<w:rtl/><w:lang w:bidi="he-IL"/>',
}
"""Quotation marks and dashes are as wide as a character in Chinese, and narrow in English."""


def language_of(text: str) -> str:
    """The language a text is marked with: any Chinese letter makes it Chinese."""
    return "en" if text.isascii() or EAST.search(text) is None else "zh"


@cache
def _opening(style: str, tongue: str) -> str:
    """How a run begins; the few there are, are put together once."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r><w:rPr>{named}{LANGUAGES[tongue]}</w:rPr>"


@cache
def _paragraph(style: str) -> str:
    """How a paragraph in a style begins."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'


@cache
def _plain(style: str, look: str, tongue: str) -> str:
    """How a paragraph begins that is one run of plain text."""
    return f"{_paragraph(style)}</w:pPr>{_opening(look, tongue)}{TEXT}"


def words(text: str, style: str, look: str = "", tongue: str = "") -> str:
    """A text as a paragraph of its own, read from the side its first letter asks for."""
    if SPECIAL.search(text) is None:
        return f"{_plain(style, look, tongue or language_of(text))}{text}</w:t></w:r></w:p>"
    turned = "<w:bidi/>" if is_turned(text) else ""
    return f"{_paragraph(style)}{turned}</w:pPr>{runs(text, look, tongue)}</w:p>"


def runs(text: str, style: str = "", tongue: str = "") -> str:
    """A text as runs in a character style, marked with its language."""
    tongue = tongue or language_of(text)
    if SPECIAL.search(text) is None:
        return f"{_opening(style, tongue)}{TEXT}{text}</w:t></w:r>"
    return "".join(_parts(straight(BREAK.sub("\n", text)), style, tongue))


def _parts(text: str, style: str, tongue: str) -> list[str]:
    """Runs of text with breaks, tabs and changes of direction."""
    found = []
    for position, part in enumerate(TURNED.split(text)):
        if part:
            spoken = tongue if position % 2 == 0 else "he" if HEBREW.search(part) else "ar"
            found.append(f"{_opening(style, spoken)}{_lines(part)}</w:r>")
    return found


def _lines(text: str) -> str:
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        marks.get(part) or f"{TEXT}{escaped(part)}</w:t>" for part in LINE.split(text) if part
    )


def is_turned(text: str) -> bool:
    """Whether the first letter of a text is one that is read from right to left."""
    found = FIRST.match(text)
    return found is not None and found[1] is not None
