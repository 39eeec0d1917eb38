"""The names a word processor's parts go by: namespaces, content types and relations."""

from app.exports import custom_parts
from app.exports.xml import HEAD

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}/relationships"'
)
DRAWN = (
    f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main"'
    f' xmlns:pic="{DRAWING}/picture"'
)
PARTS = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "footnotes": "footnotes",
    "header": "header",
    "footer": "footer",
}
"""Each part of the folder `word` with the end of its content type; the first is the text."""
HEADER, FOOTER, PICTURE, CUSTOM = "rId5", "rId6", "rId7", 8
"""The keys of what the text refers to; the others follow from the type of the relation."""


def content_types() -> str:
    """The list that says what each part is."""
    told = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
        for name, kind in PARTS.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f"{told}"
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        f"{custom_parts.TYPES}</Types>"
    )


def package_relations() -> str:
    """The relations of the whole file: its text and its properties."""
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument"'
        ' Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/relationships/extended-properties"'
        ' Target="docProps/app.xml"/></Relationships>'
    )


def text_relations(picture: str) -> str:
    """The relations of the text: its other parts, the picture, the document and the seal."""
    _, *others = PARTS
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(others, start=1)
    )
    if picture:
        told += (
            f'<Relationship Id="{PICTURE}" Type="{OFFICE}/relationships/image" Target="{picture}"/>'
        )
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{told}'
        f"{custom_parts.relations(CUSTOM)}</Relationships>"
    )
