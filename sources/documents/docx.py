"""Reading a Word document: its text as it stands once all tracked changes are accepted.

Source: ECMA-376 part 1, WordprocessingML. An own walk, because a converter that drops what it does
not know (moved text, text boxes, deleted table rows) drops figures with it.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sources.documents.blocks import Row, TextBlock, located
from sources.documents.document import RAISED, STRUCK, Document
from sources.documents.docx_runs import Runs, is_gone, is_on, word
from sources.documents.docx_styles import Styles
from sources.documents.relations import RELATION, refuse_remote
from sources.errors import Refused
from sources.packages import opened, part
from sources.places import column
from sources.words import Words

MAIN = "word/document.xml"
RELATIONS = "_rels/.rels"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
NOTES = (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml"))
WRAPPERS = frozenset(word(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


@dataclass(slots=True)
class _Page:
    """The blocks gathered so far; ``open`` when the last paragraph's end was deleted."""

    blocks: list[TextBlock] = field(default_factory=list)
    open: bool = False

    def add(self, block: TextBlock, *, ends: bool = True) -> None:
        if self.open and self.blocks:
            self.blocks[-1].text += block.text
        elif block.text.strip():
            self.blocks.append(block)
        self.open = not ends and bool(block.text.strip() or self.open)


def read_docx(content: bytes) -> Document:
    """Read a document; raise Refused for a package or XML that cannot be trusted."""
    with opened(content) as archive:
        refuse_remote(archive)
        body = parsed(archive, _main(archive))
        styles = parsed(archive, "word/styles.xml")
        core = parsed(archive, "docProps/core.xml")
        notes = {kind: parsed(archive, name) for kind, name in NOTES}
    if body is None:
        raise _broken()
    reader = _Reader(Styles(styles), Runs())
    page = _Page()
    for node in body.iterchildren(word("body")):
        reader.blocks(node, page)
    reader.notes(notes, page)
    text, places = located(page.blocks)
    return Document(
        content=text,
        places=places,
        title=_title(reader.titles, core, text),
        notices=_notices(reader.runs),
    )


