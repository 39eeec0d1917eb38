"""What a file is, told from its bytes: a name or a browser's word proves nothing."""

import re

from sources.errors import Refused
from sources.packages import listed

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
SVG = "image/svg+xml"
XML = "application/xml"
SCRIPT = "application/x-script"
ZIP = "application/zip"
PDF = "application/pdf"
OLE = "application/x-ole-storage"
MHT = "multipart/related"
CSV = "text/csv"
TSV = "text/tab-separated-values"
FLASH = "application/x-shockwave-flash"
UNKNOWN = "application/octet-stream"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff"})
"""The pictures that are looked at: whether they say where and by whom they were taken."""
ACTIVE = frozenset({HTML, SVG, XML, SCRIPT, MHT, FLASH})
"""The types a browser might run; they leave the store only under an inert type."""

HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    *((4, b"ftyp" + brand, "image/heic") for brand in HEIC),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"WARC/", "application/warc"),
    (0, b"FWS", FLASH),
    (0, b"CWS", FLASH),
    (0, b"ZWS", FLASH),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
)
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = OFFICE + "wordprocessingml.document"
XLSX = OFFICE + "spreadsheetml.sheet"
PACKAGES = (
    ("word/", DOCX),
    ("xl/", XLSX),
    ("ppt/", OFFICE + "presentationml.presentation"),
)
PROLOG = r"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!doctype\s+svg[^>]*>\s*)*"
ANY_CASE = re.IGNORECASE | re.DOTALL
MARKUP = (
    (re.compile(PROLOG + r"<svg[\s>]", ANY_CASE), SVG),
    (
        re.compile(
            PROLOG + r"<(?:!doctype\s+html|html|head|body|script|iframe|meta|title)[\s>/]", ANY_CASE
        ),
        HTML,
    ),
    (re.compile(r"\A\s*<(?:\?xml|!doctype|[a-z_][\w:.-]*[\s>])", ANY_CASE), XML),
    (re.compile(r"\A\s*(?:#!|<\?php|<%)"), SCRIPT),
)
HEADER = re.compile(r"[A-Za-z-]{2,40}:|[ \t]")
ARCHIVE = re.compile(r"content-type:\s*multipart/related", re.IGNORECASE)
"""A page saved with all it brings along is a message, after RFC 2557."""
TABLE_ENDINGS = {".csv": CSV, ".tsv": TSV, ".tab": TSV}
SCRIPT_ENDINGS = (".js", ".mjs", ".php", ".sh", ".py", ".vbs", ".ps1", ".bat", ".cmd", ".hta")
HEAD = 4096
"""How many characters of a text are looked at for markup."""
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
TEXT_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def media_type(content: bytes, file_name: str | None = None) -> str:
    """Return the media type of a whole file.

    The bytes decide; ``file_name`` only tells Markdown, tables and scripts from other plain text,
    which nothing in the bytes can.
    """
    for offset, mark, kind in SIGNATURES:
        if content.startswith(mark, offset):
            return _package(content) if kind == ZIP else kind
    head = (text_of(content) or content.decode("latin-1"))[:HEAD]
    for pattern, kind in MARKUP:
        if pattern.search(head):
            return kind
    if _is_message(head):
        return MHT
    if text_of(content) is None and BINARY.search(content):
        return UNKNOWN
    ending = (file_name or "").lower()
    if ending.endswith(SCRIPT_ENDINGS):
        return SCRIPT
    if ending.endswith((".md", ".markdown")):
        return MARKDOWN
    return TABLE_ENDINGS.get(ending[-4:], PLAIN)


def _is_message(head: str) -> bool:
    """Tell whether a text begins with header lines, one of which says it holds a whole page.

    Line by line, because one pattern for all of them would try every way to part them.
    """
    for line in head.splitlines():
        if ARCHIVE.match(line):
            return True
        if not HEADER.match(line):
            return False
    return False


def text_of(content: bytes) -> str | None:
    """Return the text of a file in UTF-8, or with a byte order mark; None for anything else.

    Another encoding would have to be guessed, and a guess is no evidence.
    """
    charset = next((name for mark, name in TEXT_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(charset)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _package(content: bytes) -> str:
    """Tell an office document from any other ZIP archive by its table of contents alone."""
    try:
        names = listed(content)
    except Refused:
        return ZIP
    if "[Content_Types].xml" not in names:
        return ZIP
    return next(
        (kind for folder, kind in PACKAGES if any(name.startswith(folder) for name in names)), ZIP
    )
