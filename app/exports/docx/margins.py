"""What stands on every page around the text, and what the file says of itself."""

from app.exports.docx.blocks import paragraph
from app.exports.docx.fields import field
from app.exports.docx.names import FOOTER, HEADER, NAMESPACES, OFFICE, PACKAGE
from app.exports.docx.page import Page
from app.exports.docx.text import runs
from app.exports.view import View, flat, lines
from app.exports.view.wording import Wording
from app.exports.xml import HEAD, escaped

SECOND = len("2026-01-01T00:00:00")
"""How much of a moment the properties take, which are in UTC."""
LONGEST = 60
"""A title that is longer is cut in the header: there is one line for it."""
TAB = "<w:r><w:tab/></w:r>"
SECTION = (
    f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER}"/>'
    f'<w:footerReference w:type="default" r:id="{FOOTER}"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1247"'
    ' w:left="1134" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr>'
)
"""The page: A4, its margins, its header and footer."""


def header(page: Page) -> str:
    """The article on the left; which issue this is, and for whom, on the right."""
    view = page.view
    _, title = next(lines(view.title, view.tongues))
    cut = title if len(title) <= LONGEST else f"{title[:LONGEST].rstrip()}…"
    edition = Wording(view.tongues).label("Profile", view.document.issue.profile)
    right = f"{page.tongues.joined(view.kicker)} · {flat(edition, view.tongues)}"
    inside = paragraph(runs(cut) + TAB + runs(right), "Header")
    return f"{HEAD}<w:hdr {NAMESPACES}>{inside}</w:hdr>"


def footer(page: Page) -> str:
    """Which page of how many, and who made it."""
    numbers = field("PAGE", runs("1")) + runs(" / ") + field("NUMPAGES", runs("1"))
    inside = paragraph(runs(page.tongues.joined(page.view.head.desk)) + TAB + numbers, "Footer")
    return f"{HEAD}<w:ftr {NAMESPACES}>{inside}</w:ftr>"


def core(view: View) -> str:
    """Title, subject, language and moment of the issue; nothing of the machine it was made on."""
    moment = view.document.issue.issued_at[:SECOND]
    dated = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}Z</dcterms:modified>'
    )
    language = "zh-CN" if view.tongues[0] == "zh" else "en-US"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(flat(view.title, view.tongues))}</dc:title>"
        f"<dc:subject>{escaped(' / '.join(dict.fromkeys(view.kicker)))}</dc:subject>"
        f"<dc:creator>{escaped(' / '.join(dict.fromkeys(view.head.desk)))}</dc:creator>"
        f"{dated if moment else ''}<dc:language>{language}</dc:language></cp:coreProperties>"
    )


def app() -> str:
    """The program that made the file, by its name alone."""
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties">'
        "<Application>Claim Desk</Application></Properties>"
    )
