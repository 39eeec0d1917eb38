"""Files that carry the payloads: in their text, their name, their properties, what links them."""

import io
import json
from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from PIL import Image, PngImagePlugin

from sources.admission import TAGS
from tests.app.payloads import PAYLOADS, TOGETHER
from tests.sources.documents.hostile_files import RELATIONS
from tests.sources.documents.small_files import TYPES, p, package, pdf, word_xml
from tests.sources.servers import answer

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
MIXED = "text/html; charset=utf-8"
FORMULAS = ('=HYPERLINK("//evil.example/41",1)', "+1+cmd|'/c calc'!A0", "-2+3", "@SUM(1)", "\t=1")
CARRIED = [one for one in PAYLOADS if one.isascii() and not TAGS.search(f"{one} ".encode())]
"""The payloads that do not make two things at once of a file that is no page."""


class Carrier(NamedTuple):
    """A file as somebody brings it: its name, its bytes, what the browser calls it, its answer."""

    name: str
    content: Callable[[], bytes]
    stated: str = ""
    status: int = 303


def page() -> bytes:
    """A page whose head, attributes, comments and text are the payloads."""
    head = f"<title>{escape(PAYLOADS[2])}</title><meta name=author content={quoteattr(TOGETHER)}>"
    head += f'<meta property="og:site_name" content={quoteattr(PAYLOADS[6])}>'
    body = f"<h1>{escape(PAYLOADS[0])}</h1><p>{escape(TOGETHER)}</p>" * 3
    raw = "".join(PAYLOADS)
    return f"<!doctype html><html><head>{head}</head><body>{body}{raw}</body></html>".encode()


def document() -> bytes:
    """A Word document: properties, fields, a link that is a script, and a bookmark's name."""
    link = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r9" TargetMode="External"'
        f' Type="{OFFICE}/hyperlink" Target="javascript:window.canary=23"/></Relationships>'
    )
    field = f"<w:p><w:fldSimple w:instr={quoteattr('HYPERLINK ' + PAYLOADS[22])}>"
    field += f"<w:r><w:t>{escape(PAYLOADS[3])}</w:t></w:r></w:fldSimple>"
    field += f"<w:r><w:instrText>DDEAUTO c:\\\\ {escape(PAYLOADS[4])}</w:instrText></w:r></w:p>"
    linked = f'<w:p><w:hyperlink xmlns:r="{OFFICE}" r:id="r9"><w:r><w:t>here</w:t></w:r>'
    linked += "</w:hyperlink></w:p>"
    body = "".join(p(escape(one)) for one in PAYLOADS) + field + linked
    core = (
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DC}"><dc:title>{escape(TOGETHER)}'
        f"</dc:title><dc:creator>{escape(PAYLOADS[6])}</dc:creator></cp:coreProperties>"
    )
    return package({
        "[Content_Types].xml": TYPES,
        "docProps/core.xml": core,
        "word/document.xml": word_xml("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": link,
    })  # fmt: skip


def workbook() -> bytes:
    """A workbook whose sheet, cells, properties and formulas are hostile."""
    book, stream = Workbook(), io.BytesIO()
    book.properties.title, book.properties.creator = PAYLOADS[0], PAYLOADS[6]
    sheet = book.worksheets[0]
    sheet.title = "' onerror=canary"
    for one in (*PAYLOADS, *FORMULAS):
        sheet.append([one])
    book.save(stream)
    return stream.getvalue()


def table() -> bytes:
    """A table for a spreadsheet, each cell a formula or a payload."""
    cells = (one.replace('"', '""') for one in (*CARRIED, *FORMULAS))
    return "\n".join(f'"{one}"' for one in cells).encode()


def script() -> bytes:
    """A PDF that runs a script when it is opened, with a payload for its title."""
    action = b"/Type/Catalog/OpenAction<</S/JavaScript/JS(this.submitForm)>>/Pages"
    shown = pdf([CARRIED], title=PAYLOADS[3])
    return shown.replace(b"/Type/Catalog/Pages", action)


def drawing() -> bytes:
    """An SVG with a script, a handler and foreign content."""
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.canary=5"><title>x</title>'
        b"<script>window.canary=13</script><foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'"
        b" src='javascript:parent.canary=21'/></foreignObject><a href='javascript:canary=23'><text>"
        + escape(TOGETHER).encode()
        + b"</text></a></svg>"
    )


def photograph(kind: str) -> bytes:
    """A picture with payloads where a camera writes, and in the comments of a PNG."""
    stream, exif, comments = io.BytesIO(), Image.Exif(), PngImagePlugin.PngInfo()
    for tag in (0x010E, 0x010F, 0x0110, 0x013B, 0x8298):
        exif[tag] = PAYLOADS[6]
    comments.add_text("Comment", PAYLOADS[7])
    extra = {"pnginfo": comments} if kind == "PNG" else {"comment": PAYLOADS[7].encode()}
    Image.new("RGB", (8, 8)).save(stream, kind, exif=exif, **extra)
    return stream.getvalue()


def mail() -> bytes:
    """A page saved with all it brings along, whose head is a payload."""
    return (
        f"From: <Saved by Blink>\r\nSubject: {PAYLOADS[0]}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/html\r\n\r\n{page().decode()}\r\n--b--\r\n"
    ).encode()


CARRIERS = (
    Carrier("script.pdf", script),
    Carrier("fields.docx", document),
    Carrier("cells.xlsx", workbook),
    Carrier("cells.csv", table),
    Carrier("drawing.svg", drawing),
    Carrier("page.html", page),
    Carrier("saved.mht", mail),
    Carrier("camera.jpg", lambda: photograph("JPEG")),
    Carrier("comment.png", lambda: photograph("PNG")),
    Carrier("'><img src=x onerror='window.canary=8'>.html", page),
    Carrier("\u202e<svg onload=window.canary=5>.txt", lambda: b"Output rose by 5 %."),
    Carrier(
        "a\r\nContent-Type: text-html\r\n\r\n<script>canary=1<.txt", lambda: b"5 %", status=422
    ),
    Carrier("<script>window.canary=1<.png", page, status=422),
    Carrier("report.pdf", drawing, status=422),
    Carrier("lies.html", page, "application/pdf", status=422),
    Carrier("picture.png", lambda: photograph("PNG") + page(), "image/png", status=422),
)


def capture() -> bytes:
    """What a hostile server answers: its page, and payloads in the lines before it."""
    return answer(page(), kind=MIXED, X_Powered_By=PAYLOADS[0], Server=PAYLOADS[6])


def references() -> list[tuple[str, bytes]]:
    """Files of references in which every field is a payload."""
    told = [one for one in PAYLOADS if one.isascii()]
    ris = "\n".join(f"TY  - JOUR\nTI  - {one}\nAU  - {one}\nUR  - {one}\nER  - " for one in told)
    csl = [{"type": "webpage", "id": one, "title": one, "URL": one} for one in PAYLOADS]
    braced = [one for one in told if not {"{", "}"} & set(one)]
    bib = "\n".join(f"@book{{k{n}, title = {{{one}}}}}" for n, one in enumerate(braced))
    return [
        ("a.ris", ris.encode()),
        ("a.json", json.dumps(csl).encode()),
        ("a.bib", bib.encode()),
    ]
