"""Builds the view of an appendix out of its JSON, claim by claim as a format asks for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

from app.exports.view.changes import changes
from app.exports.view.claims import Claims
from app.exports.view.integrity import integrity
from app.exports.view.method import method
from app.exports.view.parts import ClaimView, SourceView, View
from app.exports.view.sentences import NUMBERED, PREVIEW
from app.exports.view.sign_offs import article_sign_off
from app.exports.view.sources import short_name, source_view
from app.exports.view.summary import summary
from app.exports.view.text import Said, Text, Tongues
from app.exports.view.title_block import title_facts
from app.exports.view.wording import Wording

T = TypeVar("T")
TONGUES: dict[str, Tongues] = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}


class Made(Sequence[T], Generic[T]):
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
        """Make the one at a place, or those of a stretch."""
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        return self._make(self._rows[place], place % len(self) + 1)


def view_of(document: Mapping[str, Any]) -> View:
    """Return an appendix as ready words; ``document`` is its JSON, or that of a preview.

    Call it in an application's context, in whatever language: the document names its own.
    """
    issue, content = document["issue"], document["content"]
    words = Wording(TONGUES[issue["language"]], content.get("people"))
    head = words.headings
    sources = _list(content.get("sources"))
    named = {row["number"]: short_name(words, row) for row in sources if "number" in row}
    claims = Claims(words, head, content.get("language") or "", named, _roots(document))
    return View(
        tongues=words.tongues,
        tag=content.get("language") or "",
        head=head,
        kicker=_kicker(words, issue),
        title=words.words(content.get("title")) or Said(""),
        notice=words.words(content.get("notice")),
        facts=title_facts(words, issue, content),
        summary=summary(words, content),
        sign_offs=tuple(article_sign_off(words, row) for row in _list(content.get("sign_offs"))),
        claims=Made[ClaimView](_list(content.get("claims")), claims.view),
        sources=Made[SourceView](sources, lambda row, place: source_view(words, row, place)),
        method=method(words, content),
        changes=changes(words, issue),
        integrity=integrity(words, document),
        document=document,
    )


def _list(rows: Any) -> Sequence[Any]:
    return rows if isinstance(rows, list) else ()


def _kicker(words: Wording, issue: Mapping[str, Any]) -> Text:
    number = issue.get("number")
    return words.text(PREVIEW) if number is None else words.say(NUMBERED, number=number)


def _roots(document: Mapping[str, Any]) -> Mapping[int, str]:
    """The commitment of each claim, which its proof in the integrity part speaks of."""
    proven = (document.get("integrity") or {}).get("claims") or ()
    return {one["number"]: one["root"] for one in proven if "root" in one}
