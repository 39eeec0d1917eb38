"""The evidence of a claim: stance, source, passage, comparison, and what limits it."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.parts import Badge, EvidenceRow
from app.exports.view.sentences import ENTERED, NOT_COUNTED, WITHDRAWN
from app.exports.view.text import Words
from app.exports.view.wording import Wording

Names = Mapping[int, Words]
"""What each source of the list is called in passing, by its number."""


def evidence_row(words: Wording, item: Mapping[str, Any], named: Names) -> EvidenceRow:
    """One evidence item in words."""
    if hidden := words.hidden(item):
        return EvidenceRow("E", Badge("stance", "", hidden))
    source, stance = item.get("source"), item.get("stance")
    kind = words.label("EvidenceKind", item.get("kind"))
    return EvidenceRow(
        number=f"E{item['number']}",
        stance=Badge("stance", _code(stance), words.label("Stance", stance)),
        source=f"S{source}" if isinstance(source, int) else "",
        named=named.get(source) if isinstance(source, int) else kind,
        locator=words.words(item.get("locator")),
        says=words.words(item.get("says")),
        quote=words.words(item.get("quote")),
        note=words.words(item.get("note")),
        reads=words.words(item.get("interval")) or words.words(item.get("reads")),
        comparison=words.words(item.get("comparison")),
        remarks=tuple(_remarks(words, item)),
        retrieved=words.moment(item.get("retrieved")),
        sha256=words.words(item.get("sha256")),
        entered=_entered(words, item),
        withdrawn=bool(item.get("withdrawn")),
    )


def _code(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _remarks(words: Wording, item: Mapping[str, Any]) -> list[Words]:
    found: list[Words] = []
    if reason := words.words(item.get("withdrawn")):
        found.append(words.say(WITHDRAWN, reason=reason))
    if item.get("counts") is False:
        found.append(words.text(NOT_COUNTED))
    return found


def _entered(words: Wording, item: Mapping[str, Any]) -> Words | None:
    by, at = words.person(item.get("by")), words.moment(item.get("at"))
    return words.say(ENTERED, by=by, at=at) if by and at else by or at
