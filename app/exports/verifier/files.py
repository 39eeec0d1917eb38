"""Opens a file of an appendix in any format and takes out its document, its seal and its body."""

import re
import zipfile
import zlib
from itertools import islice
from pathlib import Path
from typing import Any

from app.exports.verifier.bodies import ITEM, MARK, Body, body_of, member_whole
from app.exports.verifier.findings import Report
from app.exports.verifier.page import PageFault
from app.exports.verifier.strict import Unreadable, parsed, written
from app.ledger.verify_offline import DATA

SEAL_FORMAT = "claim-desk/appendix-seal/1"
ASIDE = ".proof.json"
WRAPPED = re.compile(
    rb'<\?xml version="1\.0" encoding="UTF-8" standalone="yes"\?>\n'
    rb'<(seal|document) xmlns="urn:claim-desk:appendix">([^<>]*)</\1>'
)
ATTACHED = re.compile(rb"/Type\s*/EmbeddedFile\b")
STREAM = re.compile(rb"stream\r?\n")
VOLUMES_DATA = "appendix.json"
"""The document in an archive of the volumes of a PDF."""
LONGEST = 2**29
"""Bytes of a document that are read out of a PDF or a package."""
ATTACHMENTS = 4
"""So many attached files of a PDF are looked at; the desk attaches one."""
ESCAPES = {"html": "<>&", "md": "<>&-"}
UNPACKED = (OSError, ValueError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError)
"""What a damaged file raises: RuntimeError, where a package is encrypted or of another kind."""


class OpenedFile:
    """What was found in a file: its format, its document, its seal and its body."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.document: bytes | None = None
        self.seal: Any = None
        self.body: Body | None = None


def form_of(path: Path) -> str:
    """The format of a file by its first bytes; ``other`` where only its proof can tell."""
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise Unreadable("the file is empty")
    if start.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
        if VOLUMES_DATA in names:
            return "pdf"
        for form, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
            if part in names:
                return form
        return "other"
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.lstrip()[:9].lower() == b"<!doctype":
        return "html"
    if start.lstrip()[:1] == b"{" and b'"format"' in start and b"claim-desk" in start:
        return "json"
    return "md" if MARK in path.read_bytes() else "other"


def opened_file(
    path: Path, proof: "Path | None", report: Report, largest: int = LONGEST
) -> "OpenedFile | None":
    """Open a file, and the proof beside it; None where it cannot be read."""
    try:
        found = OpenedFile(form_of(path))
        if found.form == "json":
            found.document = path.read_bytes()
            return found
        aside = proof or path.with_name(path.name + ASIDE)
        if found.form in ("pdf", "other"):
            if not aside.exists():
                words = (f"缺少 {aside.name}", f"{aside.name} is missing")
                report.add("NO_PROOF", "", *words)
            else:
                found.seal = sidecar_seal(aside.read_bytes())
                if found.form == "other":
                    found.form = str(said_format(found.seal))
        body_into(found, path, report)
        found.document = document_in(found.form, path, largest)
    except UNPACKED as problem:
        report.add("UNREADABLE", "", str(problem), str(problem))
        return None
    return found


def sidecar_seal(text: bytes) -> Any:
    """The seal in a file beside the one it proves; raise Unreadable."""
    found = parsed(text)
    if not isinstance(found, dict) or found.get("format") != SEAL_FORMAT:
        raise Unreadable("this is no proof of a file")
    return found


def said_format(seal: "dict[str, Any]") -> Any:
    """The format that a seal says it belongs to."""
    try:
        return parsed(seal["act"]["values"]["n.format"]["value"].encode())
    except (Unreadable, KeyError, TypeError, AttributeError):
        return "other"


def body_into(found: OpenedFile, path: Path, report: Report) -> None:
    """Read the body of a file, and its seal where that stands inside."""
    try:
        found.body = body_of(found.form, path)
    except PageFault as fault:
        zh = f"第 {fault.line} 行有本编辑部不会写的标记：{fault.near!r}"
        report.add("ALTERED_PAGE", f"line {fault.line}", zh, f"{fault}: {fault.near!r}")
        return
    except ValueError as problem:
        report.add("ALTERED_PAGE", "", "封记之处不对", str(problem))
        return
    inside = found.body.seal
    if found.form in ("html", "md", "docx", "xlsx"):
        if inside is None:
            report.add("NO_PROOF", "seal", "文件里没有封记", "the file has no seal")
        else:
            found.seal = seal_inside(found.form, inside, report)


def seal_inside(form: str, text: bytes, report: Report) -> Any:
    """The seal that stands in a file, which is written in one way only."""
    try:
        wrapped = WRAPPED.fullmatch(text) if form in ("docx", "xlsx") else None
        bare = plain_xml(wrapped[2]) if wrapped and wrapped[1] == b"seal" else text
        found = parsed(bare)
        again = escaped_json(found, form)
        if again != text or found.get("format") != SEAL_FORMAT:
            report.add("BAD_PROOF", "seal", "封记的写法变了", "the seal is not as it was written")
    except (Unreadable, AttributeError) as problem:
        report.add("BAD_PROOF", "seal", "封记读不懂", f"the seal cannot be read: {problem}")
        return None
    return found


def escaped_json(value: Any, form: str) -> bytes:
    """A JSON value as it is written inside a file of this format."""
    text = written(value)
    if form in ESCAPES:
        for char in ESCAPES[form]:
            text = text.replace(char.encode(), f"\\u{ord(char):04x}".encode())
        return text
    text = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + b'<seal xmlns="urn:claim-desk:appendix">' + text + b"</seal>"


def plain_xml(text: bytes) -> bytes:
    """Text out of XML."""
    return text.replace(b"&lt;", b"<").replace(b"&gt;", b">").replace(b"&amp;", b"&")


def document_in(form: str, path: Path, largest: int = LONGEST) -> "bytes | None":
    """The document that a file carries; None where its format has none."""
    if form == "html":
        parts = path.read_bytes().split(DATA.encode())
        if len(parts) != 2:
            raise Unreadable("the page holds no document, or more than one")
        return parts[1].partition(b"</script>")[0]
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(path) as package:
            for name in sorted(package.namelist()):
                if name.startswith("customXml/item") and name != ITEM:
                    found = WRAPPED.fullmatch(member_whole(package, name, largest))
                    if found and found[1] == b"document":
                        return plain_xml(found[2])
    if form == "pdf" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            named = VOLUMES_DATA in package.namelist()
            return member_whole(package, VOLUMES_DATA, largest) if named else None
    return attached(path.read_bytes(), largest) if form == "pdf" else None


def attached(data: bytes, largest: int = LONGEST) -> "bytes | None":
    """The document attached to a PDF, None where there is none."""
    for mark in islice(ATTACHED.finditer(data), ATTACHMENTS):
        start = STREAM.search(data, mark.end())
        if start is None:
            continue
        body = data[start.end() : data.find(b"endstream", start.end())]
        head = data[data.rfind(b"obj", 0, mark.start()) : start.start()]
        if b"/FlateDecode" in head:
            body = zlib.decompressobj().decompress(body, largest)
        if body.lstrip()[:1] == b"{" and b"claim-desk/appendix/3" in body[:200]:
            return body
    return None
