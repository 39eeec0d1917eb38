"""The body of a file of an appendix: what its seal binds, in parts, so a change has a place."""

import mmap
import re
import zipfile
from hashlib import sha256
from pathlib import Path
from struct import unpack
from typing import Any

from app.exports.verifier.page import Page, over

MARK = b"<!-- seal -->"
NOTED = re.compile(rb"<!-- seal -->(?:\n<!-- proof: ([^<>]*) -->)?")
ITEM = "customXml/item1.xml"
SHORT = 12
"""Hex digits of a part's digest in a seal: they say where, and prove nothing."""
LARGEST, LARGEST_SEAL = 2**31, 2**26
LOCAL, CENTRAL, END = 30, 46, 22
"""The bytes of the headers of a package, beside names."""
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
        laid_out(path, package)
        parts, seal = [], None
        for member in members:
            if member.filename == ITEM:
                seal = member_whole(package, ITEM, LARGEST_SEAL)
                continue
            parts.append((member.filename, digest_of_member(package, member)))
    return Body(over(parts), parts, seal)


def laid_out(path: Path, package: zipfile.ZipFile) -> None:
    """Raise ValueError where a package holds more than its members, as the house packs them.

    Programs disagree about what a package says twice: in front of its first member, between two,
    in the headers of one, or in a comment.
    """
    at, listed, members = 0, 0, sorted(package.infolist(), key=lambda one: one.header_offset)
    with path.open("rb") as file:
        for member in members:
            name = member.orig_filename.encode("ascii")
            file.seek(at)
            header = file.read(LOCAL + len(name))
            if len(header) < LOCAL:
                raise ValueError("the package is cut")
            size, whole, name_size, more = unpack("<LLHH", header[18:30])
            if (
                member.header_offset != at
                or member.filename.encode() != name
                or header[:4] != b"PK\3\4"
                or header[LOCAL:] != name
                or (name_size, more, member.extra, member.comment) != (len(name), 0, b"", b"")
                or (size, whole) != (member.compress_size, member.file_size)
                or member.flag_bits
                or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            ):
                raise ValueError("the package is not packed as the house packs one")
            at += LOCAL + len(name) + size
            listed += CENTRAL + len(name)
    if package.comment or path.stat().st_size != at + listed + END or package.start_dir != at:
        raise ValueError("the package holds more than its members")


def member_whole(package: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """A member of a package; raise ValueError for one that is too large to be read at once."""
    if package.getinfo(name).file_size > largest:
        raise ValueError(f"{name} is too large to be read here")
    return package.read(name)


def digest_of_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """The SHA-256 of a member of a package, read piece by piece."""
    whole = sha256()
    with package.open(member) as stream:
        piece = stream.read(2**16)
        while piece:
            whole.update(piece)
            piece = stream.read(2**16)
    return whole.hexdigest()
