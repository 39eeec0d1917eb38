"""The evidence of a claim: stance, source, passage, comparison, and what limits it."""

from collections.abc import Mapping
from typing import Any

from app.exports.view import sentences
from app.exports.view.claim_parts import Badge, EvidenceRow
from app.exports.view.figures import reading
from app.exports.view.people import People
from app.exports.view.text import Words
from app.exports.view.wording import Wording, code
from claims.vocabulary import WELL, Terms

Names = Mapping[int, Words]
"""What each source of the list is called in passing, by its number."""


def evidence_row(
    words: Wording, people: People, item: Mapping[str, Any], named: Names
) -> EvidenceRow:
    """One evidence item in words."""
    if hidden := words.hidden(item):
        return EvidenceRow("E", Badge("stance", "", hidden))
    source, stance, passage = item.get("source"), item.get("stance"), item.get("passage")
    inside, given = words.within(passage), words.within(item.get("given"))
    return EvidenceRow(
        number=f"E{item['number']}",
        stance=Badge("stance", code(stance), words.label("Stance", stance)),
        source=f"S{source}" if isinstance(source, int) else "",
        named=named.get(source) if isinstance(source, int) else _speaker(words, item),
        locator=_locator(words, inside),
        speaks_to=tuple(f"F{number}" for number in words.rows(item.get("figures"))),
        says=words.hidden(passage) or words.words(inside.get("says")),
        quote=words.words(inside.get("quote")),
        formula=words.words(inside.get("formula")),
        note=words.words(item.get("note")),
        reads=_given(words, given),
        comparison=words.words(item.get("comparison")),
        remarks=tuple(_remarks(words, people, item)),
        snapshot=_snapshot(words, item.get("snapshot")),
        sha256=words.words(words.within(item.get("snapshot")).get("sha256")),
        entered=_told(words, people, item),
        withdrawn=item.get("withdrawn") is not None,
    )


def _speaker(words: Wording, item: Mapping[str, Any]) -> Words:
    """Who told it to the desk, where no source is cited; else what kind of evidence it is."""
    kind, said = words.label("EvidenceKind", item.get("kind")), item.get("said")
    inside = words.within(said)
    speaker = words.within(inside.get("speaker"))
    told = _channel(words, inside)
    return words.joined(
        words.hidden(said)
        or words.hidden(inside.get("speaker"))
        or words.words(speaker.get("name")),
        words.words(speaker.get("role")),
        told or kind,
    )


def _channel(words: Wording, said: Mapping[str, Any]) -> Words | None:
    via, on = said.get("via"), words.words(said.get("on"))
    if via is None:
        return on
    label = words.label("Channel", via)
    return words.say(sentences.TOLD, via=label, on=on) if on else label


def _locator(words: Wording, passage: Mapping[str, Any]) -> Words | None:
    kind, place = passage.get("locator_kind"), words.words(passage.get("locator"))
    if place is None or words.hidden(passage.get("locator")) or kind in (None, "excerpt"):
        return place
    if (sentence := sentences.PLACES.get(str(kind))) is not None:
        return words.say(sentence, number=place)
    return words.joined(words.label("LocatorKind", kind), place, between=" ")


def _given(words: Wording, given: Mapping[str, Any]) -> Words | None:
    read, period = reading(words, given), words.words(given.get("period_words"))
    return words.joined(read, period) if read and period else read


def _remarks(words: Wording, people: People, item: Mapping[str, Any]) -> list[Words]:
    found: list[Words] = []
    taken_back = item.get("withdrawn")
    if taken_back is not None:
        inside = words.within(taken_back)
        by, reason = people.named(inside.get("by")), words.words(inside.get("reason"))
        mark = words.hidden(taken_back)
        found.append(mark or words.say(sentences.WITHDRAWN, by=by, reason=reason))
    if item.get("counts") is False:
        found.append(words.text(sentences.NOT_COUNTED))
    if item.get("terms") not in (None, Terms.ON_RECORD.value):
        found.append(words.label("Terms", item["terms"]))
    if item.get("observed") not in (None, *WELL):
        found.append(words.label("Watched", item["observed"]))
    return found


def _snapshot(words: Wording, snapshot: Any) -> Words | None:
    inside = words.within(snapshot)
    if not inside:
        return words.hidden(snapshot)
    return words.say(
        sentences.SNAPSHOT,
        at=words.moment(inside.get("retrieved_at")) or words.same("—"),
        media=words.words(inside.get("media_type")),
        size=words.words(str(inside.get("size", "—"))),
    )


def _told(words: Wording, people: People, item: Mapping[str, Any]) -> Words | None:
    by, at = people.named(item.get("by")), words.moment(item.get("at"))
    return words.say(sentences.ENTERED, by=by, at=at) if by and at else by or at
