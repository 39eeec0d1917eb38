"""Turns the parts of a view into plain JSON values that a page template can lay out."""

import re
from dataclasses import fields, is_dataclass
from typing import Any, Final

from app.exports.page.signs import STANCES
from app.exports.pdf.breaking import breakable
from app.exports.view import TAGS, Badge, Hidden, Said, Words
from app.labels import LOOKS

LISTED: Final = frozenset({"speaks_to", "for_it", "against_it"})
"""Fields that hold numbers of figures or evidence ("E2"), and no words in several tongues."""
PAIRS: Final = frozenset({"claims", "used_by", "runs"})
"""Fields that hold pairs as they are: a number and its anchor, a piece and whether it is italic."""
TAG: Final = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?(?![A-Za-z])")
REGIONS: Final = {"zh": "CN"}
"""Which country's punctuation is set where the tag names none."""


class Plain:
    """Turns what a view holds into JSON values; words become pieces with their language."""

    def __init__(self, tongues: tuple[str, ...]) -> None:
        """Keep the tongues of the view."""
        self._tongues = tongues

    def of(self, value: Any, name: str = "") -> Any:
        """Return a part of a view, or a field of one, as JSON values; what is None has no key."""
        if isinstance(value, Badge):
            return self._badge(value)
        if isinstance(value, (Said, Hidden)) or _is_text(value, name):
            return self.words(value)
        if is_dataclass(value):
            return {
                field.name: self.of(found, field.name)
                for field in fields(value)
                if (found := getattr(value, field.name)) is not None
            }
        if name in LISTED:
            return " ".join(value)
        if name in PAIRS:
            return [[breakable(first), second] for first, second in value]
        if isinstance(value, tuple):
            return [self.of(one) for one in value]
        return breakable(value) if isinstance(value, str) else value

    def words(self, words: Words) -> dict[str, Any]:
        """Words as pieces, one a language: the text, its language and its region."""
        if isinstance(words, Said):
            return {"pieces": [[breakable(words.words), *language(words.tag)]]}
        text = words.mark if isinstance(words, Hidden) else words
        alike = len(set(text)) == 1
        pieces = [
            [breakable(one), *(("", "") if alike and len(text) > 1 else language(TAGS[tongue]))]
            for tongue, one in zip(self._tongues, text, strict=True)
            if one
        ]
        found: dict[str, Any] = {"pieces": pieces[:1] if alike else pieces}
        return {**found, "hidden": True} if isinstance(words, Hidden) else found

    def _badge(self, badge: Badge) -> dict[str, Any]:
        look = {"status": LOOKS, "stance": STANCES}.get(badge.kind, {}).get(badge.code, "")
        if badge.kind == "contest":
            look = "contest"
        shape = badge.code if badge.kind == "stance" else look
        return {
            "kind": badge.kind,
            "look": look,
            "shape": shape,
            "words": self.words(badge.words),
        }


def _is_text(value: Any, name: str) -> bool:
    """Whether a value is words in every tongue."""
    return (
        isinstance(value, tuple)
        and bool(value)
        and name not in LISTED
        and all(isinstance(one, str) for one in value)
    )


def language(tag: str) -> tuple[str, str]:
    """The language and the region of a tag as a document states them; empty where unknown."""
    found = TAG.match(tag)
    if found is None:
        return "", ""
    return found[1], found[2] or REGIONS.get(found[1], "")
