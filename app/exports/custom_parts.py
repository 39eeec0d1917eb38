"""Where an office file carries the document and the seal: two parts that no reader shows.

The seal is only related to here: it is added as the last member when the file's own act is signed,
and the file is hashed without it.
"""

import re
from collections.abc import Iterable

from app.exports.package import Package
from app.exports.xml import HEAD

DOCUMENT = "customXml/item2.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
SHAPE = "urn:claim-desk:appendix"
KEYS = {
    1: "{6F0C6E5D-5D0B-4C1C-9A55-3B1E0D4A7C01}",
    2: "{6F0C6E5D-5D0B-4C1C-9A55-3B1E0D4A7C02}",
}
"""The key of the seal's part and of the document's, the same in every file."""
FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters, and what is no character; their bytes begin with ED or EF BF."""
TYPES = "".join(
    f'<Override PartName="/customXml/itemProps{number}.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
    for number in KEYS
)
"""What the list of content types has to say of them."""


def relations(first: int) -> str:
    """The relations of the main part to both, their keys counted from ``first``."""
    return "".join(
        f'<Relationship Id="rId{key}" Type="{RELATION}/customXml"'
        f' Target="../customXml/item{number}.xml"/>'
        for key, number in enumerate(KEYS, start=first)
    )


def write(package: Package, document: Iterable[bytes]) -> None:
    """Write the document's JSON, given in pieces, and what is told of both parts."""
    for number, key in KEYS.items():
        package.add(f"customXml/_rels/item{number}.xml.rels", _own_relation(number))
        package.add(f"customXml/itemProps{number}.xml", _properties(key))
    with package.member(DOCUMENT) as stream:
        stream.write(f'{HEAD}<document xmlns="{SHAPE}">'.encode())
        for piece in document:
            stream.write(_held(piece))
        stream.write(b"</document>")


def _held(piece: bytes) -> bytes:
    """JSON as the content of XML; what XML forbids stands in strings only, where JSON has a way."""
    if b"\xed" in piece or b"\xef\xbf" in piece:
        text = FORBIDDEN.sub(_escape, piece.decode("utf-8", "surrogatepass"))
        piece = text.encode()
    return piece.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _own_relation(number: int) -> str:
    return (
        f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1"'
        f' Type="{RELATION}/customXmlProps" Target="itemProps{number}.xml"/></Relationships>'
    )


def _properties(key: str) -> str:
    return (
        f'{HEAD}<ds:datastoreItem ds:itemID="{key}" xmlns:ds="{PROPERTIES}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SHAPE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
