"""Builds the view of an appendix out of its document, claim by claim as a format asks for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar, overload

from app.exports.view.changes import changes
from app.exports.view.claim_parts import ClaimView
from app.exports.view.claims import Claims
from app.exports.view.integrity import integrity
from app.exports.view.method import method, withheld
from app.exports.view.parts import SourceView, View
from app.exports.view.people import People
from app.exports.view.sentences import NUMBERED, PREVIEW
from app.exports.view.set_aside import set_aside
from app.exports.view.sign_offs import article_sign_off
from app.exports.view.sources import short_name, source_view
from app.exports.view.summary import summary
from app.exports.view.text import Said, Text, Tongues
from app.exports.view.title_block import title_facts
from app.exports.view.wording import Wording
from claims.appendix.document import Document

T = TypeVar("T")
TONGUES: dict[str, Tongues] = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}
"""Which languages stand in an appendix of each kind, in reading order."""


class Made(Sequence[T]):
    """Parts that are made when they are asked for, so that thousands never stand in memory."""

    def __init__(self, rows: Sequence[Any], make: Callable[[Any, int], T]) -> None:
        """Keep the rows, and what makes a part of a row and its place, counted from 1."""
        self._rows, self._make = rows, make

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        """Make one after the other."""
        for place, row in enumerate(self._rows, start=1):
            yield self._make(row, place)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...

    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """Make the one at a place, or those of a stretch when they are asked for."""
        if isinstance(place, slice):
            places = range(len(self))[place]
            return Made(places, lambda index, _nth: self[index])
        return self._make(self._rows[place], range(len(self))[place] + 1)


def view_of(document: Document) -> View:
    """Return an appendix as ready words; a preview's document has the number 0 and no integrity.

    Call it in an application's context, in whatever language: the document names its own.
    """
    issue, content = asdict(document.issue), document.head
    words = Wording(TONGUES[issue["language"]])
    head, article = words.headings, words.within(content.get("article"))
    people = People(words, words.rows(content.get("people")))
    sources = words.rows(content.get("sources"))
    named = {row["number"]: short_name(words, row) for row in sources if "number" in row}
    tag = article.get("language")
    tag = tag if isinstance(tag, str) else ""
    claims = Claims(words, people, head, tag, named, _roots(document))
    signed = words.rows(content.get("sign_offs"))
    return View(
        tongues=words.tongues,
        tag=tag,
        head=head,
        kicker=_kicker(words, issue),
        title=words.words(article.get("title")) or Said("—"),
        notice=words.words(article.get("notice")),
        facts=title_facts(words, people, issue, content),
        summary=summary(words, content),
        sign_offs=tuple(article_sign_off(words, people, row) for row in signed),
        changes=changes(words, issue),
        claims=Made[ClaimView](document.claims, claims.view),
        set_aside=set_aside(words, people, content, tag),
        sources=Made[SourceView](sources, lambda row, place: source_view(words, row, place)),
        people=tuple(people.rows()),
        withheld=withheld(words, issue),
        method=method(words, content),
        integrity=integrity(words, document),
        document=document,
    )


def _kicker(words: Wording, issue: Mapping[str, Any]) -> Text:
    number = issue["number"]
    return words.say(NUMBERED, number=number) if number else words.text(PREVIEW)


def _roots(document: Document) -> Mapping[int, str]:
    """The commitment of each claim, which its proof in the integrity part speaks of."""
    proven = document.integrity.claims if document.integrity else ()
    return {one["number"]: one["root"] for one in proven}
