"""A page's visible text, block by block, in the order in which a reader meets it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

from sources.documents.blocks import Row
from sources.documents.document import LOWERED, RAISED, SPACES, shifted
from sources.places import column

HIDDEN_TAGS = frozenset(
    {
        "applet", "area", "audio", "button", "canvas", "datalist", "del", "dialog", "embed",
        "frame", "frameset", "head", "iframe", "input", "link", "map", "meta", "noframes",
        "noscript", "object", "option", "rp", "rt", "s", "script", "select", "strike", "style",
        "svg", "template", "textarea", "title", "video",
    }
)  # fmt: skip
"""What shows no text of the article; struck-out words are no longer its text either."""
BLOCK_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
        "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
UNSHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
HEADING = re.compile(r"h([1-6])")
LONG_CELL = 1000
"""Characters past which a cell is a column of a page and no entry of a table."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Text that stands on lines of its own; ``linked`` counts its characters in links."""

    kind: str
    text: str
    level: int
    linked: int
    element: html.HtmlElement
    row: Row | None = None


@dataclass(slots=True)
class _Gathered:
    """The words since the last boundary."""

    words: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self.words.append(text)
            self.linked += len(text) if linked else 0


@dataclass(slots=True)
class _Mark:
    """What the next block is; elements inside a list item share the item's."""

    kind: str = "text"
    level: int = 0


def is_hidden(node: html.HtmlElement) -> bool:
    """Tell whether an element shows a reader nothing."""
    return (
        node.tag in HIDDEN_TAGS
        or "hidden" in node.attrib
        or node.get("aria-hidden") == "true"
        or UNSHOWN.search(node.get("style") or "") is not None
    )


def blocks(root: html.HtmlElement) -> Iterator[Block]:
    """Yield the blocks of a page from which what is hidden has been taken out."""
    return _Walk().over(root)


class _Walk:
    """One walk through a page; the parser has seen to it that it is not nested endlessly."""

    def __init__(self) -> None:
        self.gathered = _Gathered()
        self.mark = _Mark()
        self.tables = 0

    def over(self, node: html.HtmlElement) -> Iterator[Block]:
        yield from self._inside(node, linked=False)
        yield from self._flushed(node)

    def _inside(self, node: html.HtmlElement, *, linked: bool) -> Iterator[Block]:
        self.gathered.add(_flowing(node.text, node), linked=linked)
        for child in node:
            yield from self._child(child, linked=linked or child.tag == "a")
            self.gathered.add(_flowing(child.tail, node), linked=linked)

    def _child(self, child: html.HtmlElement, *, linked: bool) -> Iterator[Block]:
        heading = HEADING.fullmatch(str(child.tag))
        if child.tag == "br":
            self.gathered.add("\n", linked=False)
        elif child.tag in {"sup", "sub"}:
            table = RAISED if child.tag == "sup" else LOWERED
            self.gathered.add(shifted(_words(child), table), linked=linked)
        elif child.tag == "table" and _is_data(child):
            yield from self._flushed(child.getparent())
            self.tables += 1
            yield from _rows(child, self.tables)
        elif heading is not None:
            yield from self._block(child, _Mark("heading", int(heading[1])), linked=linked)
        elif child.tag == "li":
            depth = sum(1 for node in child.iterancestors() if node.tag in {"ul", "ol", "menu"})
            yield from self._block(child, _Mark("item", max(depth, 1)), linked=linked)
        elif child.tag in BLOCK_TAGS:
            yield from self._block(child, self.mark, linked=linked)
        else:
            yield from self._inside(child, linked=linked)

    def _block(self, node: html.HtmlElement, mark: _Mark, *, linked: bool) -> Iterator[Block]:
        """Read an element that stands on lines of its own; the first of them bears its mark."""
        yield from self._flushed(node.getparent())
        outer, self.mark = self.mark, mark
        yield from self._inside(node, linked=linked)
        yield from self._flushed(node)
        self.mark = outer

    def _flushed(self, node: html.HtmlElement) -> Iterator[Block]:
        gathered, self.gathered = self.gathered, _Gathered()
        text = _tidied("".join(gathered.words))
        if text:
            yield Block(self.mark.kind, text, self.mark.level, gathered.linked, node)
            if self.mark.kind == "item":
                # A second paragraph of an item is no second item.
                self.mark.kind = "text"


def _flowing(text: str | None, node: html.HtmlElement) -> str | None:
    """Return text with its white space as a browser shows it: one space, but in ``pre`` as is."""
    if text is None or node.tag in {"pre", "listing"}:
        return text
    return SPACES.sub(" ", text)


def _tidied(text: str) -> str:
    lines = (line.strip(" ") for line in text.strip("\n ").split("\n"))
    return "\n".join(re.sub(" {2,}", " ", line) for line in lines if line)


def _words(node: html.HtmlElement) -> str:
    return SPACES.sub(" ", "".join(node.itertext())).strip()


def _is_data(table: html.HtmlElement) -> bool:
    """Tell a table of entries from one that only lays out a page."""
    cells = list(table.iter("td", "th"))
    wide = any(len(row.findall("td") + row.findall("th")) > 1 for row in table.iter("tr"))
    nested = next(table.iterdescendants("table"), None) is not None
    return wide and not nested and all(len(_words(cell)) <= LONG_CELL for cell in cells)


def _rows(table: html.HtmlElement, number: int) -> Iterator[Block]:
    for caption in table.iter("caption"):
        if text := _words(caption):
            yield Block("text", text, 0, 0, caption)
    grid = _Grid()
    for row in table.iter("tr"):
        addressed = [(grid.address(cell), _cell(cell)) for cell in row if cell.tag in {"td", "th"}]
        grid.end_row()
        if any(words for _, words in addressed):
            linked = sum(len(_words(link)) for link in row.iter("a"))
            found = Row(number, tuple(addressed))
            yield Block("row", found.text, 0, linked, row, found)


class _Grid:
    """Counts the rows and columns of a table whose cells may reach over several of both."""

    def __init__(self) -> None:
        self.row, self.place = 1, 1
        self.taken: dict[int, int] = {}
        """Up to which row a column is taken by a cell further up."""

    def address(self, cell: html.HtmlElement) -> str:
        """Return where the next cell of this row stands."""
        while self.taken.get(self.place, 0) >= self.row:
            self.place += 1
        found = f"{column(self.place)}{self.row}"
        wide, high = _span(cell.get("colspan")), _span(cell.get("rowspan"))
        if high > 1:
            self.taken.update(
                dict.fromkeys(range(self.place, self.place + wide), self.row + high - 1)
            )
        self.place += wide
        return found

    def end_row(self) -> None:
        """Go to the beginning of the next row."""
        self.row, self.place = self.row + 1, 1


def _span(stated: str | None) -> int:
    """Return over how many rows or columns a cell says it reaches; nonsense is one."""
    text = (stated or "").strip()
    return max(int(text), 1) if re.fullmatch(r"[0-9]{1,3}", text) else 1


def _cell(cell: html.HtmlElement) -> str:
    """Return a cell's words on one line, its blocks parted by spaces."""
    return " ".join(" ".join(block.text.split()) for block in _Walk().over(cell))
