"""A source named in passing: who says it and in which year."""

from sources import edtf, names
from sources.citing.items import PASSED_ON, is_chinese
from sources.models import Source

LONGEST = 60
"""Characters of a title that stands in for an unknown author."""
FEW = 2


def short(source: Source) -> str:
    """Return ``Smith and Doe, 2021`` or ``张三等，2021``; nothing of a confidential source."""
    chinese = is_chinese(source)
    if source.confidential:
        return "[保密来源]" if chinese else "[Confidential source]"
    span = edtf.read(source.issued)
    first = span.first or span.last if span else None
    year = str(first.parts[0]) if first else ""
    return ("，" if chinese else ", ").join(filter(None, (_who(source, chinese=chinese), year)))


def _who(source: Source, *, chinese: bool) -> str:
    people = [name.get("literal") or name["family"] for name in names.read(source.authors)]
    if not people:
        title = source.title or source.key
        shown = title if len(title) <= LONGEST else f"{title[:LONGEST]}…"
        return PASSED_ON.sub("", source.publisher or "").strip() or shown
    if len(people) > FEW:
        return f"{people[0]}等" if chinese else f"{people[0]} et al."
    return ("、" if chinese else " and ").join(people)
