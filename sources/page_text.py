"""Reading what a site sent: its type by its bytes, its text and what it says about itself.

Whatever cannot be read is kept all the same, with the reason.
"""

import re
import unicodedata
from dataclasses import replace

from sources.columns import Words
from sources.documents import confined
from sources.documents.document import Document
from sources.documents.kinds import LARGEST, SERVED
from sources.encodings import declared, decoded
from sources.errors import DeskError
from sources.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN, XML, media_type

LONGEST = 2_000_000
"""Characters of text that are kept; the bytes themselves are always kept whole."""
THIN = 60
"""Letters below which a page may be a question for a password; a Chinese character counts three."""
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
IN_A_CHILD = frozenset({HTML, PDF, DOCX})
HARDLY_ANY: Words = {
    "zh": "网页上几乎没有文字：可能要登录、付费或验证，也可能由脚本生成。请核对。",
    "en": "There is hardly any text on the page: it may ask to sign in, to pay or to prove that "
    "one is no machine, or be made by a script. Please check.",
}
LARGE: Words = {
    "zh": "文件太大，没有读出文字；文件本身已完整保留。",
    "en": "The file is too large for its text to be read; the file itself is kept whole.",
}


def kind_of(content: bytes, served: str | None) -> str:
    """Return the type of bytes; a site's word only tells a page from other markup and text."""
    seen = media_type(content)
    page = SERVED.get(served or "") == HTML and seen in {XML, PLAIN, MARKDOWN}
    return HTML if page else seen


def read_page(content: bytes, kind: str, charset: str | None) -> Document:
    """Return the text of a file of a type, empty where it has none that can be read.

    ``notices`` of the document say why, and whatever else a person should look at.
    """
    if len(content) > LARGEST.get(kind, len(content)):
        return Document("", notices=(LARGE,))
    try:
        found = _read(content, kind, charset)
    except DeskError as problem:
        return Document("", notices=(problem.message,))
    if kind == HTML and _letters(found.content) < THIN:
        return replace(found, notices=(*found.notices, HARDLY_ANY))
    return found


def kept_text(document: Document) -> str | None:
    """Return the text as a snapshot keeps it: in Unicode NFC, None where there is none."""
    lines = document.content.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines)[:LONGEST] or None


def _read(content: bytes, kind: str, charset: str | None) -> Document:
    if kind in {PLAIN, MARKDOWN}:
        return Document(decoded(content, declared(b"", charset)).content)
    if kind not in IN_A_CHILD:
        return Document("")
    if kind == HTML:
        text = decoded(content, declared(content, charset), "file").content
        return confined.read(text.encode("utf-8", "replace"), HTML)
    return confined.read(content, kind)


def _letters(text: str) -> int:
    return sum(3 if HAN.match(char) else 1 for char in text if char.isalnum())
