"""What a format lays out: an appendix as ready words, in frozen parts that know no file format.

Whatever is None was not there; whatever is Hidden is withheld by the profile. A sequence may be
made while it is walked: walk it as often as needed, and never assume that it is a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.exports.view.claim_parts import Badge, ClaimView, SignOffView
from app.exports.view.headings import Headings
from app.exports.view.text import Text, Tongues, Words
from claims.appendix.document import Document

Runs = tuple[tuple[str, bool], ...]
"""A citation in pieces, each with whether the style sets it in italics."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A named line of a list of facts; ``kind`` says how the words are set."""

    name: Text
    words: Words
    kind: Literal["text", "hash"] = "text"


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many claims have a status; ``share`` is their part of all, in hundredths, rounded."""

    status: Badge
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How many claims have which status, in the desk's own order, and the same in words."""

    counts: tuple[StatusCount, ...]
    total: int
    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One entry of the source list: its citation in the chosen style, its kind and nearness.

    ``runs`` is the citation with its italics; ``used_by`` are numbers and anchors of claims.
    """

    number: str
    anchor: str
    citation: Words
    facts: Words
    runs: Runs = ()
    url: str = ""
    repeats: str = ""
    retrieved: Words | None = None
    used_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who did something that the appendix tells: who, and what in their own order."""

    named: Words
    acts: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs and, where it defines words, those with their meanings."""

    title: Words
    paragraphs: tuple[Words, ...]
    terms: tuple[tuple[Badge, Text], ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the issue this one replaces; ``claims`` are numbers and anchors."""

    sentences: tuple[Text, ...]
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A public key: its line as the newsroom publishes it, and a fingerprint to read out."""

    line: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Integrity:
    """What lets anybody check the file: the signed head (also to be drawn as QR), keys, steps."""

    paragraphs: tuple[Text, ...]
    steps: tuple[Text, ...]
    command: str
    checkpoint: str
    keys: tuple[Key, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole appendix as ready words.

    ``tag`` is the language of the article, ``withheld`` what this edition keeps back, in words,
    ``set_aside`` the numbers of the text that are no claims, a line each;
    ``document`` what it was made from, with its JSON.
    """

    tongues: Tongues
    tag: str
    head: Headings
    kicker: Text
    title: Words
    notice: Words | None
    facts: tuple[Fact, ...]
    summary: Summary
    sign_offs: tuple[SignOffView, ...]
    changes: Changes
    claims: Sequence[ClaimView]
    set_aside: tuple[Words, ...]
    sources: Sequence[SourceView]
    people: tuple[PersonRow, ...]
    withheld: tuple[Words, ...]
    method: tuple[Section, ...]
    integrity: Integrity | None
    document: Document
