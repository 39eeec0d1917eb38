"""What text a stored file holds, and where in it each page, paragraph and table cell stands.

Whoever keeps a file as evidence keeps it whole; the text beside it is there to be quoted and
searched. A file that cannot be read is kept all the same, with the reason.
"""

import re
from dataclasses import dataclass, field, replace

from sources.columns import Words
from sources.documents import confined
from sources.documents.document import CONTROLS, Document
from sources.encodings import declared, decoded
from sources.errors import DeskError
from sources.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN
from sources.places import PARAGRAPH, Place, composed, shortened

LONGEST_TEXT = 2_000_000
"""Characters of extracted text that are kept; the bytes themselves are always kept whole."""
BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text in Unicode NFC with its places; None where it has none that can be read.

    ``remarks`` are what a person should know: what was left out or uncertain, or why no text.
    ``document`` is what the file says about itself beside its text.
    """

    text: str | None = None
    places: tuple[Place, ...] = ()
    remarks: tuple[Words, ...] = ()
    document: Document = field(default_factory=lambda: Document(""))


def extracted(content: bytes, kind: str, encoding: str | None = None) -> Extracted:
    """Return the text of a file of a known type; what its reader refuses becomes a remark.

    ``encoding`` is what a person named, or a server stated, for a text that does not say itself.
    """
    try:
        document = _document(content, kind, encoding)
    except DeskError as problem:
        return Extracted(remarks=(problem.message,))
    if document is None:
        return Extracted()
    text, places = composed(document.content, document.places)
    kept, within = shortened(text, places, LONGEST_TEXT)
    remarks = document.notices if kept == text else (*document.notices, _cut(len(kept)))
    return Extracted(kept, within, remarks, replace(document, content="", places=()))


def _document(content: bytes, kind: str, encoding: str | None) -> Document | None:
    if kind in {PLAIN, MARKDOWN}:
        return plain(decoded(content, encoding, "file").content)
    if kind == HTML:
        page = decoded(content, declared(content, encoding), "file").content
        return confined.read(page.encode("utf-8", "replace"), HTML)
    if kind in {PDF, DOCX}:
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
