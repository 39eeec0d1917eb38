"""Taking out of a picture file the blocks that are not the picture: comments, Exif, XMP, IPTC.

Sources: ITU-T T.81 annex B (JPEG), the PNG specification chapter 5, the WebP container, GIF89a.
What shows the picture (its data, colours and transparency) stays bit for bit.
"""

import struct
from collections.abc import Iterator

PNG_MARK = b"\x89PNG\r\n\x1a\n"
PNG_TELLS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
JPEG_TELLS = frozenset({0xE1, 0xED, 0xFE})
"""Exif and XMP, IPTC, comments; colour profiles stand in E2 and EE."""
JPEG_OTHERS = range(0xE3, 0xF0)
COLOURS, SCAN, END = {0xE0, 0xE2, 0xEE}, 0xDA, 0xD9
ALONE = {0x01, *range(0xD0, 0xD8)}
WEBP_TELLS = frozenset({b"EXIF", b"XMP "})
WEBP_FLAGS = 0x08 | 0x04
GIF_COMMENT, GIF_APPLICATION, GIF_LOOPS = 0xFE, 0xFF, b"NETSCAPE2.0"


def without_blocks(content: bytes, kind: str, turned: int = 1) -> bytes:
    """Return a PNG, JPEG, WEBP or GIF without what tells of its origin, and what follows its end.

    ``turned`` is kept for a JPEG: without it the picture would lie on its side.
    Raises ValueError where the file is not built as its kind is.
    """
    pieces = {"PNG": _png, "WEBP": _webp, "GIF": _gif}
    try:
        if kind == "JPEG":
            return b"".join(_jpeg(content, turned))
        return b"".join(pieces[kind](content))
    except (struct.error, IndexError, KeyError) as problem:
        raise ValueError(kind) from problem


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG_MARK
    place = len(PNG_MARK)
    name = b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + size
        if end > len(content):
            raise ValueError(name)
        if name not in PNG_TELLS:
            yield content[place:end]
        place = end


def _jpeg(content: bytes, turned: int) -> Iterator[bytes]:
    yield content[:2]
    if turned > 1:
        yield _orientation(turned)
    place = 2
    while True:
        while content[place] == 0xFF and content[place + 1] == 0xFF:  # noqa: PLR2004 - fill bytes
            place += 1
        code = content[place + 1]
        if content[place] != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise ValueError(place)
        if code == END:
            yield content[place : place + 2]
            return
        end = place + 2
        if code not in ALONE:
            end += struct.unpack_from(">H", content, place + 2)[0]
        if code == SCAN:
            end = _scan_end(content, end)
        if code not in JPEG_TELLS and (code not in JPEG_OTHERS or code in COLOURS):
            yield content[place:end]
        place = end


def _scan_end(content: bytes, place: int) -> int:
    """Return where the data of a scan end: at a marker that is none of its own."""
    while True:
        place = content.index(b"\xff", place)
        following = content[place + 1]
        if following not in {0x00, 0xFF, *ALONE}:
            return place
        place += 1 if following == 0xFF else 2  # noqa: PLR2004 - a fill byte


def _orientation(turned: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _webp(content: bytes) -> Iterator[bytes]:
    kept = b"".join(_webp_chunks(content))
    yield b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept


def _webp_chunks(content: bytes) -> Iterator[bytes]:
    place, whole = 12, struct.unpack_from("<I", content, 4)[0] + 8
    while place + 8 <= min(whole, len(content)):
        name, size = struct.unpack_from("<4sI", content, place)
        end = place + 8 + size + size % 2
        if name == b"VP8X":
            flags = content[place + 8] & ~WEBP_FLAGS
            yield content[place : place + 8] + bytes([flags]) + content[place + 9 : end]
        elif name not in WEBP_TELLS:
            yield content[place:end]
        place = end


def _gif(content: bytes) -> Iterator[bytes]:
    flags = content[10]
    place = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    yield content[:place]
    while content[place] != 0x3B:  # noqa: PLR2004 - the trailer
        begin = place
        if content[place] == 0x2C:  # noqa: PLR2004 - an image
            local = content[place + 9]
            place += 10 + (3 << ((local & 7) + 1) if local & 0x80 else 0) + 1
            keep = True
        else:
            label, keep = content[place + 1], True
            place += 2
            if label in {GIF_COMMENT, GIF_APPLICATION}:
                keep = label == GIF_APPLICATION and content[place + 1 : place + 12] == GIF_LOOPS
        place = _gif_end(content, place)
        if keep:
            yield content[begin:place]
    yield b"\x3b"


def _gif_end(content: bytes, place: int) -> int:
    """Return the end of a chain of sub-blocks."""
    while content[place]:
        place += content[place] + 1
    return place + 1
