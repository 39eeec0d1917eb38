"""RIS as Zotero, EndNote and the libraries' catalogues export it, written and read."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import rispy
from rispy.parser import ParseError

from sources import edtf, names
from sources.exchange.entries import Entry, Item, Reading, Unread, limited
from sources.names import Name, is_unspaced

START = re.compile(r"^\s*TY\s{1,2}-", re.MULTILINE)
END = re.compile(r"^\s*ER\s{1,2}-")
TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
CSL_TYPES = {ris: csl for csl, ris in TYPES.items()} | {
    "CONF": "paper-conference",
    "EBOOK": "book",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "GEN": "webpage",
    "ICOMM": "personal_communication",
    "JFULL": "article-journal",
    "WEB": "webpage",
}
TEXTS = {
    "TI": "title",
    "T2": "container-title",
    "T3": "collection-title",
    "PB": "publisher",
    "CY": "publisher-place",
    "VL": "volume",
    "IS": "issue",
    "ET": "edition",
    "DO": "DOI",
    "UR": "URL",
    "LA": "language",
    "M3": "genre",
    "DB": "archive",
    "AN": "archive_location",
    "C1": "event-place",
    "C2": "medium",
    "C3": "event-title",
    "M1": "number",
}
NAMED = {"AU": "author", "A2": "editor", "A4": "translator"}
READ_AS = {
    "title": "TI",
    "primary_title": "TI",
    "secondary_title": "T2",
    "journal_name": "T2",
    "alternate_title3": "T2",
    "tertiary_title": "T3",
    "publisher": "PB",
    "place_published": "CY",
    "volume": "VL",
    "number": "IS",
    "edition": "ET",
    "doi": "DO",
    "language": "LA",
    "type_of_work": "M3",
    "name_of_database": "DB",
    "accession_number": "AN",
    "custom1": "C1",
    "custom2": "C2",
    "custom3": "C3",
    "note": "M1",
}
"""The names rispy gives to tags that are one text."""
PEOPLE = {
    "authors": "author",
    "first_authors": "author",
    "secondary_authors": "editor",
    "subsidiary_authors": "translator",
}
OWN = re.compile(r"CSL (type|ISSN|author|editor|translator): (.+)")
"""A note of ours that keeps what RIS has no tag for."""
PAGES = re.compile(r"([0-9A-Za-z]+)-([0-9A-Za-z]+)")
ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]\b")
NO_TYPE = {
    "zh": "条目应以 TY 开头，以 ER 结尾。",
    "en": "An entry begins with TY and ends with ER.",
}


def write(items: Iterable[Item]) -> str:
    """Return items as a file."""
    return "".join(_written(item) for item in items)


def read(text: str) -> Reading:
    """Read a file; what is no entry is named with its line."""
    limited(sum(1 for _match in START.finditer(text)))
    reading = Reading()
    for line, record in _records(text):
        try:
            found = rispy.loads(
                "\n".join(record) + "\n", skip_unknown_tags=True, delimiter_tags_mapping={}
            )
        except (ParseError, OSError, ValueError):
            found = []
        if len(found) != 1 or "type_of_reference" not in found[0]:
            reading.unread.append(Unread(line, NO_TYPE))
            continue
        reading.entries.append(Entry(line, str(found[0].get("id", "")), _item(found[0])))
    return reading


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each entry's lines with the number of its first."""
    record: list[str] = []
    start = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if START.match(line) and record:
            yield start, record
            record = []
        if not record and not line.strip():
            continue
        start = start if record else number
        record.append(line)
        if END.match(line):
            yield start, record
            record = []
    if record:
        yield start, record


def _item(found: dict[str, Any]) -> Item:
    own = {match[1]: match[2] for note in found.get("notes", []) if (match := OWN.fullmatch(note))}
    kind = own.get("type") or CSL_TYPES.get(str(found["type_of_reference"]).strip(), "webpage")
    item: dict[str, Any] = {"type": kind}
    for name, tag in READ_AS.items():
        if found.get(name):
            item.setdefault(TEXTS[tag], found[name])
    for name, role in PEOPLE.items():
        if role in own:
            item[role] = names.read(own[role])
        elif found.get(name):
            item.setdefault(role, [_name(text) for text in found[name]])
    item |= _numbers(found, own)
    stated = found.get("date") or found.get("year") or found.get("publication_year") or ""
    item["issued"] = _date(str(stated))
    item["accessed"] = _date(str(found.get("access_date", "")))
    return {name: value for name, value in item.items() if value}


