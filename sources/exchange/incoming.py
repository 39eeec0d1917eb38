"""Taking a foreign file in: what each entry would do to the register, and doing what was said."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from sources.batches import batched
from sources.columns import Words
from sources.csl_fields import FIELDS
from sources.errors import Conflict, Refused
from sources.exchange.entries import Entry, Reading, Unread, facts_of
from sources.families import survivor
from sources.keys import is_key
from sources.models import Source
from sources.registry import Facts, add_source, checked_facts, edit_source
from sources.urls import spellings
from sources.veil import withheld
from sources.vocabulary import Tier

COLUMNS = ("title", "authors", "publisher", "url", "issued", "language")
NAMELESS: Words = {
    "zh": "既没有网址，也没有标题或出版者。",
    "en": "It has neither an address nor a title nor a publisher.",
}
REPEATED: Words = {
    "zh": "同一文件前面的条目已是这个来源。",
    "en": "An earlier entry of the file is this source already.",
}


class Choice(StrEnum):
    """What is done with an entry: nothing; it is added; gaps are filled; all of it is taken."""

    LEAVE = "leave"
    ADD = "add"
    FILL = "fill"
    REPLACE = "replace"


Seen = tuple[uuid.UUID, int]
"""A source, and the version of it that a person compared with an entry."""


@dataclass(frozen=True)
class Difference:
    """A field in which an entry differs from the source on record."""

    name: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Incoming:
    """An entry that can be taken, the source it is known as, and where the two differ."""

    entry: Entry
    facts: Facts
    known: Source | None = None
    by: str = ""
    differences: Sequence[Difference] = ()

    @property
    def seen(self) -> Seen | None:
        """The source it is known as, and the version of that which is compared."""
        return (self.known.id, self.known.version) if self.known is not None else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be done with it, what is done unasked first."""
        if self.known is None:
            return (Choice.ADD, Choice.LEAVE)
        if not self.differences:
            return (Choice.LEAVE,)
        gaps = any(not one.ours for one in self.differences)
        return (Choice.LEAVE, *((Choice.FILL,) if gaps else ()), Choice.REPLACE)


@dataclass
class Preview:
    """All entries of a file: those that can be taken, and those that cannot, with their lines."""

    incoming: list[Incoming] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many entries are not on record."""
        return sum(one.known is None for one in self.incoming)


@dataclass
class Taken:
    """What an import did."""

    added: list[Source] = field(default_factory=list)
    changed: list[Source] = field(default_factory=list)
    left: int = 0


def preview(session: Session, reading: Reading) -> Preview:
    """Return what an import would do; nothing is written."""
    found = Preview(unread=list(reading.unread))
    read: list[tuple[Entry, Facts]] = []
    for entry in reading.entries:
        try:
            known: Any = checked_facts(facts_of(entry.item))
        except Refused as problem:
            found.unread.append(Unread(entry.line, problem.message, entry.key))
            continue
        if any(known.get(name) for name in ("url", "title", "publisher")):
            read.append((entry, known))
        else:
            found.unread.append(Unread(entry.line, NAMELESS, entry.key))
    register, seen = _Register(session, read), set[str]()
    for entry, facts in read:
        marks = register.marks(entry, facts)
        if marks & seen:
            found.unread.append(Unread(entry.line, REPEATED, entry.key))
            continue
        seen |= marks
        known, by = register.known(entry, facts)
        shown = known is not None and not known.confidential
        differences = differing(known, facts) if known is not None and shown else ()
        found.incoming.append(Incoming(entry, facts, known, by, differences))
    found.unread.sort(key=lambda one: one.line)
    return found


def take_in(
    session: Session,
    found: Preview,
    choices: Mapping[int, Choice],
    *,
    by: str,
    seen: Mapping[int, Seen] | None = None,
) -> Taken:
    """Do what was said for each entry, by its place in the preview; unsaid is the first choice.

    ``seen`` says, for the entries that change a source, what was compared; it is left out where
    nothing could come between. Raises Conflict where that is no longer what stands, and what the
    register raises; the caller's transaction then holds none of it.
    """
    taken = Taken()
    if seen is not None:
        _refuse_changed(found, choices, seen)
    for place, one in enumerate(found.incoming):
        choice = choices.get(place, one.choices[0])
        if choice not in one.choices or choice is Choice.LEAVE:
            taken.left += 1
        elif one.known is None:
            taken.added.append(_added(session, one, by=by))
        else:
            facts = _chosen(one.known, one.facts, all_of_it=choice is Choice.REPLACE)
            taken.changed.append(edit_source(session, one.known, seen=None, **facts))
    session.flush()
    return taken


def _refuse_changed(
    found: Preview, choices: Mapping[int, Choice], seen: Mapping[int, Seen]
) -> None:
    """Raise Conflict where a source that an entry would change is not what was compared."""
    changing = [
        one
        for place, one in enumerate(found.incoming)
        if choices.get(place) in {Choice.FILL, Choice.REPLACE} and seen.get(place) != one.seen
    ]
    if not changing:
        return
    names = [one.known.title or one.known.key for one in changing if one.known is not None]
    raise Conflict(
        "import_stale",
        {
            "zh": "您看过预览之后，别人改过文件里的条目所对应的来源"
            + (f"（{'、'.join(names)}）" if names else "")
            + "。什么都没有写入；下面对照的是它们现在的内容，请重新选择。",
            "en": "Somebody changed what entries of the file are compared with after you saw them"
            + (f" ({', '.join(names)})" if names else "")
            + ". Nothing was written; below they are compared as they stand now: choose again.",
        },
    )


def differing(known: Source, facts: Facts) -> list[Difference]:
    """The fields an entry states otherwise than the source; one it leaves out is no difference."""
    ours, theirs = _values(known.csl or {}, known), _values(facts.get("csl") or {}, facts)
    return [
        Difference(name, ours.get(name, ""), value)
        for name, value in theirs.items()
        if value and value != ours.get(name, "") and name != "type"
    ]


def _values(csl: Mapping[str, str], rest: Any) -> dict[str, str]:
    read = rest.get if isinstance(rest, dict) else lambda name: getattr(rest, name)
    return {name: read(name) or "" for name in COLUMNS} | {
        name: csl.get(name, "") for name in FIELDS
    }


def _chosen(known: Source, facts: Facts, *, all_of_it: bool) -> Facts:
    """The facts that change a source: all that differ, or only where it has nothing."""
    csl, columns = dict(known.csl or {}), {}
    for one in differing(known, facts):
        if one.ours and not all_of_it:
            continue
        if one.name in COLUMNS:
            columns[one.name] = one.theirs
        else:
            csl[one.name] = one.theirs
    chosen: Any = {**columns, "csl": csl or None}
    stated: Facts = chosen
    return stated


def _added(session: Session, one: Incoming, *, by: str) -> Source:
    """The entry's own key names the source where it can, so that the file is known again."""
    facts: Any = {"tier": Tier.POINTER, **one.facts}
    wanted = one.entry.key if is_key(one.entry.key) else None
    taken = wanted and session.scalar(select(Source.id).where(Source.key == wanted))
    return add_source(session, by=by, repeat=True, key=None if taken else wanted, **facts)


