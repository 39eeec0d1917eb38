"""Footnotes of a document that is being written: kept aside until their own part is due."""

from typing import IO

from app.exports.docx.names import NAMESPACES
from app.exports.xml import HEAD

PIECE = 1 << 20
NUMBER = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
SPACE = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
LINES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240"'
    f' w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)
"""The lines above footnotes, which a word processor keeps as two footnotes of their own."""


class Footnotes:
    """Notes in the order in which the text refers to them, numbered from one."""

    def __init__(self, kept: IO[bytes]) -> None:
        """Keep the notes in an open file, which is the caller's to close."""
        self._kept = kept
        self.count = 0

    def add(self, content: str) -> str:
        """Take a note's runs; the run that refers to it."""
        self.count += 1
        note = (
            f'<w:footnote w:id="{self.count}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{NUMBER}{SPACE}{content}</w:p></w:footnote>"
        )
        self._kept.write(note.encode())
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{self.count}"/></w:r>'
        )

    def write(self, stream: IO[bytes]) -> None:
        """Write the part that holds them."""
        stream.write(f"{HEAD}<w:footnotes {NAMESPACES}>{LINES}".encode())
        self._kept.seek(0)
        while piece := self._kept.read(PIECE):
            stream.write(piece)
        stream.write(b"</w:footnotes>")
