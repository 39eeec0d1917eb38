"""The options of an appendix as an address or a form has them, read and written."""

from collections.abc import Mapping, Sequence

from app.appendix_issue.wish import LANGUAGES, STYLES, Wish
from claims.errors import Refused
from claims.vocabulary import Profile
from sources.citation_styles import Style

LONGEST, LONGEST_NUMBER = 40, 10
UNKNOWN = {
    "zh": "附录没有这样的选项。",
    "en": "An appendix has no such option.",
}


def wish_of(key: str, asked: Mapping[str, str], own: str, as_of: str | None = None) -> Wish:
    """Read the options of an appendix; raise Refused for one that is none.

    ``own`` is the language where none is asked for, ``as_of`` the ledger number of the page
    itself, when it is of the past.
    """
    tongue = _member(asked, "language", LANGUAGES, own)
    return Wish(
        key,
        Profile(_member(asked, "profile", list(Profile), Profile.EDITOR)),
        tongue,
        Style(_member(asked, "style", list(Style), STYLES[tongue])),
        _number(asked.get("version")),
        as_of if as_of is not None else asked.get("as_of", "").strip()[:LONGEST],
    )


def _member(asked: Mapping[str, str], name: str, known: Sequence[str], default: str) -> str:
    text = asked.get(name) or default
    if text not in known:
        raise Refused("no_such_option", UNKNOWN, name)
    return text


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER):
        raise Refused("no_such_option", UNKNOWN, "version")
    return int(text)


def options_of(wish: Wish) -> dict[str, str]:
    """Write the options of an appendix as an address has them."""
    return {
        "profile": wish.profile.value,
        "language": wish.language,
        "version": str(wish.version or ""),
        "style": wish.style.value,
        "as_of": wish.as_of,
    }
