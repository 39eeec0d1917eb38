"""A Word document is read as it stands once every tracked change is accepted."""

import pytest

from sources.documents.docx import read_docx
from sources.errors import Refused
from tests.sources.documents.small_files import W, docx, p, package, styled

STYLES = (
    "<w:style w:styleId='a'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:styleId='b'><w:name w:val='Own'/><w:basedOn w:val='a'/></w:style>"
    "<w:style w:styleId='t'><w:name w:val='Title'/></w:style>"
    "<w:style w:styleId='loop'><w:name w:val='x'/><w:basedOn w:val='loop'/></w:style>"
    "<w:style w:styleId='o'><w:name w:val='y'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def item(text: str, level: int) -> str:
    number = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
    return p(text, f"<w:pPr>{number}</w:pPr>")


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{inside}</w:tr>"


def test_headings_lists_and_paragraphs_keep_their_marks() -> None:
    body = styled("题", "t") + styled("一", "a") + styled("二", "b") + styled("三", "o")
    body += item("甲", 0) + item("乙", 1) + styled("末", "loop")
    found = read_docx(docx(body, styles=STYLES))
    assert found.content == "# 题\n\n# 一\n\n# 二\n\n### 三\n\n- 甲\n  - 乙\n\n末"
    assert found.title == "题"
    assert found.notices == ()


def test_deleted_text_is_out_and_inserted_text_is_in() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>It rose by </w:t></w:r>"
        "<w:del w:id='1'><w:r><w:delText>4 %</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>5 %</w:t></w:r></w:ins>"
        "<w:moveFrom w:id='3'><w:r><w:t>99</w:t></w:r></w:moveFrom>"
        "<w:moveTo w:id='4'><w:r><w:t> in 2024</w:t></w:r></w:moveTo></w:p>"
    )
    found = read_docx(docx(body))
    assert found.content == "It rose by 5 % in 2024"
    assert "tracked changes" in found.notices[0]["en"]


def test_a_deleted_end_of_paragraph_joins_two_and_a_deleted_row_is_gone() -> None:
    gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    deleted = "<w:trPr><w:del w:id='2'/></w:trPr>"
    body = p("It rose ", gone) + p("by 5 %.") + "<w:tbl>" + row(p("年"), p("量") + p("单位"))
    body += row(p("2023"), p("99"), properties=deleted) + row(p("2024"), p("340")) + "</w:tbl>"
    assert read_docx(docx(body)).content == "It rose by 5 %.\n\n年 | 量 单位\n2024 | 340"


def test_hidden_and_struck_out_text_is_not_read() -> None:
    body = "<w:p>" + run("5 %") + run("98", "<w:vanish/>") + run("99", "<w:strike/>")
    body += run(" up", "<w:vanish w:val='0'/><w:strike w:val='false'/>") + "</w:p>"
    found = read_docx(docx(body))
    assert found.content == "5 % up"
    assert "Struck-out" in found.notices[0]["en"]


def test_raised_digits_tabs_breaks_and_symbols_are_what_they_show() -> None:
    body = "<w:p>" + run("10") + run("4", "<w:vertAlign w:val='superscript'/>")
    body += "<w:r><w:tab/><w:t>5</w:t><w:noBreakHyphen/><w:t>6</w:t><w:br/>"
    body += "<w:sym w:font='Symbol' w:char='F0B3'/><w:sym w:char='2265'/></w:r></w:p>"
    assert read_docx(docx(body)).content == "10⁴\t5-6\n\ufffd≥"


def test_notes_stand_at_the_end_under_their_marks() -> None:
    body = "<w:p>" + run("5 %") + "<w:r><w:footnoteReference w:id='7'/></w:r></w:p>"
    notes = f"<w:footnote w:id='1'>{p('99')}</w:footnote><w:footnote w:id='7'>{p('2024')}"
    found = read_docx(docx(body, footnotes=notes + "</w:footnote>"))
    assert found.content == "5 %¹\n\n¹ 2024"


def test_a_text_box_is_read_once_and_a_frame_is_no_table() -> None:
    box = f"<w:txbxContent>{p('Box 7 %')}</w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<mc:AlternateContent xmlns:mc='{compatibility}'><mc:Choice>{box}</mc:Choice>"
    both += f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p>{run('Text')}<w:r>{both}</w:r></w:p><w:tbl>{row(p('Framed'))}</w:tbl>"
    assert read_docx(docx(body)).content == "Text\n\nBox 7 %\n\nFramed"


def test_content_controls_and_links_are_text() -> None:
    body = f"<w:sdt><w:sdtContent>{p('5 %')}</w:sdtContent></w:sdt>"
    body += f"<w:p><w:hyperlink>{run('6 %')}</w:hyperlink><w:fldSimple>{run('7')}</w:fldSimple>"
    body += "<w:r><w:instrText>PAGE 99</w:instrText></w:r></w:p>"
    assert read_docx(docx(body)).content == "5 %\n\n6 %7"


def test_the_strict_form_of_the_format_is_read_too() -> None:
    inside = (
        f"<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>{p('5 %')}"
    )
    strict = package({"word/document.xml": inside + "</w:body></w:document>"})
    assert read_docx(strict).content == "5 %"


BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_entities_are_refused(head: str) -> None:
    inside = f'{head}<w:document xmlns:w="{W}"><w:body>{p("&a;")}</w:body></w:document>'
    with pytest.raises(Refused) as refusal:
        read_docx(package({"word/document.xml": inside}))
    assert refusal.value.code == "docx_entities"


@pytest.mark.parametrize("inside", ["", "<", "<w:document>", "\0" * 100, "<a/>" * 2])
def test_xml_that_is_none_is_refused(inside: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_docx(package({"word/document.xml": inside}))
    assert refusal.value.code == "docx_broken"


def test_a_template_from_elsewhere_is_never_loaded() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Type="{kind}" TargetMode="External" Target="http://127.0.0.1/x"/>'
        "</Relationships>"
    )
    document = f'<w:document xmlns:w="{W}"><w:body>{p("5 %")}</w:body></w:document>'
    files = {"_rels/.rels": relations, "word/document.xml": document}
    assert read_docx(package(files)).content == "5 %"
