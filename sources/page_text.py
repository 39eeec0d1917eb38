"""Reading what a site sent: its type by its bytes, its text, and what it says about itself."""

import re
from dataclasses import replace

from sources.columns import Words
from sources.documents.kinds import LARGEST, SERVED
from sources.encodings import declared
from sources.errors import DeskError
from sources.extraction import Extracted, extracted
from sources.media_types import CSV, HTML, MARKDOWN, PLAIN, TSV, XML, media_type

THIN = 60
"""Letters below which a page may be a question for a password; a Chinese character counts three."""
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
TEXTS = frozenset({PLAIN, MARKDOWN})
TABLES = {"text/csv": CSV, "text/tab-separated-values": TSV}
HARDLY_ANY: Words = {
    "zh": "网页上几乎没有文字：可能要登录、付费或验证，也可能由脚本生成。请核对。",
    "en": "There is hardly any text on the page: it may ask to sign in, to pay or to prove that "
    "one is no machine, or be made by a script. Please check.",
}
LARGE: Words = {
    "zh": "文件太大，没有读出文字；文件本身完整保存。",
    "en": "The file is too large for its text to be read; the file itself is kept whole.",
}


def kind_of(content: bytes, served: str | None) -> str:
    """Return the type of bytes; a site's word only tells a page from other markup and text."""
    seen = media_type(content)
    if SERVED.get(served or "") == HTML and seen in {XML, *TEXTS}:
        return HTML
    return TABLES.get(served or "", seen) if seen == PLAIN else seen


def read_page(content: bytes, kind: str, charset: str | None) -> Extracted:
    """Return the text of a file of a type, with a remark where there is none or hardly any.

    Raises Refused or TooLarge for what may do harm.
    """
    if len(content) > LARGEST.get(kind, len(content)):
        return Extracted(remarks=(LARGE,))
    try:
        # The header names an encoding as browsers mean it; of a page, its own words count as well.
        encoding = charset if kind == HTML else declared(b"", charset)
    except DeskError as problem:
        return Extracted(remarks=(problem.message,))
    found = extracted(content, kind, encoding)
    if kind == HTML and found.text is not None and _letters(found.text) < THIN:
        return replace(found, remarks=(*found.remarks, HARDLY_ANY))
    return found


def _letters(text: str) -> int:
    return sum(3 if HAN.match(char) else 1 for char in text if char.isalnum())
