"""Reading a web page: what stands in it as text, and what it says about itself.

Trafilatura finds where in a page the article stands; the text itself is read from the page's own
tree, because a figure that a summary leaves out is one nobody checks.
"""

import re
from collections.abc import Iterator

import trafilatura
from lxml import etree, html

from sources.documents.blocks import located
from sources.documents.document import STRUCK, Document
from sources.documents.html_blocks import Block, blocks, is_hidden
from sources.documents.page_facts import facts
from sources.errors import Refused

ENOUGH = 0.9
"""The part of the article's characters an element must hold to be the one it stands in."""
MOSTLY_LINKS = 0.5
ASIDE = frozenset({"nav", "footer", "aside", "form", "menu"})
ASIDE_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search", "banner"})
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters XML does not know: the parser lets them in, and the tree cannot be changed then."""
STRUCK_TAGS = ("del", "s", "strike")


def read_html(content: str) -> Document:
    """Read a page that is Unicode already; raise Refused for one nested past all reason."""
    root = _parsed(content)
    if root is None:
        return Document("")
    told = facts(root)
    struck = any(_has_text(node) for node in root.iter(*STRUCK_TAGS))
    _without_hidden(root)
    found = list(blocks(root))
    text, places = located(_article(root, found))
    return Document(
        content=text,
        places=places,
        title=told.title,
        byline=told.byline,
        authors=told.authors,
        published=told.published,
        language=told.language,
        publisher=told.publisher,
        notices=(STRUCK,) if struck else (),
    )


def _parsed(content: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(content.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    # The parser stops at such a place, and what stands behind it would be missing without a word.
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise Refused(
            "file_nested",
            {
                "zh": "网页嵌套层数过多，没有读取。请粘贴正文。",
                "en": "The page is nested too deeply and was not read. Paste its text.",
            },
            "file",
        )
    return root


def _has_text(node: html.HtmlElement) -> bool:
    return bool("".join(node.itertext()).strip())


def _without_hidden(root: html.HtmlElement) -> None:
    for node in root.iter():
        node.text = NO_XML.sub("\ufffd", node.text) if node.text else node.text
        node.tail = NO_XML.sub("\ufffd", node.tail) if node.tail else node.tail
    for node in [node for node in root.iter() if is_hidden(node)]:
        if node.getparent() is not None:
            node.drop_tree()


def _article(root: html.HtmlElement, found: list[Block]) -> list[Block]:
    """Return the blocks of the article: those in the element where most of it stands."""
    kept = _kept(root)
    marked = {block for block in found if not kept.isdisjoint(_squeezed(block.text))}
    if not marked:
        return [block for block in found if not _is_aside(block)]
    container = _container(root, marked)
    within = set(container.iter())
    inside = [
        block for block in found if block.element in within and (block in marked or _belongs(block))
    ]
    return [*_headline(found, inside), *inside]


def _kept(root: html.HtmlElement) -> set[str]:
    """Return the lines trafilatura takes for the article, without white space."""
    copy = html.fromstring(html.tostring(root, encoding="unicode"))
    text = trafilatura.extract(
        copy, include_comments=False, include_tables=True, favor_recall=True, output_format="txt"
    )
    return _squeezed(text or "")


def _container(root: html.HtmlElement, marked: set[Block]) -> html.HtmlElement:
    """Go down from the root as long as one child holds nearly all of the article."""
    weight: dict[html.HtmlElement, int] = {}
    for block in marked:
        for node in _ancestors(block.element):
            weight[node] = weight.get(node, 0) + len(block.text)
    enough, place = ENOUGH * weight[root], root
    while True:
        heavy = next((child for child in place if weight.get(child, 0) >= enough), None)
        if heavy is None or heavy.tag in {"p", "table"}:
            return place
        place = heavy


def _headline(found: list[Block], inside: list[Block]) -> list[Block]:
    """Return the page's one main heading where it stands outside of its article."""
    main = [block for block in found if (block.kind, block.level) == ("heading", 1)]
    return main if len(main) == 1 and main[0] not in inside else []


def _belongs(block: Block) -> bool:
    return not _is_aside(block) and block.linked <= MOSTLY_LINKS * len(block.text)


def _is_aside(block: Block) -> bool:
    return any(
        node.tag in ASIDE or node.get("role") in ASIDE_ROLES for node in _ancestors(block.element)
    )


def _ancestors(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from element.iterancestors()


def _squeezed(text: str) -> set[str]:
    """Return a text's lines without white space, which each program sets in its own way."""
    return {"".join(line.split()) for line in text.split("\n")} - {""}
