"""Puts the document into a finished workbook and packs it anew, so that its bytes are fixed."""

import zipfile
from shutil import copyfileobj
from typing import IO, BinaryIO

from app.exports import custom_parts
from app.exports.package import Package
from app.exports.view import View

TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
CUSTOM = 9_001
"""The first key of our relations, far above those that the workbook counts for its sheets."""


def packed(book: IO[bytes], view: View, out: BinaryIO) -> None:
    """Copy every member of a workbook, and add the document's part with what refers to it."""
    added = {TYPES: ("</Types>", custom_parts.TYPES)}
    added[RELATIONS] = ("</Relationships>", custom_parts.relations(CUSTOM))
    with zipfile.ZipFile(book) as found, Package(out) as package:
        for member in found.infolist():
            if member.filename in added:
                text = found.read(member).decode()
                end, more = added[member.filename]
                package.add(member.filename, text.replace(end, more + end))
                continue
            with found.open(member) as source, package.member(member.filename) as target:
                copyfileobj(source, target)
        custom_parts.write(package, view.document.pieces())
