"""What somebody asks for when they preview or issue an appendix."""

from dataclasses import dataclass

from claims.vocabulary import Profile
from sources.citation_styles import Style

LANGUAGES = ("zh", "en", "both")
STYLES = {"zh": Style.GB_NUMERIC, "en": Style.CHICAGO, "both": Style.GB_NUMERIC}
"""The citation style of a language where none is chosen."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An article by its key, for whom, in which language and citation style, and of which state.

    ``version`` is the number of a version, None for the newest. ``as_of`` is a ledger number or a
    moment as somebody typed it; empty means now.
    """

    article: str
    profile: Profile = Profile.EDITOR
    language: str = "zh"
    style: Style = Style.GB_NUMERIC
    version: int | None = None
    as_of: str = ""
