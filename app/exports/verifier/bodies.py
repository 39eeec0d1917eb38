"""The body of a file of an appendix: what its seal binds, in parts, so a change has a place."""

import mmap
import re
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.exports.verifier.page import Page, over

MARK = b"<!-- seal -->"
NOTED = re.compile(rb"<!-- seal -->(?:\n<!-- proof: ([^<>]*) -->)?")
ITEM = "customXml/item1.xml"
SHORT = 12
"""Hex digits of a part's digest in a seal: they say where, and prove nothing."""
LARGEST = 2**31
OBJECT = b"\nendobj\n"


class Body:
    """What was found of a body: its digest, its parts, and the text of the seal inside it."""

    def __init__(self, digest: str, parts: "list[tuple[str, str]]", seal: "bytes | None") -> None:
        self.sha256, self.parts, self.seal = digest, parts, seal

    def short(self) -> "list[str]":
        """The parts as a seal lists them."""
        return [f"{digest[:SHORT]} {name}".rstrip() for name, digest in self.parts]


def body_of(form: str, path: Path) -> Body:
    """Read the body of a file; raise PageFault, ValueError, OSError or zipfile.BadZipFile."""
    if form in ("docx", "xlsx"):
        return of_members(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if form == "html":
            page = Page(data).read()
            return Body(over(page.parts), page.parts, page.seal)
        if form == "md":
            return of_text(bytes(data))
        return Body(sha256(data).hexdigest(), pieces(data, form), None)


def of_text(text: bytes) -> Body:
    """The body of a text with a place for its seal."""
    found = NOTED.findall(text)
    if len(found) != 1:
        raise ValueError("the text has no place for a seal, or more than one")
    bare = NOTED.sub(MARK, text)
    return Body(sha256(bare).hexdigest(), pieces(bare, "md"), found[0] or None)


def pieces(data: Any, form: str) -> "list[tuple[str, str]]":
    """The digest of each line of a text, or of each object of a PDF; they bear no names."""
    end, at, found = OBJECT if form == "pdf" else b"\n", 0, []
    while at < len(data):
        after = data.find(end, at)
        after = len(data) if after < 0 else after + len(end)
        found.append(("", sha256(data[at:after]).hexdigest()))
        at = after
    return found


def of_members(path: Path) -> Body:
    """The body of a package: its members in the order of their names, without the seal's."""
    with zipfile.ZipFile(path) as package:
        members = sorted(package.infolist(), key=lambda member: member.filename)
        names = [member.filename for member in members]
        if len(set(names)) != len(names):
            raise ValueError("the package holds two members of one name")
        if sum(member.file_size for member in members) > LARGEST:
            raise ValueError("the package is too large")
        parts, seal = [], None
        for member in members:
            if member.filename == ITEM:
                seal = package.read(member)
                continue
            parts.append((member.filename, digest_of_member(package, member)))
    return Body(over(parts), parts, seal)


def digest_of_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """The SHA-256 of a member of a package, read piece by piece."""
    whole = sha256()
    with package.open(member) as stream:
        piece = stream.read(2**16)
        while piece:
            whole.update(piece)
            piece = stream.read(2**16)
    return whole.hexdigest()
