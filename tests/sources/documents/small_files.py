"""Small DOCX and PDF files made by hand, so that each test shows exactly what is in its file."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from pypdf import PdfReader, PdfWriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
SONG = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>"
)


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body; ``styles``, ``footnotes`` and so on are further parts."""
    files = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": word_xml("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": word_xml(name, inside) for name, inside in parts.items()},
    }
    return package(files)


def word_xml(root: str, inside: str) -> str:
    return f'<w:{root} xmlns:w="{W}">{inside}</w:{root}>'


def package(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files, packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    extra: str = "",
    title: str = "",
    large: str = "",
    made: str = "",
) -> bytes:
    """A PDF of pages of lines; Chinese is set in a font every reader knows by name.

    ``large`` is the line that is printed twice as large as the others; ``made`` is the moment the
    file says it was made at, as in ``D:20260102030405Z``.
    """
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        SONG,
        f"<</Title {_written(title)[0]}{f'/CreationDate({made})' if made else ''}>>",
    ]
    kids = []
    for lines in pages:
        content = _content(lines, large)
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>{extra}>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    return _file(objects)


def _content(lines: Sequence[str], large: str) -> str:
    shown = []
    for number, line in enumerate(lines):
        text, font = _written(line)
        size = 20 if line == large else 10
        shown.append(f"BT /{font} {size} Tf 50 {790 - 14 * number} Td {text} Tj ET")
    return "\n".join(shown)


def _written(line: str) -> tuple[str, str]:
    if line.isascii():
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})", "F1"
    return f"<{line.encode('utf-16-be').hex()}>", "F2"


def _file(objects: Sequence[str]) -> bytes:
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def locked(password: str) -> bytes:
    """A PDF that opens with this password."""
    writer, stream = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["5 %"]])))), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="AES-256")
    writer.write(stream)
    return stream.getvalue()
