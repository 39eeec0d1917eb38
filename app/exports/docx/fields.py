"""Fields of a word processor: page numbers, addresses that can be opened, the contents."""

from app.exports.docx.blocks import link, paragraph
from app.exports.docx.text import runs
from app.exports.xml import attribute

OPENED = ("http://", "https://")
LONGEST = 2_000
"""A field takes no address that is longer; it is printed all the same."""
UNSAFE = str.maketrans({'"': "%22", "\\": "%5C", " ": "%20"})
"""What would end the address within its field, as an address writes it."""


def field(instruction: str, shown: str) -> str:
    """A field with the runs it shows until somebody has it computed again."""
    return f'<w:fldSimple w:instr=" {attribute(instruction)} ">{shown}</w:fldSimple>'


def address(url: str) -> str:
    """An address as runs; only one of the web can be opened from here."""
    if not url.startswith(OPENED) or len(url) > LONGEST:
        return runs(url, "Muted", "en")
    target = "".join(url.split()).translate(UNSAFE)
    return field(f'HYPERLINK "{target}"', runs(url, "Hyperlink", "en"))


def _part(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


LEVELS = (
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\n \\h \\z \\u </w:instrText></w:r>'
)
"""Headings of two levels, each leading to its place. Page numbers are left out: whoever writes the
file cannot know them, and a wrong one is worse than none."""
OPENED_CONTENTS = _part("begin") + LEVELS + _part("separate")
CLOSED_CONTENTS = paragraph(_part("end"), "Gap")


def entry(content: str, mark: str, level: int, before: str = "") -> str:
    """One line of the contents."""
    return paragraph(before + link(content, mark), f"TOC{level}")
