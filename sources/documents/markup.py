"""Reading an XML file that is no page (SVG, a feed, data): its words, never what it refers to."""

import re
from collections.abc import Iterator

from lxml import etree

from sources.documents.blocks import TextBlock, located
from sources.documents.document import Document
from sources.errors import Refused

SVG = "{http://www.w3.org/2000/svg}"
UNREAD = frozenset({SVG + name for name in ("style", "script", "metadata", "defs")})
WHOLE = frozenset({SVG + name for name in ("text", "title", "desc")})
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_markup(content: bytes) -> Document:
    """Read the words of an XML file; raise Refused for entities, or what is no XML."""
    refuse_entities(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise _broken() from problem
    text, places = located(_blocks(root))
    return Document(text, places=places)


def refuse_entities(content: bytes) -> None:
    """Raise Refused where an XML file defines entities, in whatever width its letters are."""
    if ENTITY.search(content.replace(b"\x00", b"")):
        raise Refused(
            "xml_entities",
            {
                "zh": "文件的 XML 里带有实体定义，可能有害，没有保存。",
                "en": "The file's XML defines entities, which may do harm; it was not stored.",
            },
            "file",
        )


def _blocks(node: etree._Element) -> Iterator[TextBlock]:
    """Yield the words of each element that has some of its own, with those of its children."""
    if node.tag in UNREAD:
        return
    own = (node.text or "").strip() or any((child.tail or "").strip() for child in node)
    if own or node.tag in WHOLE:
        words = " ".join("".join(node.itertext()).split())
        if words:
            yield TextBlock("text", words)
        return
    for child in node.iterchildren(tag=etree.Element):
        yield from _blocks(child)


def _broken() -> Refused:
    return Refused(
        "xml_broken",
        {
            "zh": "XML 文件不完整，没有读取其中的文字。",
            "en": "The XML file is not well formed; its words were not read.",
        },
        "file",
    )
