"""BibTeX as BibLaTeX writes it, and as Zotero and Better BibTeX export it, written and read."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry as Block
from bibtexparser.model import ParsingFailedBlock, String

from sources import edtf
from sources.exchange import bibtex_names, latex
from sources.exchange.entries import Entry, Item, Reading, Unread, limited

START = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
ARTICLES = frozenset({"article-journal", "article-magazine", "article-newspaper"})
IN_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
LONGEST_VALUE = 20_000
"""Characters of a value with its abbreviations written out."""
ENTRY_TYPES = {
    **dict.fromkeys(ARTICLES, "article"),
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "online",
}
CSL_TYPES = {
    **{entry: kind for kind, entry in reversed(ENTRY_TYPES.items())},
    "article": "article-journal",
    "collection": "book",
    "conference": "paper-conference",
    "electronic": "webpage",
    "inbook": "chapter",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "webpage",
    "mvbook": "book",
    "newspaper": "article-newspaper",
    "online": "webpage",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "techreport": "report",
    "www": "webpage",
}
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
FIELDS = {
    "collection-title": "series",
    "volume": "volume",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "location",
    "genre": "type",
    "event-title": "eventtitle",
    "event-place": "venue",
    "archive": "library",
    "medium": "howpublished",
    "ISBN": "isbn",
    "ISSN": "issn",
}
CSL_NAMES = {name: csl for csl, name in FIELDS.items()} | {
    "address": "publisher-place",
    "institution": "publisher",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "maintitle": "container-title",
    "organization": "publisher",
    "school": "publisher",
}
NAMED = ("author", "editor", "translator")
BROKEN = {
    "zh": "条目的括号、引号或逗号不完整，读不出来。",
    "en": "A brace, a quotation mark or a comma of the entry is missing.",
}
TWICE = {
    "zh": "同一文件里另有一个条目用了这个键。",
    "en": "Another entry of the file has this key.",
}
LONG = {"zh": "缩写展开后太长。", "en": "Its abbreviations are too long when written out."}

# What it cannot read is told to the person who imports, not to the log.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def write(items: Iterable[Item]) -> str:
    """Return items as a file."""
    return "\n".join(_written(item) for item in items)


def read(text: str) -> Reading:
    """Read a file; an entry that is none is named with its line."""
    limited(sum(1 for _match in START.finditer(text)))
    library, reading = parse_string(text, parse_stack=[]), Reading()
    strings: dict[str, str | None] = {}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, String):
            strings[block.key.lower()] = _value(block.value, strings)
        elif isinstance(block, ParsingFailedBlock):
            twice = type(block).__name__.startswith("Duplicate")
            reading.unread.append(Unread(line, TWICE if twice else BROKEN))
        elif isinstance(block, Block):
            _take(block, line, strings, reading)
    return reading


def _take(block: Block, line: int, strings: Mapping[str, str | None], reading: Reading) -> None:
    fields: dict[str, str] = {}
    for one in block.fields:
        value = _value(str(one.value), strings)
        if value is None:
            reading.unread.append(Unread(line, LONG, block.key))
            return
        fields.setdefault(one.key.lower(), value)
    reading.entries.append(Entry(line, block.key, _item(block.entry_type.lower(), fields)))


def _value(stated: str, strings: Mapping[str, str | None]) -> str | None:
    """A value with its abbreviations and ``#``; None where it grows beyond all measure."""
    found, size = [], 0
    for piece in _pieces(stated.strip()):
        if piece[:1] in {"{", '"'} and len(piece) > 1:
            found.append(piece[1:-1])
        else:
            known = strings.get(piece.lower(), piece)
            if known is None:
                return None
            found.append(known)
        size += len(found[-1])
        if size > LONGEST_VALUE:
            return None
    return "".join(found)


def _pieces(stated: str) -> Iterator[str]:
    """The parts of a value between ``#`` outside braces and quotation marks."""
    if "#" not in stated:
        yield stated
        return
    depth, quoted, start = 0, False, 0
    for place, sign in enumerate(stated):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield stated[start:place].strip()
            start = place + 1
    yield stated[start:].strip()


