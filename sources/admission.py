"""Whether a file may be kept as evidence: its bytes say what it is, and its name agrees.

What is kept is served to be saved and never to be run. Refused is what lies about itself, what is
two things at once, and what could harm whoever opens it.
"""

import re

from sources.documents.kinds import ENDINGS, MARKUP, PROLOG, name_of
from sources.documents.markup import refuse_entities
from sources.errors import Refused
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
    UNKNOWN,
    XLSX,
    XML,
    ZIP,
    media_type,
)
from sources.packages import is_archive_at_end, opened
from sources.words import Words

TEXTS = frozenset({PLAIN, MARKDOWN, CSV, TSV, SCRIPT})
SEALED_ONLY = frozenset({"image/heic", "image/avif"})
"""What a camera writes into these cannot be taken out here."""
CLAIMED: dict[str, frozenset[str]] = {
    **{ending: frozenset({kind}) for ending, kind in ENDINGS.items()},
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".tab", ".log"), TEXTS),
    ".xlsx": frozenset({XLSX}),
    ".svg": frozenset({SVG}),
    ".mht": frozenset({MHT}),
    ".mhtml": frozenset({MHT}),
    ".xml": frozenset({XML, SVG, HTML}),
    ".zip": frozenset({ZIP}),
    ".png": frozenset({"image/png"}),
    ".jpg": frozenset({"image/jpeg"}),
    ".jpeg": frozenset({"image/jpeg"}),
    ".gif": frozenset({"image/gif"}),
    ".webp": frozenset({"image/webp"}),
    ".tif": frozenset({"image/tiff"}),
    ".tiff": frozenset({"image/tiff"}),
}
STATED: dict[str, frozenset[str]] = {
    **{kind: frozenset({kind}) for kind in (PDF, DOCX, XLSX, SVG, *PICTURES)},
    "text/html": frozenset({HTML}),
    "application/xhtml+xml": frozenset({HTML}),
}
"""What a browser says a file is, where that says something; it mostly repeats the name's ending."""
NEAR = 1024
"""Bytes in which lenient programs look for the beginning of what they read."""
TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe|svg)[\s>]", re.IGNORECASE)
RUNS_AS_SCRIPT = re.compile(rb"\AGIF8[79]a(?:/\*|=[ -~])")
PHAR = b"__HALT_COMPILER();"
TAR = (257, b"ustar")
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
TEST_FILE: Words = {
    "zh": "文件含有杀毒软件的测试字串（EICAR）。它本身无害；打开同来源的其他文件前请先查毒。",
    "en": "The file holds the test string of virus scanners (EICAR). It does no harm itself; scan "
    "other files from this source before you open them.",
}


def admitted(
    content: bytes,
    file_name: str | None,
    *,
    stated: str | None = None,
    encoding: str | None = None,
) -> str:
    """Return the type of a file that may be kept; raise Refused at the field ``file``.

    ``stated`` is the type a browser named, ``encoding`` what a person named for a text.
    """
    seen = media_type(content, file_name)
    kind = _agreed(content, seen, CLAIMED.get(_ending(file_name)), encoding)
    if kind is None:
        if _ending(file_name) in {".docx", ".xlsx", ".zip"} and seen == ZIP:
            # Why it is no document that can be read is worth more than that it is none.
            opened(content).close()
        raise _mismatch(_ending(file_name), seen)
    if _agreed(content, kind, STATED.get(stated or ""), encoding) is None:
        raise _mismatch(stated or "", seen)
    _refuse_two(content, kind)
    if kind == ZIP:
        opened(content).close()
    if kind in {SVG, XML}:
        refuse_entities(content)
    if kind in SEALED_ONLY:
        raise _sealed_only()
    return kind


def warnings(content: bytes) -> tuple[Words, ...]:
    """Return what a person should know before opening a file that is kept."""
    return (TEST_FILE,) if EICAR in content else ()


def _ending(name: str | None) -> str:
    low = (name or "").strip().lower()
    return low[low.rfind(".") :] if "." in low else ""


def _agreed(
    content: bytes, seen: str, claimed: frozenset[str] | None, encoding: str | None
) -> str | None:
    """Return the type that the claim and the bytes allow; None where they contradict."""
    if claimed is None or seen in claimed:
        return seen
    loose = seen in TEXTS or (seen == XML and not PROLOG.match(content))
    if HTML in claimed and loose and MARKUP.search(content):
        return HTML
    if claimed == TEXTS and (loose or (seen == UNKNOWN and encoding)):
        return PLAIN
    return None


def _refuse_two(content: bytes, kind: str) -> None:
    """Refuse a file that other programs take for something else than what it is."""
    near = content[:NEAR]
    text = kind in TEXTS or kind in {HTML, SVG, XML, MHT}
    archive = kind in {ZIP, DOCX, XLSX} or "officedocument" in kind
    also = (
        (not archive and is_archive_at_end(content), ZIP),
        (content.startswith(TAR[1], TAR[0]) and not text, "TAR"),
        (not text and TAGS.search(near) is not None, HTML),
        (kind != PDF and kind not in TEXTS and b"%PDF-" in near, PDF),
        (kind in PICTURES and (PHAR in content or RUNS_AS_SCRIPT.match(content)), SCRIPT),
    )
    for there, other in also:
        if there:
            raise _two(kind, other)


def _mismatch(claimed: str, seen: str) -> Refused:
    found = name_of(seen)
    return Refused(
        "file_mismatch",
        {
            "zh": f"名称或浏览器说它是 {claimed}，内容却是{found['zh']}，没有保存。"
            "请核对后重新上传。",
            "en": f"It is called {claimed}, but its content is {found['en']}; it was not stored. "
            "Check it and upload it under the right name.",
        },
        "file",
    )


def _two(kind: str, other: str) -> Refused:
    one, two = name_of(kind), name_of(other)
    return Refused(
        "file_two_types",
        {
            "zh": f"文件既是{one['zh']}又是{two['zh']}，可能有害，没有保存。请从原程序重新导出。",
            "en": f"The file is {one['en']} and {two['en']} at once, which may do harm; it was "
            "not stored. Export it again from the program that made it.",
        },
        "file",
    )


def _sealed_only() -> Refused:
    return Refused(
        "picture_unreadable",
        {
            "zh": "这种图片（HEIC、AVIF）可能写有拍摄地点，这里无法去掉，没有保存。"
            "请另存为 JPEG 或 PNG。",
            "en": "Pictures of this kind (HEIC, AVIF) may say where they were taken, and that "
            "cannot be taken out here, so it was not stored. Save it as JPEG or PNG.",
        },
        "file",
    )
