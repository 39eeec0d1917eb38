"""What one entry of a foreign file says of a source, and the limits such a file has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sources import edtf, names
from sources.columns import Words
from sources.csl_fields import KIND_OF, NAMES, PLAIN, TYPES
from sources.documents.document import line
from sources.errors import TooLarge
from sources.registry import Facts
from sources.vocabulary import SourceKind

LARGEST = 5 * 2**20
"""Bytes of a file that is read."""
MOST = 5000
"""Entries of a file that is read."""
LINES = ("title", "publisher")
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
TYPE_ALIASES = {
    "article": "article-journal",
    "document": "webpage",
    "graphic": "map",
    "legal-case": "legal_case",
    "review": "article-journal",
    "song": "broadcast",
}
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """An entry as it was read: the line it begins in, its key, and its item of CSL-JSON."""

    line: int
    key: str
    item: Item


@dataclass(frozen=True)
class Unread:
    """An entry that could not be read, and why."""

    line: int
    why: Words
    key: str = ""


@dataclass
class Reading:
    """A file's entries in order, and those that are none."""

    entries: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def limited(count: int) -> None:
    """Raise TooLarge for a file with more entries than are read."""
    if count > MOST:
        raise TooLarge(
            "import_entries",
            {
                "zh": f"文件有 {count} 个条目，一次最多读入 {MOST} 个。请分成几个文件。",
                "en": f"The file has {count} entries; at most {MOST} are read at once. Split it.",
            },
            "file",
        )


def facts_of(item: Item) -> Facts:
    """Return what an item of CSL-JSON says of a source, as the register takes it."""
    kind = csl_type(item.get("type"))
    stated: Facts = {
        "kind": KIND_OF.get(kind, SourceKind.OTHER),
        "authors": names.written(_people(item.get("author"))),
        "title": text_of(item.get("title")) or None,
        "publisher": text_of(item.get("publisher")) or None,
        "url": text_of(item.get("URL")) or None,
        "issued": edtf.from_csl(item.get("issued")),
        "language": language_of(item.get("language")),
    }
    fields: dict[str, str | None] = {"type": kind}
    for name in (*PLAIN, "DOI", "ISBN", "ISSN"):
        fields[name] = text_of(item.get(name))
    if fields["container-title"] == stated["publisher"]:
        # The paper or site a work stands in is its publisher, and needs no second field.
        fields["container-title"] = None
    for name in NAMES:
        fields[name] = names.written(_people(item.get(name)))
    fields["accessed"] = edtf.from_csl(item.get("accessed"))
    stated["csl"] = {name: value for name, value in fields.items() if value}
    return stated


def csl_type(stated: Any) -> str:
    """Return a type the desk knows."""
    name = str(stated or "")
    name = TYPE_ALIASES.get(name, name)
    return name if name in TYPES else "webpage"


def text_of(value: Any) -> str:
    """Return a value as one line; markup that CSL-JSON allows in titles goes, and what is unseen.

    JSON can spell characters that no database takes: NUL, and halves of others.
    """
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return line(re.sub(r"</?(?:i|b|sub|sup|sc|span)(?: [^<>]{0,80})?>", "", str(value))) or ""


def language_of(value: Any) -> str | None:
    """Return a language tag; a name of a language that has none is left out."""
    tag = text_of(value).replace("_", "-")
    if tag.casefold() in LANGUAGES:
        return LANGUAGES[tag.casefold()]
    if TAG.fullmatch(tag) is None:
        return None
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *rest])


LANGUAGES = {
    "american": "en-US",
    "arabic": "ar",
    "british": "en-GB",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "ngerman": "de",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "ukenglish": "en-GB",
    "usenglish": "en-US",
    "中文": "zh",
    "英文": "en",
}
"""Names of languages (those of BibLaTeX's ``langid`` among them) and their tags."""


def _people(value: Any) -> Sequence[Mapping[str, str]]:
    if not isinstance(value, list):
        return []
    return [
        {str(part): text_of(text) for part, text in one.items()}
        for one in value
        if isinstance(one, dict)
    ]
