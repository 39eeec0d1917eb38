"""A web page is read as a person sees it: the article whole, and nothing that is not shown."""

import pytest

from sources.documents.html import read_html
from sources.errors import Refused

MENU = "".join(f"<li><a href='/{number}'>Menu entry {number}</a></li>" for number in range(20))
STORY = "".join(
    f"<p>Paragraph {number} says that sales rose by {number}.5 % to 3,{number:03} units in the "
    "quarter, as the company said on Monday in its report.</p>"
    for number in range(12)
)


def body(inside: str) -> str:
    return read_html(f"<html><body><article>{inside}</article></body></html>").content


def test_headings_paragraphs_lists_and_tables_are_lines() -> None:
    page = """<h1>降雨</h1><p>同比增长<b>12.5%</b>，达到
      340毫米。</p><h3>数据</h3><ul><li>一 1</li><li><p>二 2</p><ol><li>三 3</li></ol></li></ul>
      <table><caption>表 1</caption><tr><th>年</th><th>量</th></tr>
      <tr><td>2024</td><td>340<br>毫米</td></tr></table><blockquote>引 5%</blockquote>
      <figure><img src="x"><figcaption>图注 7%</figcaption></figure>"""
    assert body(page) == (
        "# 降雨\n\n同比增长12.5%，达到 340毫米。\n\n### 数据\n\n- 一 1\n- 二 2\n  - 三 3\n\n"
        "表 1\n\n年 | 量\n2024 | 340 毫米\n\n引 5%\n\n图注 7%"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>99</script>",
        "<style>99</style>",
        "<template>99</template>",
        "<noscript>99</noscript>",
        "<p hidden>99</p>",
        "<p style='color:red; DISPLAY : none'>99</p>",
        "<p style='visibility:hidden'>99</p>",
        "<p aria-hidden=true>99</p>",
        "<svg><text>99</text></svg>",
        "<iframe>99</iframe>",
        "<textarea>99</textarea>",
        "<!-- 99 -->",
        "<ruby>数<rt>99</rt></ruby>",
        "<noscript><p title='</noscript><img src=x onerror=99>'></p></noscript>",
        "<svg></p><style><a id='</style><img src=1 onerror=99>'></style></svg>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert "99" not in body(f"<p>Sales rose by 5 %.</p>{hidden}<p>They fell by 6 %.</p>")


def test_raised_and_lowered_digits_never_join_the_number_before_them() -> None:
    assert body("<p>10<sup>4</sup> m<sup>2</sup>, CO<sub>2</sub>, 5%<sup>[1]</sup></p>") == (
        "10⁴ m², CO₂, 5%[¹]"
    )


def test_struck_out_figures_are_left_out_and_that_is_said() -> None:
    found = read_html("<p>It rose by <del>4 %</del><ins>5 %</ins> last year.</p>")
    assert found.content == "It rose by 5 % last year."
    assert len(found.notices) == 1


def test_the_article_is_found_among_menus_and_nothing_of_it_is_lost() -> None:
    page = (
        f"<html><body><div><ul>{MENU}</ul></div><div class=c><h1>Sales rose</h1><div>{STORY}"
        "<p>Short: 7 %.</p></div><ul><li><a href=x>Another story about sales</a></li></ul></div>"
        "<footer>Copyright 2024</footer></body></html>"
    )
    text = read_html(page).content
    assert text.startswith("# Sales rose\n\nParagraph 0")
    assert all(f"rose by {number}.5 %" in text for number in range(12))
    assert text.endswith("Short: 7 %.")


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    page = f"<table><tr><td><ul>{MENU}</ul></td><td><h1>Sales</h1>{STORY}</td></tr></table>"
    text = read_html(page).content
    assert "|" not in text
    assert "rose by 11.5 %" in text


def test_marks_that_show_nothing_are_dropped_and_others_kept() -> None:
    assert body("<p>1&#xfeff;0&shy;0&lrm; 4&#x200b;1.5%&nbsp;x &amp;lt;</p>") == (
        "100 4\u200b1.5%\xa0x &lt;"
    )


@pytest.mark.parametrize("strange", ["\x00", "\x1b", "\ufffe", "&#8;", "&#x1f;", "&#xffff;"])
def test_a_character_that_is_none_shows_as_missing(strange: str) -> None:
    assert body(f"<p>5<i></i>{strange}<script></script>{strange}7</p>") == "5\ufffd\ufffd7"


def test_a_page_nested_past_all_reason_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read_html("<div>" * 10_000 + "5%")
    assert refusal.value.code == "file_nested"


@pytest.mark.parametrize("page", ["", " ", "<", "<html>", "<p>", "<!-- x", "\0", "<table><tr>"])
def test_a_page_of_nothing_has_no_text(page: str) -> None:
    assert read_html(page).content.strip("<\ufffd") == ""


def test_entities_are_not_multiplied() -> None:
    bomb = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><html><p>&b; 5%</p></html>'
    assert len(read_html(bomb).content) < 100