def _item(entry_type: str, fields: Mapping[str, str]) -> Item:
    kind = latex.decoded(fields.get("csl-type", "")) or CSL_TYPES.get(entry_type, "webpage")
    if entry_type == "article" and "csl-type" not in fields:
        kind = SUBTYPES.get(fields.get("entrysubtype", ""), kind)
    item: dict[str, Any] = {"type": kind}
    for name, value in fields.items():
        if name in NAMED:
            item[name] = bibtex_names.read(value)
        elif name.startswith("csl-"):
            item.setdefault(name.removeprefix("csl-"), latex.decoded(value))
        elif name in CSL_NAMES:
            item.setdefault(CSL_NAMES[name], latex.decoded(value))
    item |= _marked(fields, kind)
    if entry_type in {"phdthesis", "mastersthesis"}:
        item.setdefault("genre", "PhD thesis" if entry_type == "phdthesis" else "Master's thesis")
    return item


def _marked(fields: Mapping[str, str], kind: str) -> dict[str, Any]:
    """The fields whose text is not simply the source's: title, numbers, dates, addresses."""
    found: dict[str, Any] = {}
    title, subtitle = (latex.decoded(fields.get(name, "")) for name in ("title", "subtitle"))
    found["title"] = f"{title}: {subtitle}" if title and subtitle else title or subtitle
    if "number" in fields:
        found["issue" if kind in ARTICLES else "number"] = latex.decoded(fields["number"])
    if "issue" in fields:
        found["issue"] = latex.decoded(fields["issue"])
    if "pages" in fields:
        found["page"] = re.sub(r"[-–—]+", "-", latex.decoded(fields["pages"]))
    found["URL"] = (
        latex.from_raw(fields.get("url", "")).removeprefix("\\url{").removesuffix("}") or None
    )
    found["DOI"] = latex.from_raw(fields.get("doi", "")) or None
    tag = latex.decoded(fields.get("language", "")) or latex.decoded(fields.get("langid", ""))
    found["language"] = tag or None
    found["issued"] = _date(fields.get("date", "") or _year(fields))
    found["accessed"] = _date(fields.get("urldate", ""))
    return {name: value for name, value in found.items() if value}


MONTHS = {name[:3].lower(): number for number, name in enumerate(edtf.MONTHS, start=1)}


def _year(fields: Mapping[str, str]) -> str:
    year = latex.decoded(fields.get("year", "")).strip()
    month = latex.decoded(fields.get("month", "")).strip().lower()
    number = int(month) if month.isdecimal() and len(month) < 3 else MONTHS.get(month[:3])  # noqa: PLR2004 - two digits
    return f"{year}-{number:02}" if number else year


def _date(text: str) -> dict[str, Any] | None:
    """A date: BibLaTeX's own are EDTF, where ``~`` is no space, perhaps with a time."""
    text = re.sub(r"T[0-9:.Z+-]+|[{}]", "", text.strip())
    return {"raw": text} if edtf.is_date(text) else None


def _written(item: Item) -> str:
    kind = str(item.get("type", "webpage"))
    pairs = [(name, value) for name, value in _pairs(item, kind) if value]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in pairs)
    key = re.sub(r"[^A-Za-z0-9_.:/+-]", "-", str(item.get("id", ""))) or "source"
    return f"@{ENTRY_TYPES.get(kind, 'misc')}{{{key},\n{lines}}}\n"


def _pairs(item: Item, kind: str) -> Iterator[tuple[str, str | None]]:
    yield "csl-type", latex.escaped(kind)
    yield "title", _text(item, "title")
    for name in NAMED:
        yield name, bibtex_names.write(item.get(name, []))
    in_book = "booktitle" if kind in IN_BOOKS else "csl-container-title"
    yield ("journaltitle" if kind in ARTICLES else in_book), _text(item, "container-title")
    for csl, name in FIELDS.items():
        yield name, _text(item, csl)
    article = kind in ARTICLES
    yield "number", _text(item, "issue" if article else "number")
    yield ("csl-number", _text(item, "number")) if article else ("issue", _text(item, "issue"))
    yield "csl-archive_location", _text(item, "archive_location")
    yield "pages", _text(item, "page")
    yield "doi", latex.raw(str(item.get("DOI", "")))
    yield "url", latex.raw(str(item.get("URL", "")))
    yield "date", edtf.from_csl(item.get("issued"))
    yield "urldate", edtf.from_csl(item.get("accessed"))
    yield "language", _text(item, "language")


def _text(item: Item, name: str) -> str | None:
    value = item.get(name)
    return latex.escaped(" ".join(str(value).split())) if value else None
