"""The source list: each entry in the chosen citation style, with its kind, nearness and address."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.parts import SourceView
from app.exports.view.text import Said, Words
from app.exports.view.wording import Wording


def source_view(words: Wording, source: Mapping[str, Any], place: int) -> SourceView:
    """One entry of the list; ``place`` is its number there, also where all of it is withheld."""
    if hidden := words.hidden(source):
        return SourceView(f"S{place}", f"s{place}", hidden, "", words.same(""), "", None)
    url, repeats = source.get("url"), source.get("derived_from")
    return SourceView(
        number=f"S{source['number']}",
        anchor=f"s{source['number']}",
        citation=citation(words, source),
        url=url if isinstance(url, str) else "",
        facts=words.joined(
            words.label("SourceKind", source.get("kind")),
            words.label("Tier", source.get("tier")),
        ),
        repeats=f"S{repeats}" if isinstance(repeats, int) else "",
        retrieved=words.words(source.get("retrieval")),
    )


def citation(words: Wording, source: Mapping[str, Any]) -> Words:
    """An entry as the style writes it, else publisher, title and date side by side."""
    cited = words.words(source.get("citation"))
    if cited is not None:
        return cited
    known = [words.words(source.get(name)) for name in ("publisher", "title", "issued")]
    if all(part is None or isinstance(part, Said) for part in known):
        told = " · ".join(part.words for part in known if isinstance(part, Said))
        return Said(told or str(source.get("key", "")), str(source.get("language") or ""))
    return words.joined(*known)


def short_name(words: Wording, source: Mapping[str, Any]) -> Words:
    """What a source is called in passing: its publisher, else its title, else its key."""
    for name in ("publisher", "title", "key"):
        if (found := words.words(source.get(name))) is not None:
            return found
    return words.hidden(source) or Said("")