def parsed(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return the root of a part, None where it is missing; raise Refused for unfit XML.

    A document type, which may define entities, has no place in an office document.
    """
    data = part(archive, name)
    if data is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data.replace(STRICT, TRANSITIONAL), parser=parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        # Thousands of entities that name each other are no sound XML either.
        raise (_entities() if DECLARED.search(data) else _broken()) from problem
    if root.getroottree().docinfo.doctype:
        raise _entities()
    return root


def _entities() -> Refused:
    return Refused(
        "docx_entities",
        {
            "zh": "文档的 XML 里带有实体定义，可能有害，没有读取。",
            "en": "The document's XML defines entities, which may do harm; it was not read.",
        },
        "file",
    )


def _main(archive: zipfile.ZipFile) -> str:
    relations = parsed(archive, RELATIONS)
    if relations is not None:
        for relation in relations.iter(RELATION):
            inside = relation.get("TargetMode") != "External"
            if inside and (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or MAIN).lstrip("/")
    return MAIN


def _broken() -> Refused:
    return Refused(
        "docx_broken",
        {
            "zh": "Word 文档已损坏，无法读取。请重新另存为 .docx。",
            "en": "The Word document is damaged and cannot be read. Save it as .docx again.",
        },
        "file",
    )


def _title(titles: list[str], core: etree._Element | None, text: str) -> str | None:
    """Return the title paragraph, else a property that the text bears out: many are stale."""
    if titles:
        return titles[0]
    stated = (core.findtext(TITLE) or "").strip() if core is not None else ""
    return stated if stated and stated in text else None


def _notices(runs: Runs) -> tuple[Words, ...]:
    tracked: Words = {
        "zh": "文档带有修订：正文按“接受全部修订”读取，请核对。",
        "en": "The document has tracked changes and was read as if all were accepted. "
        "Please check.",
    }
    return tuple(
        notice for notice, there in ((tracked, runs.tracked), (STRUCK, runs.struck)) if there
    )


class _Reader:
    """Walks the blocks of a document."""

    def __init__(self, styles: Styles, runs: Runs) -> None:
        self.styles = styles
        self.runs = runs
        self.titles: list[str] = []
        self.tables = 0

    def blocks(self, node: etree._Element, page: _Page) -> None:
        """Gather what stands in a body, a cell, a text box or a note."""
        for child in node.iterchildren(tag=etree.Element):
            if child.tag == word("p"):
                self._paragraph(child, page)
            elif child.tag == word("tbl"):
                self._table(child, page)
            elif child.tag in WRAPPERS:
                self.blocks(child, page)

    def _paragraph(self, node: etree._Element, page: _Page) -> None:
        text = self.runs.text(node)
        boxes, self.runs.boxes = self.runs.boxes, []
        ends = not is_gone(node.find(f"{word('pPr')}/{word('rPr')}"))
        self.runs.tracked |= not ends
        kind, level = self.styles.kind(node)
        if kind == "title":
            self.titles.append(" ".join(text.split()))
            kind, level = "heading", 1
        page.add(TextBlock(kind, text, level), ends=ends)
        for box in boxes:
            self.blocks(box, page)

    def _table(self, node: etree._Element, page: _Page) -> None:
        rows = [row for row in node.iter(word("tr")) if _own(row, node)]
        left = [row for row in rows if not is_gone(row.find(word("trPr")))]
        self.runs.tracked |= len(left) < len(rows)
        grid = [[cell for cell in row.iter(word("tc")) if _own(cell, row)] for row in left]
        if all(len(cells) < 2 for cells in grid):  # noqa: PLR2004 - one column is a frame, no table
            for cells in grid:
                for cell in cells:
                    self.blocks(cell, page)
            return
        self.tables += 1
        for number, cells in enumerate(grid, start=1):
            row = Row(self.tables, tuple(self._addressed(cells, number)))
            if any(words for _, words in row.cells):
                page.add(TextBlock("row", row.text, row=row))

    def _addressed(self, cells: list[etree._Element], number: int) -> Iterator[tuple[str, str]]:
        """Yield address and words of a row's cells; one may be as wide as several columns."""
        place = 1
        for cell in cells:
            yield f"{column(place)}{number}", self._cell(cell)
            place += _width(cell)

    def _cell(self, node: etree._Element) -> str:
        if is_on(node.find(f"{word('tcPr')}/{word('cellDel')}")):
            self.runs.tracked = True
            return ""
        inside = _Page()
        self.blocks(node, inside)
        return " ".join(" ".join(block.text.split()) for block in inside.blocks)

    def notes(self, parts: dict[str, etree._Element | None], page: _Page) -> None:
        """Gather the notes that are referred to, in the order of their marks."""
        for kind, identifier, mark in self.runs.marks:
            root = parts.get(kind)
            found = None
            if root is not None:
                notes = root.iterchildren(word(kind))
                found = next((one for one in notes if one.get(word("id")) == identifier), None)
            if found is not None:
                inside = _Page()
                self.blocks(found, inside)
                words = " ".join(" ".join(block.text.split()) for block in inside.blocks)
                page.add(TextBlock("note", f"{str(mark).translate(RAISED)} {words}"))


def _width(cell: etree._Element) -> int:
    """Return how many columns a cell reaches over."""
    span = cell.find(f"{word('tcPr')}/{word('gridSpan')}")
    stated = (span.get(word("val")) or "") if span is not None else ""
    # Word itself knows 63 columns.
    return max(int(stated), 1) if re.fullmatch(r"[0-9]{1,3}", stated) else 1


def _own(node: etree._Element, container: etree._Element) -> bool:
    """Tell a table's own rows, or a row's own cells, from those of a table inside."""
    kinds = {word("tbl"), word("tr")}
    return next((one for one in node.iterancestors() if one.tag in kinds), None) is container
