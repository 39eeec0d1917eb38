"""The words of one paragraph of a Word document: inserted text is in, deleted and hidden is not."""

from collections.abc import Iterator

from lxml import etree

from sources.documents.document import LOWERED, RAISED, shifted

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFF = frozenset({"0", "false", "off", "none"})
PRIVATE = range(0xE000, 0xF900)
"""Characters of symbol fonts, which mean something else in every font."""
LARGEST_CODE = 0x10FFFF


def word(name: str) -> str:
    """Return an element's or attribute's full name."""
    return MAIN + name


GONE = frozenset({word("del"), word("moveFrom")})
CHARACTERS = {word("tab"): "\t", word("br"): "\n", word("cr"): "\n", word("noBreakHyphen"): "-"}
UNREAD = frozenset({word("rPr"), word("pPr"), word("rt"), word("instrText"), word("delText")})
REFERENCES = {word("footnoteReference"): "footnote", word("endnoteReference"): "endnote"}


def is_on(node: etree._Element | None) -> bool:
    """Tell whether a property is there and not switched off."""
    return node is not None and (node.get(word("val")) or "").lower() not in OFF


def is_gone(properties: etree._Element | None) -> bool:
    """Tell whether a tracked change deletes, or moves away, what the properties belong to."""
    return properties is not None and any(child.tag in GONE for child in properties)


class Runs:
    """Reads paragraphs, and remembers what it met: changes, notes and text boxes."""

    def __init__(self) -> None:
        self.tracked = False
        self.struck = False
        self.boxes: list[etree._Element] = []
        self.marks: list[tuple[str, str, int]] = []

    def text(self, paragraph: etree._Element) -> str:
        """Return a paragraph's words."""
        return "".join(self._inside(paragraph))

    def _inside(self, node: etree._Element) -> Iterator[str]:
        for child in node.iterchildren(tag=etree.Element):
            if child.tag in GONE:
                self.tracked = True
            elif child.tag == word("r"):
                yield from self._run(child)
            elif child.tag not in UNREAD:
                if child.tag in {word("ins"), word("moveTo")}:
                    self.tracked = True
                yield from self._piece(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        properties = run.find(word("rPr"))
        raised = None
        if properties is not None:
            if is_on(properties.find(word("vanish"))):
                return
            if any(is_on(properties.find(word(name))) for name in ("strike", "dstrike")):
                self.struck |= bool("".join(run.itertext(word("t"))).strip())
                return
            found = properties.find(word("vertAlign"))
            raised = found.get(word("val")) if found is not None else None
        said = "".join(self._inside(run))
        if raised in {"superscript", "subscript"}:
            said = shifted(said, RAISED if raised == "superscript" else LOWERED)
        yield said

    def _piece(self, node: etree._Element) -> Iterator[str]:
        """Yield what an element inside a paragraph or run says."""
        if node.tag in {word("t"), MATH + "t"}:
            yield node.text or ""
        elif node.tag in CHARACTERS:
            yield CHARACTERS[node.tag]
        elif node.tag == word("sym"):
            yield _symbol(node.get(word("char")))
        elif node.tag in REFERENCES:
            yield self._mark(REFERENCES[node.tag], node.get(word("id")) or "")
        elif node.tag == word("txbxContent"):
            self.boxes.append(node)
        elif node.tag == COMPATIBILITY + "AlternateContent":
            # Both branches say the same thing, in a new and in an old way.
            yield from self._inside(node[0]) if len(node) else ()
        elif node.tag in {MATH + "sup", MATH + "sub"}:
            table = RAISED if node.tag == MATH + "sup" else LOWERED
            yield shifted("".join(self._inside(node)), table)
        elif node.tag == MATH + "den":
            yield "/" + "".join(self._inside(node))
        else:
            yield from self._inside(node)

    def _mark(self, kind: str, identifier: str) -> str:
        mark = len(self.marks) + 1
        self.marks.append((kind, identifier, mark))
        return str(mark).translate(RAISED)


def _symbol(code: str | None) -> str:
    """Return the character of a symbol; what only a font can show is shown as missing."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return "\ufffd"
    known = number <= LARGEST_CODE and number not in PRIVATE
    return chr(number) if known else "\ufffd"
