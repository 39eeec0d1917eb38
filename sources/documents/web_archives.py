"""Reading a page saved as one file (MHT, MHTML): the page in it, without what it brings along.

Source: RFC 2557.
"""

from email import message_from_bytes
from email.message import Message

from sources.documents.document import Document
from sources.documents.html import read_html
from sources.encodings import declared, decoded
from sources.errors import Refused

PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read_web_archive(content: bytes) -> Document:
    """Read the first page of an archive; raise Refused where there is none."""
    for part in message_from_bytes(content).walk():
        if part.get_content_type() in PAGES:
            return read_html(_decoded(part))
    raise Refused(
        "archive_empty",
        {"zh": "网页存档里没有网页。", "en": "There is no page in the saved page's file."},
        "file",
    )


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    page = data if isinstance(data, bytes) else b""
    return decoded(page, declared(page, part.get_content_charset()), "file").content
