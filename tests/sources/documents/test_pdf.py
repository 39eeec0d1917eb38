"""A PDF's lines become paragraphs again; a scan, a lock and damage are told apart."""

import pytest

from sources.documents.pdf import MOST_PAGES, read_pdf
from sources.errors import Refused, TooLarge
from tests.sources.documents.small_files import locked, pdf


def test_chinese_lines_are_joined_without_a_space() -> None:
    lines = [
        "十月降雨量同比增长12.5%，达到340毫米，创下历史新高，气象部门表示这一",
        "趋势将持续到2025年。",
    ]
    assert read_pdf(pdf([lines])).content == "".join(lines)


def test_a_word_broken_at_the_end_of_a_line_is_made_whole() -> None:
    found = read_pdf(pdf([["The manufac-", "turing output rose by 5 %, a fact."]])).content
    assert found == "The manufacturing output rose by 5 %, a fact."


def test_a_title_is_believed_where_the_text_bears_it_out() -> None:
    lines = ["Rain rose by 5 %"]
    assert read_pdf(pdf([lines], title="Rain rose")).title == "Rain rose"
    assert read_pdf(pdf([lines], title="Microsoft Word - Document1")).title is None


@pytest.mark.parametrize("headline", ["Rain rose by 5 % in October", "十月降雨量增长5%"])
def test_the_words_printed_largest_are_the_title_and_not_the_navigation(headline: str) -> None:
    lines = ["Home   News   Weather", headline, "It rained more than in any October since 1990."]
    assert read_pdf(pdf([lines], large=headline)).title == headline
    assert read_pdf(pdf([lines], large=headline, title="Draft 3")).title == headline
    assert read_pdf(pdf([lines])).title is None


def test_a_scan_is_refused_and_a_page_without_text_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        read_pdf(pdf([[], []]))
    assert refusal.value.code == "pdf_scanned"
    notice = read_pdf(pdf([["5 %"], [], ["6 %"], []])).notices[0]
    assert "Page 2, 4" in notice["en"]


def test_a_password_locks_a_file_and_an_empty_one_does_not() -> None:
    with pytest.raises(Refused) as refusal:
        read_pdf(locked("secret"))
    assert refusal.value.code == "pdf_locked"
    assert read_pdf(locked("")).content == "5 %"


def test_more_pages_than_a_book_has_are_refused() -> None:
    with pytest.raises(TooLarge):
        read_pdf(pdf([["x"]] * (MOST_PAGES + 1)))


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.4\n" + b"x" * 100, pdf([["x"]])[:60]])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_pdf(content)
    assert refusal.value.code == "pdf_broken"


def test_a_script_in_a_file_is_no_text_and_does_nothing() -> None:
    harmful = pdf([["5 %"]], extra="/AA<</O<</S/JavaScript/JS(app.alert(99))>>>>")
    assert read_pdf(harmful).content == "5 %"
