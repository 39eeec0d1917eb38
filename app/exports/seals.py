"""Where the seal of a file stands, and the digest of the body that it binds.

HTML and Markdown have a place for it after the marker ``<!-- seal -->``. To a package of Word or
Excel it is added as ``customXml/item1.xml``, which the writer leaves out and only relates. Every
other format gets a second file, ``NAME.proof.json``.
"""

import zipfile
from pathlib import Path
from typing import Any

from app.exports.verifier.bodies import ITEM, MARK, body_of
from claims.material import canonical_json

INSIDE = frozenset({"html", "md", "docx", "xlsx"})
SIDECAR = ".proof.json"
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}
COMMENTED = {**UNSAFE, ord("-"): "\\u002d"}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP archive knows: the same state gives the same bytes."""


def body_sha256(form: str, path: Path) -> str:
    """The SHA-256, in hex, of what a seal binds of a file.

    Raise ValueError where an HTML page is not one that the page digest takes, or a text has no
    place for a seal.
    """
    return body_of(form, path).sha256


def sealed(form: str, path: Path, seal: dict[str, Any]) -> None:
    """Put the seal where it belongs; ``parts`` are added, which say where a change stands."""
    body = body_of(form, path)
    if body.seal is not None:
        raise ValueError("this file has its seal")
    text = canonical_json({**seal, "parts": body.short()})
    if form in {"docx", "xlsx"}:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(member(ITEM), item("seal", text))
    elif form in INSIDE:
        slot = as_script(text) if form == "html" else as_comment(text)
        path.write_bytes(path.read_bytes().replace(MARK, MARK + slot, 1))
    else:
        proof_path(path).write_text(text + "\n", encoding="utf-8")


def proof_path(path: Path) -> Path:
    """Where the proof of a file stands that has no place for it inside."""
    return path.with_name(path.name + SIDECAR)


def as_script(text: str) -> bytes:
    """A seal as it stands in a page."""
    safe = text.translate(UNSAFE)
    return f'<script type="application/json" id="seal">{safe}</script>'.encode()


def as_comment(text: str) -> bytes:
    """A seal as it stands in Markdown."""
    return f"\n<!-- proof: {text.translate(COMMENTED)} -->".encode()


def item(kind: str, text: str) -> bytes:
    """The custom XML of a package that holds a JSON text: the ``seal``, or the ``document``."""
    safe = text.translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"})
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<{kind} xmlns="urn:claim-desk:appendix">{safe}</{kind}>'
    ).encode()


def member(name: str) -> zipfile.ZipInfo:
    """A member of a package without the hour it was written."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
