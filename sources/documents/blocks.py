"""The lines of a text that has headings, lists and tables, under Markdown's marks."""

from collections.abc import Iterable
from typing import Protocol

TOGETHER = frozenset({"item", "row", "note"})
"""Kinds that follow each other line by line; everything else is parted by an empty line."""


class Block(Protocol):
    """A paragraph, heading, list item or table row."""

    @property
    def kind(self) -> str:
        """``text``, ``heading``, ``item``, ``row`` or ``note``."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def level(self) -> int:
        """The rank of a heading from 1; how deep a list item stands."""
        ...


def lines(blocks: Iterable[Block]) -> str:
    """Return the text of blocks in reading order."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        if parts:
            parts.append("\n" if before == block.kind and before in TOGETHER else "\n\n")
        parts.append(_marked(block))
        before = block.kind
    return "".join(parts)


def _marked(block: Block) -> str:
    text = block.text.strip()
    if block.kind == "heading":
        return "#" * min(block.level, 6) + " " + " ".join(text.split("\n"))
    if block.kind == "item":
        return "  " * max(block.level - 1, 0) + "- " + text
    return text
