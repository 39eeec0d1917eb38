"""How an appendix was made, for a reader who has never seen the desk, and what it withholds."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.claim_parts import Badge
from app.exports.view.parts import Fact, Section
from app.exports.view.sentences import MARKS, MATTER, MEANINGS, WIDTH, WIDTHS
from app.exports.view.text import Text, Words
from app.exports.view.wording import Wording

STATUSES = "statuses"
"""The topic of the paragraph beside which the meaning of each status stands."""


def method(words: Wording, content: Mapping[str, Any]) -> tuple[Section, ...]:
    """The method in short sections, and the widths of the policy."""
    said = words.within(content.get("method"))
    sections = [
        Section(
            words.words(row.get("heading")) or words.same(""),
            tuple(filter(None, [words.words(row.get("text"))])),
            _statuses(words) if row.get("topic") == STATUSES else (),
        )
        for row in words.rows(said.get("paragraphs"))
    ]
    widths = tuple(_width(words, row) for row in words.rows(said.get("widths")))
    if widths:
        sections.append(Section(words.text(WIDTHS), (), facts=widths))
    return tuple(sections)


def _width(words: Wording, row: Mapping[str, Any]) -> Fact:
    said = words.say(
        WIDTH,
        value=words.words(row.get("value")),
        unit=words.words(row.get("unit")),
        meaning=words.words(row.get("meaning")),
        basis=words.words(row.get("basis")),
    )
    return Fact(words.same(str(row.get("name", ""))), said)


def _statuses(words: Wording) -> tuple[tuple[Badge, Text], ...]:
    """Each status with what it means, which is no part of what a newsroom may word otherwise."""
    return tuple(
        (Badge("status", status, words.label("VerificationStatus", status)), words.text(meaning))
        for status, meaning in MEANINGS.items()
    )


def withheld(words: Wording, issue: Mapping[str, Any]) -> tuple[Words, ...]:
    """What this edition keeps back, matter by matter, and what the marks mean; empty if nothing."""
    matters = [
        words.say(MATTER, matter=words.words(one["words"]), count=one["count"])
        for one in issue["withholds"]
    ]
    return (words.text(MARKS), *matters) if matters else ()
