"""A finished reference set right as one text: what CSL leaves to the program that prints it."""

import re
from collections.abc import Mapping
from typing import Any

from sources.citation_styles import CHINESE, Style
from sources.citing import marks

SUPPLIED = re.compile(
    f"[“{marks.OPEN_ITALIC}]*{marks.SUPPLIED}([^{marks.END_SUPPLIED}]*){marks.END_SUPPLIED}"
    f"[”{marks.CLOSE_ITALIC}]*"
)


def set_right(text: str, item: Mapping[str, Any], style: Style) -> str:
    """Return a reference with its quotation marks and stops as the style's manual wants them."""
    text = _supplied(text, str(item.get("title", "")))
    if style in CHINESE:
        # The number is the list's, not the reference's. The estimated date of a page keeps its
        # parentheses around its brackets (GB/T 7714-2015, 8.4.3.3): a date in brackets alone is
        # the day the page was read (4.6.2). That there is none cannot be taken for one.
        text = re.sub(r"^\[1\]\s*", "", text).strip()
        return re.sub(r"\((\[(?:n\.d\.|日期不详)\])\)", r"\1", text)
    if style is Style.APA and "accessed" not in item:
        # APA, 7th, 9.16: "Retrieved" goes with a date of access, and else not at all.
        text = re.sub(r"\bRetrieved (?=https?://)", "", text)
    # A span is one text of ours, which the year and the month of a date both print.
    text = re.sub(r"\(([^()]+–[^()]+), \1\)", r"(\1)", text)
    text = marks.quoted_inside(_stops_inside(text))
    return re.sub(r"\s{2,}", " ", text).strip()


def _supplied(text: str, title: str) -> str:
    """Words of ours for a missing title carry neither quotation marks nor italics."""
    words = title.strip(marks.SUPPLIED + marks.END_SUPPLIED)
    return SUPPLIED.sub(lambda _match: words, text)


def _stops_inside(text: str) -> str:
    """Stops stand inside the quotation marks (Chicago Manual, 17th, 6.9; MLA is alike).

    After a question or exclamation mark the full stop goes (Chicago, 6.124).
    """
    text = re.sub(f"([?!]{marks.CLOSE_QUOTE}?)”[.]", r"\1”", text)
    text = re.sub(f"({marks.CLOSE_QUOTE}?)”([.,])", r"\2\1”", text)
    return re.sub(f"([?!]{marks.CLOSE_ITALIC}?)[.]", r"\1", text)
