"""The citation styles the desk writes in: the files of the CSL project and what each is called."""

from enum import StrEnum
from pathlib import Path

FOLDER = Path(__file__).parent


class Style(StrEnum):
    """A style, by the name it has in addresses and commands."""

    GB_NUMERIC = "gb-t-7714"
    GB_AUTHOR_DATE = "gb-t-7714-author-date"
    APA = "apa"
    CHICAGO = "chicago"
    MLA = "mla"


NAMES: dict[Style, str] = {
    Style.GB_NUMERIC: "GB/T 7714-2015",
    Style.GB_AUTHOR_DATE: "GB/T 7714-2015 (著者-出版年)",
    Style.APA: "APA 7",
    Style.CHICAGO: "Chicago 17",
    Style.MLA: "MLA 9",
}
"""What the manuals are called; a name is the same in every language."""
FILES: dict[Style, str] = {
    Style.GB_NUMERIC: "china-national-standard-gb-t-7714-2015-numeric.csl",
    Style.GB_AUTHOR_DATE: "china-national-standard-gb-t-7714-2015-author-date.csl",
    Style.APA: "apa.csl",
    Style.CHICAGO: "chicago-notes-bibliography-17th-edition.csl",
    Style.MLA: "modern-language-association.csl",
}
CHINESE = frozenset({Style.GB_NUMERIC, Style.GB_AUTHOR_DATE})
"""Styles of a Chinese standard: their words follow the language of the work."""
