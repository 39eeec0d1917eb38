"""What a web page says about itself: title, authors, site, day and language, from JSON-LD and meta.

Sources: schema.org Article, the Open Graph protocol, Dublin Core in HTML, HTML's own ``lang``.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from sources import names
from sources.documents.document import CONTROLS, readable
from sources.names import Name

LONGEST = 200
MOST_AUTHORS = 10
LONGEST_LINE = 1_000
"""Characters of all authors together."""
DEEPEST = 6
DAY = re.compile(r"\s*(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?", re.ASCII)
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.ASCII)
BETWEEN_NAMES = re.compile("[、,，;；]")
SIGNED_BY = re.compile("^(?:作者|文|(?:本报|本刊|本网)?记者)[:：/ ]+")
NAME_LENGTHS = range(2, 5)
"""Characters of a Chinese, Japanese or Korean name that stands beside others."""
KINDS = re.compile(r"Article|Posting|Report|WebPage")
TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
SCHOLARS = ("citation_author",)
AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl")
SITES = (
    "og:site_name",
    "dc.publisher",
    "citation_publisher",
    "citation_journal_title",
    "application-name",
)
DAYS = (
    "article:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dc.date",
    "dcterms.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "article:create_at",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page states; None where it states nothing that can be read."""

    title: str | None
    byline: str | None
    published: str | None
    language: str | None
    publisher: str | None = None
    authors: str | None = None


def facts(root: html.HtmlElement) -> Facts:
    """Return what a page states about itself."""
    stated, metas = list(_linked_data(root)), _metas(root)
    return Facts(
        title=_first([*_values(stated, "headline"), *_named(metas, TITLES), *_titles(root)]),
        byline=_byline([*_authors(stated), *_named(metas, AUTHORS), *_signed(root)]),
        published=_day([*_values(stated, "datePublished"), *_named(metas, DAYS), *_moments(root)]),
        language=_language([root.get("lang"), *_named(metas, ("content-language", "og:locale"))]),
        publisher=_first([*_publishers(stated), *_named(metas, SITES)]),
        authors=_line_of_names([_people(stated), _listed(metas), _unknown(_signed(root))]),
    )


