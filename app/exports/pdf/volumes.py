"""The volumes of a printed appendix: which claims and sources each has, as data for its pages."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import segno

from app.exports.pdf import words as said
from app.exports.pdf.plain import Plain, language
from app.exports.pdf.shapes import shapes
from app.exports.view import TAGS, SourceView, View, flat
from app.exports.view.wording import Wording

MOST_CLAIMS: Final = 150
"""Claims of one volume: a process sets them with less than 300 MB of memory, in both languages."""
OPENING: Final = ("facts", "summary", "sign_offs", "changes", "withheld")
CLOSING: Final = ("set_aside", "people", "method")
BOTH: Final = ("title", "kicker", "head")


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume: its place, how many there are, and its data as a template reads them.

    ``places`` has the text of each part by the name that an error calls it.
    """

    number: int
    count: int
    data: dict[str, Any]
    places: list[tuple[str, str]]

    @property
    def is_only(self) -> bool:
        """Whether the appendix is one file."""
        return self.count == 1

    def json(self) -> bytes:
        """The data as the template reads them."""
        return json.dumps(self.data, ensure_ascii=False).encode()


def volumes(view: View, added_fonts: tuple[str, ...]) -> Iterator[Volume]:
    """Yield the volumes of an appendix; each is made when it is asked for."""
    count = max(1, -(-len(view.claims) // MOST_CLAIMS))
    maker = _Maker(view, added_fonts, count)
    for number in range(1, count + 1):
        yield maker.volume(number)


def moment(view: View) -> dt.datetime:
    """When an appendix was issued; of a preview, the moment of the state it shows."""
    issue = view.document.issue
    return dt.datetime.fromisoformat(issue.issued_at or issue.as_of).astimezone(dt.UTC)


class _Maker:
    """What the volumes of one appendix share."""

    def __init__(self, view: View, added_fonts: tuple[str, ...], count: int) -> None:
        self._view, self._count = view, count
        self._plain = Plain(view.tongues)
        self._words = Wording(view.tongues)
        self._shared = self._common(added_fonts)

    def volume(self, number: int) -> Volume:
        view, first = self._view, (number - 1) * MOST_CLAIMS
        claims = [self._plain.of(one) for one in view.claims[first : first + MOST_CLAIMS]]
        sources = [self._plain.of(one) for one in self._sources(claims)]
        data: dict[str, Any] = {
            **self._shared,
            "first": number == 1,
            "last": number == self._count,
            "attached": self._count == 1,
            "claims": claims,
            "sources": sources,
            "anchors": [one["anchor"] for one in (*claims, *sources)],
        }
        if number == 1:
            data.update({name: self._plain.of(getattr(view, name), name) for name in OPENING})
            if view.notice is not None:
                data["notice"] = self._plain.of(view.notice)
        if number == self._count:
            data.update(self._closing())
        if self._count > 1:
            data.update(self._named(number, claims))
        return Volume(number, self._count, data, _places(data))

    def _common(self, added_fonts: tuple[str, ...]) -> dict[str, Any]:
        view, words, plain = self._view, self._words, self._plain
        at, issue = moment(view), view.document.issue
        lang, region = language(TAGS[view.tongues[0]])
        profile = words.label("Profile", issue.profile)
        named = flat(view.kicker, view.tongues)
        return {
            "tongues": list(view.tongues),
            "lang": lang,
            "region": region,
            "fonts": list(added_fonts),
            "moment": [at.year, at.month, at.day, at.hour, at.minute, at.second],
            "document_title": f"{flat(view.title, view.tongues)} · {named}",
            "author": flat(view.head.desk, view.tongues),
            "keywords": [flat(profile, view.tongues), f"No. {issue.number}"],
            "description": named,
            "profile": plain.words(profile),
            "running": plain.words(view.title),
            "page_head": plain.words(words.text(said.PAGE_HEAD)),
            "page_words": list(words.text(said.PAGE)),
            "attached_words": flat(words.text(said.ATTACHED), view.tongues),
            "shapes": shapes(),
            **{name: plain.of(getattr(view, name), name) for name in BOTH},
        }

    def _closing(self) -> dict[str, Any]:
        view = self._view
        found = {name: self._plain.of(getattr(view, name), name) for name in CLOSING}
        if view.integrity is not None:
            found["integrity"] = self._plain.of(view.integrity)
            found["qr"] = drawn(view.integrity.checkpoint)
            found["scan"] = flat(view.head.scan, view.tongues)
        return found

    def _named(self, number: int, claims: list[dict[str, Any]]) -> dict[str, Any]:
        told = self._words.say(
            said.STRETCH,
            number=number,
            count=self._count,
            first=claims[0]["number"],
            last=claims[-1]["number"],
        )
        return {"volume": self._plain.words(told)}

    def _sources(self, claims: list[dict[str, Any]]) -> Iterator[SourceView]:
        """The sources of a volume: what its claims rest on, and what that repeats."""
        if self._count == 1:
            yield from self._view.sources
            return
        here = {claim["anchor"] for claim in claims}
        wanted = {
            name
            for source in self._view.sources
            if any(anchor in here for _, anchor in source.used_by)
            for name in (source.number, source.repeats)
        }
        yield from (source for source in self._view.sources if source.number in wanted)


def drawn(text: str) -> str:
    """A QR code as an SVG drawing."""
    stream = io.BytesIO()
    segno.make(text, error="l", micro=False).save(
        stream, kind="svg", border=2, light="#fff", dark="#000", xmldecl=False, nl=False
    )
    return stream.getvalue().decode("ascii")


def _places(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The text of each claim, of each source, and of everything else."""
    parts = [(one["number"], one) for name in ("claims", "sources") for one in data[name]]
    rest = {name: value for name, value in data.items() if name not in {"claims", "sources"}}
    named = [*parts, (data["head"]["appendix"]["pieces"][0][0], rest)]
    return [(name, json.dumps(part, ensure_ascii=False)) for name, part in named]
