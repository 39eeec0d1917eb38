"""Publishers as reference data: who stands behind a source, known by any name and any address."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sources.columns import Words
from sources.vocabulary import SourceKind, Tier

FORMAT = "claim-desk/publishers/1"
TABLE = Path(__file__).with_name("publishers.toml")
HEAD = "[[publisher]]"
NEEDED = ("key", "names", "kind", "tier", "language")
KNOWN = {*NEEDED, "original", "aliases", "hosts", "country", "issn", "lei"}
FORMS = {
    "key": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    "language": re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    "country": re.compile(r"[A-Z]{2}"),
    "issn": re.compile(r"[0-9]{4}-[0-9]{3}[0-9X]"),
    "lei": re.compile(r"[0-9A-Z]{18}[0-9]{2}"),
    "host": re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[a-z0-9._~-]+)*"),
}
ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
VIA = re.compile(r"\s+via\s+", re.IGNORECASE)


class BrokenTable(Exception):
    """The table of publishers cannot be read; the message names the line and the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A body that publishes: its names, its addresses, and what its documents usually are.

    ``hosts`` are host names, perhaps with the beginning of a path; a source there is its unless a
    longer one is another's. ``country`` is ISO 3166-1 alpha-2 (EU for the Union's bodies),
    ``issn`` ISO 3297, ``lei`` ISO 17442.
    """

    key: str
    names: Words
    kind: SourceKind
    tier: Tier
    language: str
    original: str | None = None
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    country: str | None = None
    issn: str | None = None
    lei: str | None = None

    @property
    def called(self) -> set[str]:
        """Every name it goes by, folded."""
        names = (self.key, *self.names.values(), self.original or "", *self.aliases)
        return {folded(name) for name in names if name}


@dataclass(frozen=True, slots=True)
class Publishers:
    """The publishers of a table, found by key, by name and by address."""

    by_key: Mapping[str, Publisher]
    by_name: Mapping[str, Publisher]
    by_host: Mapping[str, Publisher]

    def __iter__(self) -> Iterator[Publisher]:
        """All of them, in the table's order."""
        return iter(self.by_key.values())

    def get(self, key: str | None) -> Publisher | None:
        """The publisher with a key."""
        return self.by_key.get(key or "")

    def named(self, name: str | None) -> Publisher | None:
        """The publisher that goes by a name.

        What stands in brackets behind a name is left out when nobody is called so, and of "A via
        B" it is B that published.
        """
        for form in _forms(folded(name or "")):
            if form in self.by_name:
                return self.by_name[form]
        return None

    def at(self, url: str | None) -> Publisher | None:
        """The publisher whose host an address has: the longest one that fits."""
        if not url:
            return None
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            return None
        for suffix in _suffixes(host):
            steps = [step for step in parts.path.split("/") if step]
            for length in range(min(len(steps), 3), -1, -1):
                place = "/".join((suffix, *steps[:length]))
                if place in self.by_host:
                    return self.by_host[place]
        return None

    def behind(self, name: str | None, url: str | None) -> Publisher | None:
        """The publisher of a source with this name and address; its name says more."""
        return self.named(name) or (None if name else self.at(url))


def folded(name: str) -> str:
    """A name as it is compared: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@cache
def publishers() -> Publishers:
    """The desk's own table."""
    return read_table(TABLE.read_text(encoding="utf-8"), TABLE.name)


def read_table(text: str, name: str = "publishers.toml") -> Publishers:
    """Read and check a table; raise BrokenTable naming the line and the entry that is wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BrokenTable(f"{name}: {problem}") from problem
    if document.get("format") != FORMAT:
        raise BrokenTable(f"{name}: the format must be {FORMAT}")
    entries = document.get("publisher", [])
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == HEAD]
    if not isinstance(entries, list) or len(lines) != len(entries):
        raise BrokenTable(f"{name}: each publisher must begin with a line {HEAD}")
    found = Publishers({}, {}, {})
    for line, entry in zip(lines, entries, strict=True):
        place = f"{name}, line {line}, {entry.get('key') or 'an entry without a key'}"
        _enter(found, _publisher(entry, place), place)
    return found


def _publisher(entry: Mapping[str, Any], place: str) -> Publisher:
    for name in NEEDED:
        if not entry.get(name):
            raise BrokenTable(f"{place}: {name} is missing")
    if unknown := set(entry) - KNOWN:
        raise BrokenTable(f"{place}: nothing is called {', '.join(sorted(unknown))}")
    for name in ("key", "language", "country", "issn", "lei"):
        _fits(name, entry.get(name), place)
    names = entry["names"]
    if not isinstance(names, dict) or not all(
        isinstance(names.get(tongue), str) and names[tongue].strip() for tongue in ("en", "zh")
    ):
        raise BrokenTable(f"{place}: names must hold en and zh")
    lists = {name: _list(entry, name, place) for name in ("aliases", "hosts")}
    for host in lists["hosts"]:
        _fits("host", host, place)
    plain: dict[str, Any] = {
        name: entry.get(name) for name in ("key", "original", "country", "issn", "lei")
    }
    try:
        kind, tier = SourceKind(entry["kind"]), Tier(entry["tier"])
    except ValueError as problem:
        raise BrokenTable(f"{place}: {problem}") from problem
    plain |= lists
    return Publisher(names=names, kind=kind, tier=tier, language=entry["language"], **plain)


def _list(entry: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    found = entry.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise BrokenTable(f"{place}: {name} must be a list of texts")
    return tuple(found)


def _fits(name: str, value: Any, place: str) -> None:
    if value is None:
        return
    if not isinstance(value, str) or not FORMS[name].fullmatch(value):
        raise BrokenTable(f"{place}: {name} cannot be {value}")
    if (name == "issn" and not _issn(value)) or (name == "lei" and not _lei(value)):
        raise BrokenTable(f"{place}: the check digit of {name} {value} is wrong")


def _enter(found: Publishers, publisher: Publisher, place: str) -> None:
    """Add a publisher; nothing may belong to two."""
    mappings = (
        ("key", found.by_key, {publisher.key}),
        ("name", found.by_name, publisher.called),
        ("host", found.by_host, set(publisher.hosts)),
    )
    for word, mapping, values in mappings:
        for value in sorted(values):
            if value in mapping:
                other = mapping[value].key
                raise BrokenTable(f"{place}: the {word} {value} is {other}'s already")
            mapping[value] = publisher  # type: ignore[index]


def _issn(value: str) -> bool:
    """Whether the check digit is right (ISO 3297, annex A: weights 8 to 1, modulo 11)."""
    digits = value.replace("-", "")
    return (
        sum(
            (8 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)
        )
        % 11
        == 0
    )


def _lei(value: str) -> bool:
    """Whether the check digits are right (ISO 17442 takes ISO/IEC 7064, MOD 97-10)."""
    return int("".join(str(int(sign, 36)) for sign in value)) % 97 == 1


def _forms(name: str) -> Iterator[str]:
    yield name
    bare = ASIDE.sub("", name)
    yield bare
    yield VIA.split(bare)[-1]


def _suffixes(host: str) -> Iterator[str]:
    labels = host.lower().split(".")
    for first in range(len(labels) - 1):
        yield ".".join(labels[first:])
