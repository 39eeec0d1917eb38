"""The process in which a stranger's file is parsed: it can open nothing, and is missed by nobody.

It reads the file from standard input and answers with one line of JSON. Everything it will need is
imported and tried first; then the number of files it may have open is lowered to those it has, so
that neither a file nor a network connection can be opened any more, and memory, time and the size
of written files are limited by the kernel.
"""

import base64
import codecs
import dataclasses
import io
import json
import logging
import os
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable

from sources.documents.document import Document
from sources.documents.limits import MEMORY, MOST_CHARACTERS, SECONDS
from sources.errors import DeskError, Refused, TooLarge
from sources.media_types import CSV, DOCX, HTML, MHT, PDF, PICTURES, SVG, TSV, XLSX, XML

ENCODINGS = (
    "ascii", "big5", "big5hkscs", "charmap", "cp1252", "cp437", "cp932", "cp949", "cp950", "euc_jp",
    "euc_kr", "gb18030", "gb2312", "gbk", "hex_codec", "johab", "latin-1", "mac_roman",
    "raw_unicode_escape", "shift_jis", "unicode_escape", "utf-16", "utf-16-be", "utf-16-le",
    "utf-32", "utf-32-be", "utf-8", "utf-8-sig",
)  # fmt: skip
"""Python reads the tables of an encoding from a file at the first use."""
TRIAL_PAGE = b"<html><body><p>One 1.</p><p>Two 2.</p></body></html>"
TRIAL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F "
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj "
    b"4 0 obj<</Length 21>>stream\nBT/F 9 Tf(One 1)Tj ET\nendstream endobj "
    b"5 0 obj<</CreationDate(D:20260102030405+08'00')>>endobj\ntrailer<</Root 1 0 R/Info 5 0 R>>"
    b"\nstartxref\n0\n%%EOF"
)
TRIAL_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
Reader = tuple[Callable[[bytes], Document], bytes]
"""What reads a type, and a small file of it on which it is tried."""
OUT_OF_MEMORY, TOO_DEEP = 12, 13


def main() -> None:
    """Parse standard input as the type named by the first argument."""
    logging.disable()
    warnings.simplefilter("ignore")
    answer = os.dup(1)
    # What a library prints is no part of the answer.
    os.dup2(2, 1)
    read = reader(sys.argv[-1])
    data = sys.stdin.buffer.read()
    confine(answer)
    try:
        said = answered(read, data)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except RecursionError:
        os._exit(TOO_DEEP)
    with os.fdopen(answer, "wb") as stream:
        stream.write(said)


def reader(kind: str) -> Callable[[bytes], Document]:
    """Return the reader of a type, with all it needs already loaded."""
    for name in ENCODINGS:
        codecs.lookup(name)
    read, trial_file = READERS[kind]()
    return tried(read, trial_file)


def _page() -> Reader:
    from sources.documents.html import read_html  # noqa: PLC0415 - only this process pays

    return lambda data: read_html(data.decode()), TRIAL_PAGE


def _archive() -> Reader:
    from sources.documents.web_archives import read_web_archive  # noqa: PLC0415 - as above

    return read_web_archive, b"Content-Type: text/html\n\n" + TRIAL_PAGE


def _document() -> Reader:
    from sources.documents.docx import read_docx  # noqa: PLC0415 - as above

    return read_docx, trial_package()


def _pdf() -> Reader:
    from sources.documents.pdf import read_pdf  # noqa: PLC0415 - as above

    return read_pdf, TRIAL_PDF


def _markup() -> Reader:
    from sources.documents.markup import read_markup  # noqa: PLC0415 - as above

    return read_markup, b"<a>1</a>"


def _table() -> Reader:
    from sources.documents.delimited import read_delimited  # noqa: PLC0415 - as above

    return lambda data: read_delimited(data.decode()), b"a,b\n1,2\n"


def _picture() -> Reader:
    from sources.documents.pictures import read_picture  # noqa: PLC0415 - as above

    return read_picture, TRIAL_PICTURE


def _workbook() -> Reader:
    # Without lxml openpyxl reads every part through defusedxml.
    os.environ["OPENPYXL_LXML"] = "False"
    from sources.documents.xlsx import read_xlsx, trial  # noqa: PLC0415 - as above

    return read_xlsx, trial()


READERS: dict[str, Callable[[], Reader]] = {
    HTML: _page,
    MHT: _archive,
    DOCX: _document,
    PDF: _pdf,
    SVG: _markup,
    XML: _markup,
    CSV: _table,
    TSV: _table,
    XLSX: _workbook,
    **dict.fromkeys(PICTURES, _picture),
}


def tried(read: Callable[[bytes], Document], trial: bytes) -> Callable[[bytes], Document]:
    """Return a reader that has read something once: what libraries load late is loaded now."""
    read(trial)
    return read


def trial_package() -> bytes:
    """The smallest document of the kind Word writes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


def confine(highest: int) -> None:
    """Give up everything but thinking: no new files or connections, and limited time and memory."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: highest + 1,
    }
    for which, most in limits.items():
        resource.setrlimit(which, (most, most))


def answered(read: Callable[[bytes], Document], data: bytes) -> bytes:
    """Return the document, or the refusal, as JSON."""
    try:
        document = read(data)
        if len(document.content) > MOST_CHARACTERS:
            raise _long()
    except DeskError as problem:
        said = {
            "refused": type(problem).__name__,
            "code": problem.code,
            "message": problem.message,
        }
        return json.dumps(said).encode()
    # An escaped Chinese character would be twice as long.
    return json.dumps(dataclasses.asdict(document), ensure_ascii=False).encode()


def _long() -> Refused | TooLarge:
    return TooLarge(
        "document_long",
        {
            "zh": f"文件里的文字超过 {MOST_CHARACTERS:,} 个字符。请拆分。",
            "en": f"The file holds more than {MOST_CHARACTERS:,} characters of text. Split it.",
        },
        "file",
    )
