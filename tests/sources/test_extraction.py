"""The text of a file says where each of its pages, paragraphs and cells stands."""

from hypothesis import given
from hypothesis import strategies as st

from sources.extraction import Extracted, extracted, plain
from sources.media_types import DOCX, HTML, PDF, PLAIN
from sources.places import place_at, words_of
from tests.sources.documents.small_files import docx, p, pdf


def cells(found: Extracted) -> dict[str, str | None]:
    """The words of every place."""
    text = found.text or ""
    return {
        locator: words_of(text, found.places, kind, locator) for _, kind, locator in found.places
    }


def test_a_pdf_has_pages_even_inside_a_paragraph() -> None:
    first = "The ministry said that output had risen in all of the provinces of the country and"
    found = extracted(pdf([["Report 2024", first], [], ["to 18.3 % in all."]]), PDF)
    assert found.text is not None
    assert place_at(found.places, found.text.index("2024")) == ("page", "1")
    assert place_at(found.places, found.text.index("18.3")) == ("page", "3")
    assert [place[2] for place in found.places] == ["1", "3"]
    assert "2" in found.remarks[0]["en"]


def test_a_word_document_has_paragraphs_and_cells() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    wide = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = row.format(p("Year"), p("Output")) + row.format(p(""), p("41.5 %"))
    body = p("One") + f"<w:tbl>{table}</w:tbl>" + p("Two")
    other = wide.format(p("both"), p("7")) + row.format(p("x"), p("y"))
    found = extracted(docx(body + f"<w:tbl>{other}</w:tbl>"), DOCX)
    assert cells(found) == {
        "1": "One", "T1!A1": "Year", "T1!B1": "Output", "T1!B2": "41.5 %", "2": "Two",
        "T2!A1": "both", "T2!C1": "7", "T2!A2": "x", "T2!B2": "y",
    }  # fmt: skip


def test_a_page_has_paragraphs_and_cells_that_reach_over_others() -> None:
    page = (
        "<p>One two three.</p><table><tr><th rowspan=2>Year</th><th colspan=2>Share</th></tr>"
        "<tr><td>A</td><td>B</td></tr><tr><td>2024</td><td>41.5</td><td></td></tr></table>"
        "<h2>Two</h2>"
    )
    assert cells(extracted(page.encode(), HTML)) == {
        "1": "One two three.", "T1!A1": "Year", "T1!B1": "Share", "T1!B2": "A", "T1!C2": "B",
        "T1!A3": "2024", "T1!B3": "41.5", "2": "## Two",
    }  # fmt: skip


def test_a_text_has_the_paragraphs_its_empty_lines_part() -> None:
    assert cells(extracted("一\n二\n \n三".encode(), PLAIN)) == {"1": "一\n二", "2": "三"}
    assert cells(extracted("\n一\r\n二\n".encode(), PLAIN)) == {"1": "一", "2": "二"}


def test_a_file_that_cannot_be_read_says_why() -> None:
    locked = extracted(pdf([[]]), PDF)
    assert (locked.text, locked.places) == (None, ())
    assert "扫描件" in locked.remarks[0]["zh"]
    assert extracted("产量".encode("gb18030"), PLAIN).text is None


@given(st.text(st.sampled_from("a\n \t5年\r\u3000\x00\u0301"), max_size=40))
def test_the_paragraphs_of_any_text_are_ascending_and_hold_all_its_words(text: str) -> None:
    found = plain(text)
    offsets = [place[0] for place in found.places]
    assert offsets == sorted(set(offsets))
    assert offsets[:1] == ([0] if found.content.strip() else [])
    said = [words_of(found.content, found.places, kind, name) for _, kind, name in found.places]
    assert "".join("".join(said).split()) == "".join(found.content.split())  # type: ignore[arg-type]


def test_what_is_not_read_has_no_places_and_says_so() -> None:
    found = extracted(b"x", "application/zip")
    assert (found.text, found.places) == (None, ())
    assert "kept whole" in found.remarks[0]["en"]
