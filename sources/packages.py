"""Opening the ZIP archive an office document is, without being led astray by it."""

import io
import stat
import struct
import zipfile
import zlib
from typing import IO

from sources.errors import Refused

LARGEST_DIRECTORY = 512 * 1024
"""Bytes of the table of contents: some 6,000 entries; a long book has a hundred."""
MOST_ENTRIES = 5000
LARGEST_PART = 64_000_000
LARGEST_WHOLE = 200_000_000
MOST_RATIO = 200
"""How many times its packed size a part may have; XML packs to a tenth, rarely to a hundredth."""
SMALL = 1_000_000
"""Bytes below which the ratio says nothing."""
END = b"PK\x05\x06"
END_64 = b"PK\x06\x07"
END_SIZE = 22
ENCRYPTED = 0x1
PATCHED = 0x20
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)


def refused(code: str, zh: str, en: str) -> Refused:
    """The refusal of an archive, at the field ``file``."""
    return Refused(f"package_{code}", {"zh": zh, "en": en}, "file")


def opened(content: bytes) -> zipfile.ZipFile:
    """Return an archive whose table of contents was found harmless; raise Refused.

    What is looked at: the size of the table itself, before it is read; the number of entries, their
    names, whether one is a link, encrypted or listed twice, and what they would unpack to.
    """
    _check_directory(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE as problem:
        raise _broken() from problem
    _check_entries(archive.infolist())
    return archive


def listed(content: bytes) -> list[str]:
    """Return the names of an archive's entries; raise Refused."""
    with opened(content) as archive:
        return archive.namelist()


def is_archive_at_end(content: bytes) -> bool:
    """Tell whether a file ends as an archive does, so that unpackers open it as one."""
    place = content.rfind(END, -END_SIZE - 0xFFFF)
    if place < 0 or len(content) < place + END_SIZE:
        return False
    comment: int = struct.unpack_from("<H", content, place + 20)[0]
    return place + END_SIZE + comment == len(content)


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return an entry's bytes, None where there is none; raise Refused where it is broken."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    try:
        with archive.open(entry) as stream:
            return _limited(stream, entry)
    except UNREADABLE as problem:
        raise _broken() from problem


def _limited(stream: IO[bytes], entry: zipfile.ZipInfo) -> bytes:
    """Read no more than the table of contents promises: a bomb promises little."""
    content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise _bomb()
    return content


def _check_directory(content: bytes) -> None:
    place = content.rfind(END, -END_SIZE - 0xFFFF)
    if place < 0 or len(content) < place + END_SIZE:
        raise _broken()
    size: int = struct.unpack_from("<L", content, place + 12)[0]
    if size > LARGEST_DIRECTORY or content.rfind(END_64, max(0, place - 64), place) >= 0:
        raise refused(
            "entries",
            "文件里的条目过多，不像文档，没有读取。",
            "The file holds too many entries for a document; it was not read.",
        )


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_ENTRIES or len({name.casefold() for name in names}) < len(names):
        raise refused(
            "entries",
            "文件里的条目过多或重名，不像文档，没有读取。",
            "The file holds too many entries, or two of one name; it was not read.",
        )
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise _bomb()


def _check_entry(entry: zipfile.ZipInfo) -> None:
    steps = entry.filename.replace("\\", "/").split("/")
    outside = ".." in steps or not steps[0] or ":" in steps[0]
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        raise refused(
            "outside",
            "文件里有指向外部的路径或链接，没有读取。",
            "The file holds a path or link that leads out of it; it was not read.",
        )
    if entry.flag_bits & (ENCRYPTED | PATCHED):
        raise refused(
            "encrypted",
            "文件加了密码，没有读取。请去掉密码后再上传。",
            "The file is protected by a password and was not read. Remove the password.",
        )
    packed = max(entry.compress_size, 1)
    swollen = entry.file_size > SMALL and entry.file_size > packed * MOST_RATIO
    if swollen or entry.file_size > LARGEST_PART:
        raise _bomb()


def _bomb() -> Refused:
    return refused(
        "bomb",
        "文件解压后大得不合常理，疑似压缩炸弹，没有读取。",
        "The file unpacks to an unreasonable size, as a decompression bomb does; it was not read.",
    )


def _broken() -> Refused:
    return refused(
        "broken",
        "文件已损坏，无法打开。请重新保存后再上传。",
        "The file is damaged and cannot be opened. Save it again and upload that.",
    )