def _numbers(found: dict[str, Any], own: dict[str, str]) -> dict[str, Any]:
    """The address, the pages and the numbers of a record."""
    pages = [str(found[name]) for name in ("start_page", "end_page") if found.get(name)]
    item = {"URL": (found.get("urls") or [""])[0], "page": "-".join(pages)}
    if number := str(found.get("issn", "")):
        item["ISSN" if ISSN.match(number) and "ISSN" not in own else "ISBN"] = number
    return item | ({"ISSN": own["ISSN"]} if "ISSN" in own else {})


def _date(text: str) -> dict[str, Any] | None:
    """``2025/03/11/``; behind the third stroke stands what the first three parts cannot say."""
    parts = text.strip().split("/", 3)
    rest = parts[3].strip() if len(parts) == 4 else ""  # noqa: PLR2004 - year, month, day, rest
    day = "-".join(part.strip().zfill(2) for part in parts[:3] if part.strip())
    known = (said for said in (rest, day, text.strip()) if edtf.is_date(said))
    return next(({"raw": said} for said in known), None)


def _name(text: str) -> Name:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and all(parts) and not is_unspaced(text.replace(",", "")):  # noqa: PLR2004 - family, given
        return {"family": parts[0], "given": parts[1]}
    if len(parts) == 3 and all(parts):  # noqa: PLR2004 - family, given, suffix
        return {"family": parts[0], "given": parts[1], "suffix": parts[2]}
    return {"literal": "".join(parts) if is_unspaced("".join(parts)) else text.strip(" ,")}


def _written(item: Item) -> str:
    lines = [(tag, value) for tag, value in _pairs(item) if value]
    return (
        "".join(f"{tag}  - {' '.join(str(value).split())}\n" for tag, value in lines) + "ER  - \n\n"
    )


def _pairs(item: Item) -> Iterator[tuple[str, Any]]:
    kind = str(item.get("type", "webpage"))
    tag = TYPES.get(kind, "GEN")
    yield "TY", tag
    yield "ID", item.get("id")
    if CSL_TYPES.get(tag) != kind:
        yield "N1", f"CSL type: {kind}"
    if item.get("ISBN") and item.get("ISSN"):
        yield "N1", f"CSL ISSN: {item['ISSN']}"
    yield from _people(item)
    for ris, name in TEXTS.items():
        yield ris, item.get(name)
    pages = PAGES.fullmatch(str(item.get("page", "")))
    yield "SP", pages[1] if pages else item.get("page")
    yield "EP", pages[2] if pages else None
    yield "SN", item.get("ISBN") or item.get("ISSN")
    yield "DA", _ris_date(edtf.from_csl(item.get("issued")))
    yield "Y2", _ris_date(edtf.from_csl(item.get("accessed")))


def _people(item: Item) -> Iterator[tuple[str, str]]:
    """Names, and a note of ours where a comma in one of them would be read as something else."""
    for tag, role in NAMED.items():
        people = names.plain(item.get(role, []))
        lines = [names.listed(one) for one in people]
        if [_name(line) for line in lines] != people:
            yield "N1", f"CSL {role}: {names.written(people)}"
        yield from ((tag, line) for line in lines)


def _ris_date(text: str | None) -> str | None:
    span = edtf.read(text)
    if span is None or text is None:
        return None
    first = span.first or span.last
    if first is None:
        return None
    plain_day = not (span.is_range or span.mark or first.season)
    shown = first.parts[:1] if first.season else first.parts
    parts = [f"{part:04}" if place == 0 else f"{part:02}" for place, part in enumerate(shown)]
    return "/".join([*parts, *[""] * (3 - len(parts)), "" if plain_day else text])
