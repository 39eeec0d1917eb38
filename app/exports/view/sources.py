"""The source list: each entry in the chosen citation style, with its kind, nearness and address."""

import html
import re
from collections.abc import Mapping
from typing import Any

from app.exports.view.parts import Runs, SourceView
from app.exports.view.sentences import CONFIDENTIAL, CREDIBILITY, RELIABILITY
from app.exports.view.text import Said, Text, Words
from app.exports.view.wording import Wording

ITALIC = re.compile("(</?i>)")
"""The only element a citation may hold; whatever else it holds is escaped text."""
WEB = ("https://", "http://")


def source_view(words: Wording, source: Mapping[str, Any], place: int) -> SourceView:
    """One entry of the list; ``place`` is its number there, also where all of it is withheld."""
    if hidden := words.hidden(source):
        return SourceView(f"S{place}", f"s{place}", hidden, words.same(""))
    who, repeats = source.get("identity"), source.get("derived_from")
    inside = words.within(who)
    url = inside.get("url")
    citation = words.hidden(who) or _cited(words, inside)
    retrieved = (words.words(inside.get("retrieved")), words.words(inside.get("retrieval")))
    return SourceView(
        number=f"S{source['number']}",
        anchor=f"s{source['number']}",
        citation=citation,
        facts=_facts(words, source),
        runs=_runs(inside),
        url=url if isinstance(url, str) and url.startswith(WEB) else "",
        repeats=f"S{repeats}" if isinstance(repeats, int) else "",
        retrieved=words.joined(*retrieved) if any(retrieved) else None,
        used_by=tuple((f"C-{one:02d}", f"c{one}") for one in words.rows(source.get("used_by"))),
    )


def _cited(words: Wording, inside: Mapping[str, Any]) -> Words:
    """An entry as the style writes it, in the language of the source."""
    tag = inside.get("language")
    cited = words.words(inside.get("citation"), tag if isinstance(tag, str) else "")
    return cited or words.words(inside.get("key")) or Said("—")


def _runs(inside: Mapping[str, Any]) -> Runs:
    cited, found, italic = inside.get("citation_html"), [], False
    for piece in ITALIC.split(cited) if isinstance(cited, str) else ():
        if ITALIC.fullmatch(piece):
            italic = piece == "<i>"
        elif piece:
            found.append((html.unescape(piece), italic))
    return tuple(found)


def _facts(words: Wording, source: Mapping[str, Any]) -> Text:
    letter, figure = source.get("reliability"), source.get("credibility")
    judged = words.label("Credibility", figure)
    return words.joined(
        words.text(CONFIDENTIAL) if source.get("confidential") is True else None,
        words.label("SourceKind", source.get("kind")),
        words.label("Tier", source.get("tier")),
        words.label("Lineage", source["lineage"]) if source.get("lineage") == "reprint" else None,
        words.say(RELIABILITY, letter=words.label("Reliability", letter)) if letter else None,
        words.say(CREDIBILITY, figure=words.words(str(figure)), words=judged) if figure else None,
    )


def short_name(words: Wording, source: Mapping[str, Any]) -> Words:
    """What a source is called in passing: its publisher, else its title, else its key."""
    who = source.get("identity")
    inside = words.within(who)
    for name in ("publisher", "title", "key"):
        if (found := words.words(inside.get(name))) is not None:
            return found
    return words.hidden(who) or Said("—")