class _Register:
    """The sources an import's entries may be known as: by DOI, by address or by key."""

    def __init__(self, session: Session, read: Sequence[tuple[Entry, Facts]]) -> None:
        dois = {_doi(facts) for _entry, facts in read} - {""}
        self.dois = {
            source.csl["DOI"].casefold(): source
            for source in (_with_fields(session) if dois else ())
            if source.csl and source.csl.get("DOI", "").casefold() in dois
        }
        addresses = {url for _entry, facts in read for url in _addresses(facts)}
        self.urls = {
            source.url: source for source in _matching(session, Source.url, addresses) if source.url
        }
        keys = {entry.key for entry, _facts in read if entry.key}
        self.keys = {source.key: source for source in _matching(session, Source.key, keys)}

    def known(self, entry: Entry, facts: Facts) -> tuple[Source | None, str]:
        """The source an entry is, and by what that was seen; merged entries are what stands now."""
        found, by = self._known(entry, facts)
        return (survivor(found) if found is not None else None), by

    def _known(self, entry: Entry, facts: Facts) -> tuple[Source | None, str]:
        doi = self.dois.get(_doi(facts))
        if doi is not None:
            return doi, "DOI"
        for url in _addresses(facts):
            if url in self.urls:
                return self.urls[url], "url"
        key = self.keys.get(entry.key)
        return (key, "key") if key is not None else (None, "")

    def marks(self, entry: Entry, facts: Facts) -> set[str]:
        """What two entries of one file may not share."""
        known, _by = self.known(entry, facts)
        found = {f"doi {_doi(facts)}"} if _doi(facts) else set()
        if facts.get("url"):
            found.add(f"url {facts['url']}")
        return found | ({f"key {known.key}"} if known is not None else set())


def _doi(facts: Facts) -> str:
    return (facts.get("csl") or {}).get("DOI", "").casefold()


def _addresses(facts: Facts) -> Sequence[str]:
    url = facts.get("url")
    return list(spellings(url)) if url else []


def _with_fields(session: Session) -> Iterable[Source]:
    known = Source.csl.is_not(None), *_seen(session)
    return session.scalars(select(Source).where(*known).order_by(Source.id.desc()))


def _seen(session: Session) -> tuple[ColumnElement[bool], ...]:
    """What an entry may be known as: nothing the person may not know, however well they guess."""
    return (Source.id.not_in(withheld(session)),)


def _matching(session: Session, column: Any, values: Iterable[str]) -> list[Source]:
    found: list[Source] = []
    for some in batched(sorted(values)):
        found += session.scalars(select(Source).where(column.in_(some), *_seen(session)))
    return found
