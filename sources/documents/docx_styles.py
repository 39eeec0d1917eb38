"""What a paragraph of a Word document is: its style says heading, title or list item."""

import re

from lxml import etree

from sources.documents.docx_runs import word

HEADING = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
BODY_LEVEL = 9
"""The outline level that means body text."""
DEEPEST = 20
"""How many styles may be based on one another."""


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iterchildren(word("style")) if root is not None else ()
        self.known = {style.get(word("styleId")): style for style in found}

    def kind(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return a block's kind and level; its own properties come before its style's."""
        properties = [*paragraph.iterchildren(word("pPr"))]
        for style in self._chain(_value(paragraph, "pPr/pStyle")):
            name = _value(style, "name") or ""
            if name.lower() == "title":
                return "title", 1
            if match := HEADING.fullmatch(name):
                return "heading", int(match[1])
            properties.extend(style.iterchildren(word("pPr")))
        outline = _first(properties, "outlineLvl")
        if outline is not None and outline < BODY_LEVEL:
            return "heading", outline + 1
        if _first(properties, "numPr/numId"):
            return "item", (_first(properties, "numPr/ilvl") or 0) + 1
        return "text", 0

    def _chain(self, identifier: str | None) -> list[etree._Element]:
        """The style and those it is based on, the nearest first."""
        chain: list[etree._Element] = []
        while identifier in self.known and len(chain) < DEEPEST:
            chain.append(self.known[identifier])
            identifier = _value(chain[-1], "basedOn")
        return chain


def _value(node: etree._Element, path: str) -> str | None:
    found = node.find("/".join(word(step) for step in path.split("/")))
    return found.get(word("val")) if found is not None else None


def _first(properties: list[etree._Element], path: str) -> int | None:
    for one in properties:
        value = _value(one, path)
        if value is not None and value.isascii() and value.isdigit():
            return min(int(value[:9]), 99)
    return None
