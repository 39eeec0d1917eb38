"""Reading a PDF: the text of its pages, put together from lines into paragraphs."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from sources.documents.document import Document, readable
from sources.documents.pdf_facts import made, stated
from sources.documents.pdf_glyphs import unprinted
from sources.documents.pdf_lines import located, paragraphs
from sources.documents.pdf_title import Sizes
from sources.errors import Refused, TooLarge
from sources.words import Words

MOST_PAGES = 1000
MOST_NAMED = 10
"""How many pages without text are named one by one."""


def read_pdf(content: bytes) -> Document:
    """Read a PDF; raise Refused where it is damaged, locked or holds pictures only."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise _locked()
        sizes = Sizes()
        acting = tuple(_acting(reader))
        _refuse_long(reader)
        pages = _pages(reader, sizes)
        title = stated(reader, "/Title", pages) or _printed(sizes, pages)
        byline, day = stated(reader, "/Author", pages), made(reader)
    except PyPdfError as problem:
        raise _broken() from problem
    if not any(page.strip() for page in pages):
        raise _scanned()
    found, heads = paragraphs(pages)
    text, places = located(found)
    return Document(
        content=text,
        places=places,
        title=title,
        byline=byline,
        made=day,
        notices=(*acting, *_repeated(heads), *_without_text(pages)),
    )


def _pages(reader: PdfReader, sizes: Sizes) -> list[str]:
    """Return the text of each page, and note how large the first one's is printed."""
    texts: list[str] = []
    for page in reader.pages:
        if len(texts) == MOST_PAGES:
            raise _long()
        seen = None if texts else sizes
        texts.append(readable(unprinted(page.extract_text(visitor_text=seen))))
    return texts


def _printed(sizes: Sizes, pages: list[str]) -> str | None:
    """Return the words printed largest, where they stand in the text as they are read here."""
    found = readable(unprinted(sizes.headline() or ""))
    return found if found and "".join(found.split()) in "".join(pages[0].split()) else None


def _refuse_long(reader: PdfReader) -> None:
    """Refuse a file that says it has too many pages, before they are all looked for."""
    catalog: Any = reader.trailer["/Root"].get_object()
    pages = catalog.get("/Pages") if isinstance(catalog, DictionaryObject) else None
    tree = pages.get_object() if pages is not None else None
    count = tree.get("/Count") if isinstance(tree, DictionaryObject) else None
    if isinstance(count, int) and count > MOST_PAGES:
        raise _long()


def _acting(reader: PdfReader) -> Iterator[Words]:
    """Say that a file does something of its own accord when it is opened."""
    catalog = reader.trailer["/Root"].get_object()
    names = catalog.get("/Names") if isinstance(catalog, DictionaryObject) else None
    told = names.get_object() if names is not None else {}
    acts = isinstance(catalog, DictionaryObject) and (
        _is_script(catalog.get("/OpenAction")) or "/AA" in catalog
    )
    if acts or (isinstance(told, DictionaryObject) and "/JavaScript" in told):
        yield {
            "zh": "PDF 打开时会运行脚本；请勿用能运行脚本的程序打开。",
            "en": "The PDF runs a script when it is opened; do not open it in a program that runs "
            "scripts.",
        }


def _is_script(action: Any) -> bool:
    found = action.get_object() if action is not None else None
    return isinstance(found, DictionaryObject) and found.get("/S") in {"/JavaScript", "/Launch"}


def _repeated(heads: list[str]) -> tuple[Words, ...]:
    if not heads:
        return ()
    notice: Words = {
        "zh": f"每页重复的页眉页脚没有收入正文：{'；'.join(heads)}",
        "en": f"Heads and page numbers repeated on every page were left out: {'; '.join(heads)}",
    }
    return (notice,)


def _without_text(pages: list[str]) -> tuple[Words, ...]:
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    if not empty:
        return ()
    named = ", ".join(map(str, empty[:MOST_NAMED])) + (" …" if len(empty) > MOST_NAMED else "")
    notice: Words = {
        "zh": f"第 {named} 页没有文字（可能是图片），其中的数字没有列出，请核对。",
        "en": f"Page {named} has no text (perhaps a picture); figures on it are not listed. "
        "Please check.",
    }
    return (notice,)


def _broken() -> Refused:
    return Refused(
        "pdf_broken",
        {
            "zh": "PDF 已损坏，无法读取。请重新导出，或粘贴正文。",
            "en": "The PDF is damaged and cannot be read. Export it again, or paste its text.",
        },
        "file",
    )


def _locked() -> Refused:
    return Refused(
        "pdf_locked",
        {
            "zh": "PDF 加了密码，没有读取。请去掉密码后再上传。",
            "en": "The PDF is protected by a password and was not read. Remove the password.",
        },
        "file",
    )


def _scanned() -> Refused:
    return Refused(
        "pdf_scanned",
        {
            "zh": "PDF 里没有文字，只有图片（扫描件）。请先做文字识别，或粘贴正文。",
            "en": "The PDF holds pictures only, no text (a scan). Run text recognition over it "
            "first, or paste its text.",
        },
        "file",
    )


def _long() -> TooLarge:
    return TooLarge(
        "pdf_pages",
        {
            "zh": f"PDF 超过 {MOST_PAGES} 页。请只上传有关的几页。",
            "en": f"The PDF has more than {MOST_PAGES} pages. Upload only those that matter.",
        },
        "file",
    )
