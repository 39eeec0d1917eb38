"""Looking at a picture: its format and size, whether it says where and by whom it was taken.

A source can be found by what a camera writes beside the picture. The copy made here is the same
picture, bit for bit, without those blocks; only a TIFF is written anew, as PNG.
"""

import base64
import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from sources.documents.document import Document
from sources.documents.picture_blocks import without_blocks
from sources.errors import Refused
from sources.words import Words

Image.init()
MOST_PIXELS = 200_000_000
"""More than any camera or scanner of a newsroom makes; a bomb claims thousands of millions."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")
WRITTEN_ANEW = "TIFF"
GPS = 0x8825
EXIF = 0x8769
PERSONS = {0x013B, 0x8298, 0x9C9D, 0xA430, 0xA431, 0xA435, 0x013C}
"""Exif: artist, copyright, author, owner, serial numbers of camera and lens, host computer."""
TEXTS = frozenset({"author", "artist", "creator", "copyright", "comment", "xmp", "photoshop"})
PLACE_WORDS = (b"GPSLatitude", b"photoshop:City", b"Iptc4xmpCore:Location", b"LocationCreated")
PERSON_WORDS = (b"dc:creator", b"photoshop:AuthorsPosition", b"CreatorContactInfo", b"dc:rights",
                b"aux:OwnerName", b"SerialNumber")  # fmt: skip
IPTC = b"Photoshop 3.0"
PROBLEMS = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, KeyError,
            TypeError, Image.DecompressionBombError)  # fmt: skip
"""What Pillow raises for bytes that are no picture."""


def read_picture(content: bytes) -> Document:
    """Return a document without text; its ``copy`` is there where the picture tells too much.

    Raises Refused for what is no picture, or one too large to be shown by anything.
    """
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _huge(width, height)
        said = list(_said(picture, content))
        copy = _copy(picture, content) if said else None
        if width * height <= MOST_PIXELS // 8:
            picture.load()
    except PROBLEMS as problem:
        raise _broken() from problem
    if copy is not None and any(_said(Image.open(io.BytesIO(copy), formats=FORMATS), copy)):
        raise _sealed()
    packed = base64.b64encode(copy).decode("ascii") if copy is not None else None
    return Document("", copy=packed, notices=(*_told(said), _no_text(width, height)))


def _said(picture: Image.Image, content: bytes) -> Iterator[str]:
    """Yield ``place`` and ``person`` where a picture says such a thing."""
    exif = picture.getexif()
    inner = exif.get_ifd(EXIF)
    blocks = b"".join(_blocks(picture))
    if exif.get_ifd(GPS) or any(word in blocks for word in PLACE_WORDS):
        yield "place"
    named = {tag for tag in PERSONS if exif.get(tag) or inner.get(tag)}
    texts = {str(key).casefold() for key in picture.info} & TEXTS
    iptc = IPTC in content[: 1 << 20] and picture.format == "JPEG"
    if named or texts or iptc or any(word in blocks for word in PERSON_WORDS):
        yield "person"


def _blocks(picture: Image.Image) -> Iterator[bytes]:
    for key, value in picture.info.items():
        if isinstance(value, bytes):
            yield value
        elif isinstance(value, str) and key != "icc_profile":
            yield value.encode("utf-8", "replace")


def _copy(picture: Image.Image, content: bytes) -> bytes:
    """Return the picture without the blocks that are not the picture."""
    if picture.format != WRITTEN_ANEW:
        return without_blocks(content, picture.format or "", turned(picture))
    stream = io.BytesIO()
    upright = ImageOps.exif_transpose(picture)
    upright.info.clear()
    upright.save(stream, "PNG", exif=b"")
    return stream.getvalue()


def turned(picture: Image.Image) -> int:
    """Return how the camera was held (Exif orientation, 1 is upright)."""
    stated = picture.getexif().get(0x0112, 1)
    return stated if isinstance(stated, int) and 1 <= stated <= 8 else 1  # noqa: PLR2004 - there are eight


def _told(said: list[str]) -> Iterator[Words]:
    zh = "、".join({"place": "拍摄地点", "person": "作者或设备"}[one] for one in said)
    en = " and ".join(
        {"place": "where it was taken", "person": "who took it, or with which device"}[one]
        for one in said
    )
    if said:
        yield {
            "zh": f"图片里写有{zh}。原件已封存；供下载的副本已去掉这些信息。",
            "en": f"The picture says {en}. The original is sealed; the copy for download does not "
            "say it.",
        }


def _no_text(width: int, height: int) -> Words:
    return {
        "zh": f"图片（{width:,} × {height:,} 像素），不读取其中的文字；请手工录入引文。",
        "en": f"A picture ({width:,} × {height:,} pixels): words in it are not read; type the "
        "passage in.",
    }


def _broken() -> Refused:
    return Refused(
        "picture_broken",
        {
            "zh": "图片已损坏，或者不是图片，没有保存。请重新导出后再上传。",
            "en": "The picture is damaged, or is none, and was not stored. Export it again.",
        },
        "file",
    )


def _huge(width: int, height: int) -> Refused:
    return Refused(
        "picture_huge",
        {
            "zh": f"图片声称有 {width:,} × {height:,} 像素，超过上限 {MOST_PIXELS:,}，没有保存。",
            "en": f"The picture claims {width:,} × {height:,} pixels, over the limit of "
            f"{MOST_PIXELS:,}; it was not stored.",
        },
        "file",
    )


def _sealed() -> Refused:
    return Refused(
        "picture_tells",
        {
            "zh": "图片里写有拍摄地点或作者，且无法去掉，没有保存。请先去掉这些信息，再上传。",
            "en": "The picture says where or by whom it was taken, and that could not be taken "
            "out, so it was not stored. Remove it and upload the picture again.",
        },
        "file",
    )
