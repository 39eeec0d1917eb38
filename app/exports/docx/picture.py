"""A picture in the text, with the words that stand for it where nobody sees it."""

from app.exports.docx.names import DRAWING, DRAWN, PICTURE
from app.exports.xml import attribute

POINT = 9525
"""How many of the units that drawings are measured in make one point of a screen."""
WIDE = 190
"""How many points the picture is wide: more than a camera at arm's length needs."""


def picture(instead: str) -> str:
    """The picture within a paragraph."""
    size = WIDE * POINT
    told = f'id="1" name="QR" descr="{attribute(instead)}"'
    return (
        f'<w:r><w:drawing><wp:inline {DRAWN} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{size}" cy="{size}"/><wp:docPr {told}/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{PICTURE}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