def _linked_data(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The things a page describes in JSON-LD that are articles; what cannot be read is skipped."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                found = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            yield from (thing for thing in _things(found) if KINDS.search(str(thing.get("@type"))))


def _things(found: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(found, dict):
        yield found
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(found.get(name), depth + 1)
    elif isinstance(found, list):
        for one in found:
            yield from _things(one, depth + 1)


def _metas(root: html.HtmlElement) -> list[tuple[str, str]]:
    return [
        (name.strip().lower(), meta.get("content") or "")
        for meta in root.iter("meta")
        for name in (meta.get("property"), meta.get("name"), meta.get("itemprop"),
                     meta.get("http-equiv"))
        if name
    ]  # fmt: skip


def _named(metas: list[tuple[str, str]], names: tuple[str, ...]) -> Iterator[str]:
    """The contents of meta tags, in the order of the names."""
    for wanted in names:
        yield from (content for name, content in metas if name == wanted)


def _values(things: list[dict[str, Any]], name: str) -> Iterator[str]:
    yield from (value for thing in things if isinstance(value := thing.get(name), str))


def _publishers(things: list[dict[str, Any]]) -> Iterator[str]:
    """The names of the bodies that publish the things; a page may give a name or a thing."""
    for thing in things:
        given = thing.get("publisher")
        name = given.get("name") if isinstance(given, dict) else given
        if isinstance(name, str) and "://" not in name:
            yield name


def _authors(things: list[dict[str, Any]]) -> Iterator[str]:
    """The names of people and bodies; a page may give a name, a thing or a list of either."""
    for thing in things:
        given = thing.get("author")
        for one in given if isinstance(given, list) else [given]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str):
                yield name
        if given:
            return


def _people(things: list[dict[str, Any]]) -> list[Name]:
    """The authors by what the page says they are: a person's name has parts, a body's has none."""
    for thing in things:
        given = thing.get("author")
        found = [_who(one) for one in (given if isinstance(given, list) else [given])]
        if given:
            return [name for name in found if name]
    return []


def _who(one: Any) -> Name:
    """A person or body; nothing for what has no name."""
    name = one.get("name") if isinstance(one, dict) else one
    if not isinstance(name, str):
        return {}
    if not isinstance(one, dict) or "Person" not in str(one.get("@type")):
        return {"literal": _line(name)}
    family, first = one.get("familyName"), one.get("givenName")
    if isinstance(family, str) and isinstance(first, str) and family.strip():
        return {"family": _line(family), "given": _line(first)}
    return names.spoken(_line(name).removeprefix("By ").removeprefix("by "))


def _listed(metas: list[tuple[str, str]]) -> list[Name]:
    """The authors of the meta tags; those for scholars name people."""
    people = [names.spoken(_line(name)) for name in _named(metas, SCHOLARS)]
    return people or _unknown(_named(metas, AUTHORS))


def _unknown(found: Iterable[str]) -> list[Name]:
    """Names of which nobody says whether they are a person's: they stay as they are printed.

    A line of Chinese names is parted where it parts them: ``李明、王芳`` are two people.
    """
    lines = (_line(name) for name in found)
    return [{"literal": one} for line in lines if line for one in _parted(line)]


def _parted(line: str) -> list[str]:
    """The names of a line in a script without spaces; any other line is one name."""
    found = [part.strip() for part in BETWEEN_NAMES.split(SIGNED_BY.sub("", line))]
    short = all(len(part) in NAME_LENGTHS and names.is_unspaced(part) for part in found)
    return found if short else [line]


def _line_of_names(groups: Iterable[list[Name]]) -> str | None:
    """Write the authors that the first of several places gives, once each, as many as fit."""
    for group in groups:
        lines = dict.fromkeys(names.written([one]) for one in group if _is_name(one))
        found = [line for line in lines if line][:MOST_AUTHORS]
        while len("; ".join(found)) > LONGEST_LINE:
            found.pop()
        if found:
            return "; ".join(found)
    return None


def _is_name(name: Name) -> bool:
    """Whether it can be one: no address of a profile, and no half page of text."""
    return not any("://" in part or len(part) > LONGEST for part in name.values())


def _titles(root: html.HtmlElement) -> Iterator[str]:
    headings = [_words(node) for node in root.iter("h1")]
    if len(headings) == 1:
        yield headings[0]
    yield from (_words(node) for node in root.iter("title"))


def _signed(root: html.HtmlElement) -> Iterator[str]:
    for node in root.iter("a", "span", "address"):
        if node.get("rel") == "author" or node.get("itemprop") == "author":
            yield _words(node)


def _moments(root: html.HtmlElement) -> Iterator[str]:
    """The day of a ``time`` element that says it is the day of publication, or is the only one."""
    times = [node for node in root.iter("time") if node.get("datetime")]
    said = [node for node in times if "pubdate" in node.attrib
            or node.get("itemprop") == "datePublished"]  # fmt: skip
    for node in said or (times if len(times) == 1 else []):
        yield node.get("datetime") or ""


def _words(node: html.HtmlElement) -> str:
    return " ".join("".join(node.itertext()).split())


def _first(values: list[str]) -> str | None:
    found = (_line(value) for value in values)
    return next((value[:LONGEST] for value in found if value), None)


def _line(value: str) -> str:
    """Return words in one line, without characters that cannot stand in any."""
    return readable(" ".join(CONTROLS.sub("", value).split()))


def _byline(values: list[str]) -> str | None:
    """Return the authors' names once each; an address of a profile is no name."""
    names = dict.fromkeys(_line(value) for value in values)
    kept = [name for name in names if name and "://" not in name][:MOST_AUTHORS]
    return "; ".join(kept)[:LONGEST] or None


def _day(values: list[str]) -> str | None:
    return next((day for value in values if (day := _as_day(value))), None)


def _as_day(value: str) -> str | None:
    """Return the day of a date or moment as the page writes it, in its own time zone."""
    match = DAY.match(value)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        known = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return known.isoformat()[: 10 if day else 7 if month else 4]


def _language(values: list[str | None]) -> str | None:
    found = (TAG.fullmatch((value or "").strip()) for value in values)
    return next((match[0].replace("_", "-") for match in found if match), None)
