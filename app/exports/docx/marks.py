"""The places of a document that links lead to, each with the number a bookmark needs."""

from app.exports.docx.blocks import Mark


class Marks:
    """Hands out marks in the order in which they are set."""

    def __init__(self) -> None:
        self._set = 0

    def at(self, anchor: str) -> Mark:
        """A new mark at an anchor of the view."""
        self._set += 1
        return Mark(name_of(anchor), self._set)


def name_of(anchor: str) -> str:
    """How a bookmark is called; a low line before it keeps it out of a person's own list."""
    return f"_{anchor}"
