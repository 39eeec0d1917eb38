"""What is handed over to become an article: a pasted text, a file, or a page at an address.

Whatever it came as, it leaves here as one ``Text`` with the bytes it was made from, and with what
it says about itself.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import unquote

from sqlalchemy.orm import Session

from claims import unseen_figures
from claims.errors import DeskError, Refused
from claims.intake import LONGEST_TITLE, add_article
from claims.languages import HAN, stated_or_seen
from claims.models import Article, ArticleVersion
from claims.new_version import add_version
from claims.text import Text, read_bytes, read_text
from sources.columns import Words
from sources.documents import confined
from sources.documents.kinds import ENDINGS, SERVED, kind_of
from sources.encodings import declared, decoded
from sources.fetching import Fetcher
from sources.file_names import cleaned
from sources.media_types import HTML, MARKDOWN, PLAIN
from sources.snapshots import Download, inert
from sources.store import Store

UNSAID = "application/octet-stream"
"""The type of an answer that names none; its bytes will tell."""
THIN = 60
"""Letters below which a web page only asks to sign in or pay; a Chinese character counts three."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text with the bytes it came in; ``origin`` is the file's name or the page's address."""

    text: Text
    received: bytes
    media_type: str
    origin: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    notices: tuple[Words, ...] = ()


def from_paste(content: str) -> Manuscript:
    """Read a pasted text; every problem is a Refused at the field ``text``."""
    text = read_text(content)
    received = content.encode("utf-8", "replace")
    return Manuscript(text, received, PLAIN, notices=unseen_figures.notices(text.content))


def from_file(content: bytes, name: str | None, encoding: str | None = None) -> Manuscript:
    """Read a file by what its bytes are; every problem is a Refused at the field ``file``."""
    with _at("file"):
        origin = cleaned(name)
        kind = kind_of(content, origin, encoding=encoding)
        return replace(_read(content, kind, encoding, None), origin=origin)


def from_address(fetcher: Fetcher, address: str, encoding: str | None = None) -> Manuscript:
    """Fetch a page and read it; every problem is a Refused at the field ``address``."""
    with _at("address"):
        page = fetcher.fetch(address, SERVED).page()
        if not page.content:
            raise _thin()
        served = page.media_type or UNSAID
        kind = kind_of(page.content, None, served=served, encoding=encoding)
        found = _read(page.content, kind, encoding, page.charset)
        if kind == HTML and _letters(found.text.content) < THIN:
            raise _thin()
        return replace(found, origin=page.address)


def take_in(
    session: Session,
    store: Store,
    manuscript: Manuscript,
    *,
    title: str | None = None,
    language: str | None = None,
    published: str | None = None,
    by: str,
) -> Article:
    """Add the article and keep the bytes it was made from under their SHA-256.

    What is left empty is filled with what the manuscript states. The bytes are on the disk before
    the rows are committed; where the rows are refused, no bytes are kept.
    """
    tongue = language or stated_or_seen(manuscript.language, manuscript.text.content)
    if tongue is None:
        raise Refused(
            "language_unseen",
            {
                "zh": "看不出正文是什么语言，请选定。",
                "en": "The text does not show its language; choose one.",
            },
            "language",
        )
    article = add_article(
        session,
        manuscript.text,
        title=(title or "").strip() or (manuscript.title or "")[:LONGEST_TITLE],
        language=tongue,
        published=(published or "").strip() or manuscript.published,
        file_name=manuscript.origin,
        by=by,
        media_type=manuscript.media_type,
        byline=manuscript.byline,
    )
    store.put(io.BytesIO(manuscript.received))
    return article


def take_in_version(
    session: Session,
    store: Store,
    manuscript: Manuscript,
    article: Article,
    *,
    by: str,
    seen_number: int | None = None,
) -> ArticleVersion:
    """Add the next version of an article and keep the bytes it was made from."""
    version = add_version(
        session,
        article,
        manuscript.text,
        by=by,
        file_name=manuscript.origin,
        media_type=manuscript.media_type,
        seen_number=seen_number,
    )
    store.put(io.BytesIO(manuscript.received))
    return version


def original(store: Store, version: ArticleVersion) -> Download:
    """Return the bytes a version was read from; raise Missing or Damaged.

    An article that was typed in by other means, such as the sample, has none.
    """
    content = store.read(version.received_sha256)
    name = (version.file_name or "").split("?")[0].rstrip("/").rpartition("/")[2]
    ending = next((end for end, kind in ENDINGS.items() if kind == version.media_type), "")
    named = cleaned(unquote(name)) or version.sha256[:12]
    if "://" in (version.file_name or "") and not named.endswith(ending):
        named += ending
    return Download(content, named, inert(version.media_type))


def _read(content: bytes, kind: str, encoding: str | None, header: str | None) -> Manuscript:
    """Read bytes of a known type; plain text is read here, everything else in a child process."""
    if kind in {PLAIN, MARKDOWN}:
        text = read_bytes(content, encoding or declared(b"", header))
        return Manuscript(text, content, kind, notices=unseen_figures.notices(text.content))
    charset, fed = "utf-8", content
    if kind == HTML:
        found = decoded(content, encoding or declared(content, header), "file")
        charset, fed = found.charset, found.content.encode("utf-8", "replace")
    document = confined.read(fed, kind)
    text = read_text(document.content, charset=charset, received=content)
    return Manuscript(
        text=text,
        received=content,
        media_type=kind,
        title=document.title,
        byline=document.byline,
        published=document.published,
        language=document.language,
        notices=(*document.notices, *unseen_figures.notices(text.content)),
    )


@contextmanager
def _at(field: str) -> Iterator[None]:
    """Let every problem inside belong to the field by which the text came."""
    try:
        yield
    except DeskError as problem:
        problem.field = field
        raise


def _letters(text: str) -> int:
    return sum(3 if HAN.match(char) else 1 for char in text if char.isalnum())


def _thin() -> Refused:
    return Refused(
        "page_thin",
        {
            "zh": "网页上几乎没有文字：可能要登录或付费，也可能由脚本生成。请粘贴正文。",
            "en": "There is hardly any text on the page: it may ask for a subscription, or be made "
            "by a script. Paste the text instead.",
        },
        "address",
    )
