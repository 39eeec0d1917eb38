"""What a file handed over is: its bytes decide, and its name must not say otherwise."""

import re

from sources.errors import Refused, TooLarge
from sources.media_types import (
    CSV,
    DOCX,
    HTML,
    MARKDOWN,
    MHT,
    OLE,
    PDF,
    PLAIN,
    SCRIPT,
    SVG,
    TSV,
    UNKNOWN,
    XLSX,
    XML,
    ZIP,
    media_type,
)
from sources.packages import opened
from sources.store import LIMIT, too_large
from sources.words import Words

ENDINGS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".docx": DOCX,
    ".pdf": PDF,
}
SERVED = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN,
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
    "application/pdf": PDF,
    DOCX: DOCX,
    "application/octet-stream": None,
    "binary/octet-stream": None,
}
"""What servers call the types that are read; the last two say nothing."""
LARGEST = {HTML: 5_000_000, PDF: LIMIT, DOCX: LIMIT}
"""In bytes; plain text has its own limit."""
NAMES: dict[str, Words] = {
    PLAIN: {"zh": "纯文本", "en": "plain text"},
    MARKDOWN: {"zh": "Markdown", "en": "Markdown"},
    HTML: {"zh": "网页（HTML）", "en": "a web page (HTML)"},
    DOCX: {"zh": "Word 文档（.docx）", "en": "a Word document (.docx)"},
    PDF: {"zh": "PDF", "en": "a PDF"},
    OLE: {
        "zh": "旧版 Office 文件，或加了密码的 Word 文档",
        "en": "an old Office file, or a Word document with a password",
    },
    XML: {"zh": "XML", "en": "XML"},
    SVG: {"zh": "SVG 图片", "en": "an SVG picture"},
    SCRIPT: {"zh": "脚本", "en": "a script"},
    ZIP: {"zh": "压缩包", "en": "an archive"},
    XLSX: {"zh": "Excel 工作簿（.xlsx）", "en": "an Excel workbook (.xlsx)"},
    CSV: {"zh": "表格（CSV）", "en": "a table (CSV)"},
    TSV: {"zh": "表格（TSV）", "en": "a table (TSV)"},
    MHT: {"zh": "网页存档（MHT）", "en": "a saved page (MHT)"},
    "image/png": {"zh": "PNG 图片", "en": "a PNG picture"},
    "image/jpeg": {"zh": "JPEG 图片", "en": "a JPEG picture"},
    "image/gif": {"zh": "GIF 图片", "en": "a GIF picture"},
    UNKNOWN: {"zh": "二进制数据", "en": "binary data"},
}
ENDING = re.compile(r"\.[a-z][a-z0-9]{0,4}|\.markdown")
MARKUP = re.compile(rb"<[a-zA-Z!/]")
PROLOG = re.compile(rb"\A\s*<[?!]")
LISTED = ".txt, .md, .html, .docx, .pdf"


def kind_of(
    content: bytes,
    file_name: str | None,
    *,
    served: str | None = None,
    encoding: str | None = None,
) -> str:
    """Return the type of a file this desk reads; raise Refused for any other, or TooLarge.

    ``served`` is what a server called it, ``encoding`` what a person named: bytes that look like
    none are a text then.
    """
    if not content:
        raise Refused("file_empty", {"zh": "文件是空的。", "en": "The file is empty."}, "file")
    if len(content) > LIMIT:
        raise TooLarge("file_too_large", too_large(LIMIT), "file")
    claimed = SERVED.get(served) if served else _claimed(file_name)
    seen = media_type(content, None if served else file_name)
    kind = _agreed(claimed, seen, content, encoding)
    if kind is None and claimed == DOCX and seen == ZIP:
        # Why it is no document that can be read is worth more than that it is none.
        opened(content).close()
    if kind is None:
        raise _mismatch(claimed, seen) if claimed else _unread(name_of(seen))
    if len(content) > LARGEST.get(kind, LIMIT):
        raise _too_large(kind, len(content))
    return kind


def _claimed(file_name: str | None) -> str | None:
    """Return what a name says; raise Refused for an ending of something that is not read."""
    name = (file_name or "").strip().lower()
    ending = name[name.rfind(".") :] if "." in name else ""
    if not ENDING.fullmatch(ending):
        return None
    if ending not in ENDINGS:
        raise _unread({"zh": ending, "en": ending})
    return ENDINGS[ending]


def _agreed(claimed: str | None, seen: str, content: bytes, encoding: str | None) -> str | None:
    """Return the type both the name and the bytes allow; None where they contradict."""
    if claimed is None:
        return seen if seen in set(ENDINGS.values()) else None
    loose = seen in {PLAIN, MARKDOWN, SCRIPT} or (seen == XML and not PROLOG.match(content))
    if claimed in {PLAIN, MARKDOWN}:
        return claimed if loose or (seen == UNKNOWN and encoding) else None
    if claimed == HTML:
        page = seen == HTML or (loose and MARKUP.search(content)) or (seen == UNKNOWN and encoding)
        return HTML if page else None
    return claimed if seen == claimed else None


def name_of(kind: str) -> Words:
    """What a type is called; one without a name is shown as it is."""
    return NAMES.get(kind) or {"zh": kind, "en": kind}


def _unread(name: Words) -> Refused:
    return Refused(
        "file_unread",
        {
            "zh": f"不读取这种文件（{name['zh']}）。可读取：{LISTED}；其他格式请另存为其中一种。",
            "en": f"Files of this kind ({name['en']}) are not read. Save it as one of {LISTED}.",
        },
        "file",
    )


def _mismatch(claimed: str, seen: str) -> Refused:
    said, found = name_of(claimed), name_of(seen)
    return Refused(
        "file_mismatch",
        {
            "zh": f"名称或网站说它是{said['zh']}，内容却是{found['zh']}，没有读取。请核对后另存。",
            "en": f"It is called {said['en']}, but its content is {found['en']}; it was not read. "
            "Check it and save it again.",
        },
        "file",
    )


def _too_large(kind: str, size: int) -> TooLarge:
    name, limit = name_of(kind), LARGEST.get(kind, LIMIT) / 1_000_000
    return TooLarge(
        "file_too_large",
        {
            "zh": f"文件有 {size:,} 字节；{name['zh']}最大 {limit:g} MB。请拆分，或粘贴正文。",
            "en": f"The file has {size:,} bytes; the limit for {name['en']} is {limit:g} MB. "
            "Split it, or paste its text.",
        },
        "file",
    )
