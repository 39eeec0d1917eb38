"""What text a stored file holds, and where in it each page, paragraph and table cell stands.

Whoever keeps a file as evidence keeps it whole; the text beside it is there to be quoted and
searched. A file that cannot be read is kept all the same, with the reason.
"""

import base64
import re
from dataclasses import dataclass, field, replace

from sources.documents import confined
from sources.documents.document import CONTROLS, Document
from sources.encodings import declared, decoded
from sources.errors import DeskError
from sources.media_types import (
    CSV,
    DOCX,
    HTML,
    MARKDOWN,
    MHT,
    PDF,
    PICTURES,
    PLAIN,
    SCRIPT,
    SVG,
    TSV,
    XLSX,
    XML,
)
from sources.places import PARAGRAPH, Place, composed, shortened
from sources.words import Words

LONGEST_TEXT = 2_000_000
"""Characters of extracted text that are kept; the bytes themselves are always kept whole."""
WHOLE = frozenset({PDF, DOCX, XLSX, MHT, SVG, XML, *PICTURES})
"""The types a reader is given as they are."""
HARMFUL = frozenset({"docx_entities", "xml_entities", "document_busy"})
UNREAD: Words = {
    "zh": "这种文件不读取文字；文件本身完整保存。请手工录入引文。",
    "en": "Text is not read from files of this kind; the file itself is kept whole. Type the "
    "passage in.",
}
WORDLESS: Words = {"zh": "文件里没有文字。", "en": "The file holds no words."}
BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text in Unicode NFC with its places; None where it has none that can be read.

    ``remarks`` are what a person should know: what was left out or uncertain, or why no text.
    ``copy`` is a picture without what it says of its origin, where it says any.
    ``document`` is what the file says about itself beside its text.
    """

    text: str | None = None
    places: tuple[Place, ...] = ()
    remarks: tuple[Words, ...] = ()
    copy: bytes | None = None
    document: Document = field(default_factory=lambda: Document(""))


def extracted(content: bytes, kind: str, encoding: str | None = None) -> Extracted:
    """Return the text of a file of a known type; that it cannot be read becomes a remark.

    ``encoding`` is what a person named, or a server stated, for a text that does not say itself.
    Raises Refused or TooLarge for what may do harm, and for a picture that cannot be looked at:
    nobody knows then what it says of its origin.
    """
    try:
        document = _document(content, kind, encoding)
    except DeskError as problem:
        if kind in PICTURES or problem.code in HARMFUL or problem.code.startswith("package_"):
            raise
        return Extracted(remarks=(problem.message,))
    if document is None:
        return Extracted(remarks=(UNREAD,))
    text, places = composed(document.content, document.places)
    kept, within = shortened(text, places, LONGEST_TEXT)
    remarks = document.notices if kept == text else (*document.notices, _cut(len(kept)))
    if not kept.strip():
        kept, within, remarks = "", (), remarks or (WORDLESS,)
    return Extracted(
        kept or None,
        within,
        remarks,
        base64.b64decode(document.copy) if document.copy else None,
        replace(document, content="", places=(), copy=None),
    )


def _document(content: bytes, kind: str, encoding: str | None) -> Document | None:
    if kind in {PLAIN, MARKDOWN, SCRIPT}:
        return plain(decoded(content, encoding, "file").content)
    if kind == HTML:
        page = decoded(content, declared(content, encoding), "file").content
        return confined.read(page.encode("utf-8", "replace"), HTML)
    if kind in {CSV, TSV}:
        table = decoded(content, encoding, "file").content
        return confined.read(table.encode("utf-8", "replace"), kind)
    if kind in WHOLE:
        return confined.read(content, kind)
    return None


def plain(text: str) -> Document:
    """Return a plain text with its paragraphs, which an empty line parts; else each line is one."""
    lines = CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    parting = BLANK_LINES if BLANK_LINES.search(lines.strip()) else re.compile("\n")
    begins, start = list[int](), 0
    for end in [*parting.finditer(lines), None]:
        part = lines[start : end.start() if end else len(lines)]
        if part.strip():
            begins.append(start if begins else 0)
        start = end.end() if end else len(lines)
    places = tuple((begin, PARAGRAPH, str(number)) for number, begin in enumerate(begins, start=1))
    return Document(lines, places=places)


def _cut(characters: int) -> Words:
    return {
        "zh": f"文件很长，只读取了前 {characters:,} 个字符；文件本身完整保存。",
        "en": f"The file is long: only its first {characters:,} characters were read. The file "
        "itself is kept whole.",
    }
