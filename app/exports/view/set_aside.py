"""The numbers of the text that are no claims: what stands there, and why it was set aside."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.people import People
from app.exports.view.sentences import SET_ASIDE, SET_ASIDE_BY
from app.exports.view.text import Words
from app.exports.view.wording import Wording


def set_aside(
    words: Wording, people: People, content: Mapping[str, Any], tag: str
) -> tuple[Words, ...]:
    """A line for each number, in the order of the text; or the mark of all that are withheld."""
    rows = content.get("set_aside")
    if (hidden := words.hidden(rows)) is not None:
        return (hidden,)
    return tuple(_line(words, people, row, tag) for row in words.rows(rows))


def _line(words: Wording, people: People, row: Mapping[str, Any], tag: str) -> Words:
    if (hidden := words.hidden(row)) is not None:
        return hidden
    by, reason = people.named(row.get("by")), words.label("DismissalReason", row.get("reason"))
    return words.joined(
        words.say(SET_ASIDE, text=words.words(row.get("text"), tag), reason=reason),
        words.words(row.get("note")),
        words.say(SET_ASIDE_BY, by=by) if by else None,
    )
