"""Ten references checked by hand against the manuals, every demo source as it was last approved."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sources.citation_styles import FILES, FOLDER, Style
from sources.citing import citations
from sources.citing.citations import cite
from sources.interchange import PLAIN, SEED
from sources.models import Source
from sources.vocabulary import SourceKind

GB, DATED, APA, CHICAGO, MLA = (
    Style.GB_NUMERIC,
    Style.GB_AUTHOR_DATE,
    Style.APA,
    Style.CHICAGO,
    Style.MLA,
)
APPROVED = Path(__file__).parent / "demo_citations.txt"
JULY = dt.date(2025, 7, 1)


def source(kind: SourceKind, **facts: Any) -> Source:
    known = {"key": "S1", "version": 1, "confidential": False, **facts}
    return Source(id=uuid.uuid4(), kind=kind, **known)


JOURNAL = source(
    SourceKind.ACADEMIC,
    title="The effect of things on other things",
    authors="Smith, John Paul; Doe, Jane",
    issued="2021",
    language="en",
    csl={
        "container-title": "Journal of Things",
        "volume": "12",
        "issue": "3",
        "page": "100-110",
        "DOI": "10.1000/xyz",
    },
)
FOUR = source(
    SourceKind.ACADEMIC,
    title="关于统计误差的研究",
    authors="张三、李四、王五、赵六",
    issued="2021",
    language="zh",
    csl={"container-title": "统计研究", "volume": "38", "issue": "3", "page": "100-110"},
)
ENGLISH_FOUR = source(
    SourceKind.OTHER,
    title="Principles of statistics",
    authors="Smith, John; Doe, Jane; Roe, Richard; Poe, Edgar Allan",
    publisher="Oxford University Press",
    issued="2020",
    language="en",
    csl={"type": "book", "publisher-place": "Oxford", "edition": "3"},
)
BOOK = source(
    SourceKind.OTHER,
    title="统计学原理",
    authors="张三",
    publisher="人民出版社",
    issued="2020",
    language="zh",
    csl={"type": "book", "publisher-place": "北京", "edition": "3"},
)
NEWS = source(
    SourceKind.NEWS_REPORT,
    title='China\'s premier "memory-maker" <struggles> & more',
    authors="Smith, John",
    publisher="The Paper",
    issued="2025-06-24",
    language="en",
    url="https://example.com/a?b=1&c=2",
)
REPORT = source(
    SourceKind.MARKET_RESEARCH,
    title="Annual report 2024",
    publisher="World Bank",
    issued="2024",
    language="en",
    url="https://example.com/r.pdf",
)
PAPER = source(
    SourceKind.NEWS_REPORT,
    title="三星陷入困局",
    authors="王五",
    publisher="人民日报",
    issued="2025-03-01",
    language="zh-Hans",
    csl={"page": "4"},
)
CHAPTER = source(
    SourceKind.OTHER,
    title="China",
    authors="Roe, Richard",
    publisher="Knopf",
    issued="2019",
    language="en",
    csl={
        "type": "chapter",
        "container-title": "The world of chips",
        "editor": "Doe, Jane; Poe, Edgar",
        "page": "12-40",
        "publisher-place": "New York",
    },
)
UNDATED = source(
    SourceKind.OTHER,
    title="About the survey",
    publisher="Statistics Office",
    language="en",
    url="https://example.com/about",
)
ESTIMATED = source(
    SourceKind.COMPANY_STATEMENT,
    title="CATL tops global EV battery market",
    publisher="CATL",
    issued="2024~",
    language="en",
    url="https://example.com/6217",
)

BY_HAND: list[tuple[Source, dt.date | None, dict[Style, str]]] = [
    (
        JOURNAL,
        None,
        {
            # 8.1.1: family names in capitals, initials without stops; 4.4: [J/OL], year,
            # volume(issue): pages; 8.7: the DOI behind the entry.
            GB: "SMITH J P, DOE J. The effect of things on other things[J/OL]. Journal of Things, "
            "2021, 12(3): 100-110. DOI:10.1000/xyz.",
            # 9.2: the year follows the authors.
            DATED: "SMITH J P, DOE J, 2021. The effect of things on other things[J/OL]. Journal of "
            "Things, 12(3): 100-110. DOI:10.1000/xyz.",
            # 9.8 initials and ampersand, 10.1 example 1, 9.35 the DOI as an address.
            APA: "Smith, J. P., & Doe, J. (2021). The effect of things on other things. <i>Journal "
            "of Things</i>, <i>12</i>(3), 100–110. https://doi.org/10.1000/xyz",
            # 14.76 only the first name inverted, 8.159 headline style, 14.171 volume, no., pages.
            CHICAGO: "Smith, John Paul, and Jane Doe. “The Effect of Things on Other Things.” "
            "<i>Journal of Things</i> 12, no. 3 (2021): 100–110. https://doi.org/10.1000/xyz.",
            # 5.7 two authors; vol., no. and pp. as its chapter 5 asks (2.139 for pages).
            MLA: "Smith, John Paul, and Jane Doe. “The Effect of Things on Other Things.” "
            "<i>Journal"
            " of Things</i>, vol. 12, no. 3, 2021, pp. 100–10, https://doi.org/10.1000/xyz.",
        },
    ),
    (
        FOUR,
        None,
        {
            # 8.1.2: three authors, then 等; 8.2: [J].
            GB: "张三, 李四, 王五, 等. 关于统计误差的研究[J]. 统计研究, 2021, 38(3): 100-110.",
            DATED: "张三, 李四, 王五, 等, 2021. 关于统计误差的研究[J]. 统计研究, 38(3): 100-110.",
            # 9.8: up to twenty authors are named.
            APA: "张三, 李四, 王五, & 赵六. (2021). 关于统计误差的研究. <i>统计研究</i>, "
            "<i>38</i>(3), 100–110.",
            # 14.76: four to ten authors are named in a bibliography.
            CHICAGO: "张三, 李四, 王五, and 赵六. “关于统计误差的研究.” <i>统计研究</i> 38, no. 3 "
            "(2021): 100–110.",
            # 5.8: three or more authors, the first and et al.
            MLA: "张三, et al. “关于统计误差的研究.” <i>统计研究</i>, vol. 38, no. 3, 2021, pp. "
            "100–10.",
        },
    ),
    (
        ENGLISH_FOUR,
        None,
        {
            # 8.1.2: et al. where the work is English; 8.3: 3rd ed.
            GB: "SMITH J, DOE J, ROE R, et al. Principles of statistics[M]. 3rd ed. Oxford: Oxford "
            "University Press, 2020.",
            # 10.2: the edition in parentheses, no place.
            APA: "Smith, J., Doe, J., Roe, R., & Poe, E. A. (2020). <i>Principles of "
            "statistics</i> "
            "(3rd ed.). Oxford University Press.",
            # 14.113 edition, 14.127 place.
            CHICAGO: "Smith, John, Jane Doe, Richard Roe, and Edgar Allan Poe. <i>Principles of "
            "Statistics</i>. 3rd ed. Oxford: Oxford University Press, 2020.",
            MLA: "Smith, John, et al. <i>Principles of Statistics</i>. 3rd ed., Oxford University "
            "Press, 2020.",
        },
    ),
    (
        BOOK,
        None,
        {
            # 4.1 [M], 8.3 "3版".
            GB: "张三. 统计学原理[M]. 3版. 北京: 人民出版社, 2020.",
            APA: "张三. (2020). <i>统计学原理</i> (3rd ed.). 人民出版社.",
            CHICAGO: "张三. <i>统计学原理</i>. 3rd ed. 北京: 人民出版社, 2020.",
            MLA: "张三. <i>统计学原理</i>. 3rd ed., 人民出版社, 2020.",
        },
    ),
    (
        NEWS,
        JULY,
        {
            # 4.4 newspaper: date, 8.4.4 access date in brackets; [N/OL].
            GB: 'SMITH J. China\'s premier "memory-maker" &lt;struggles&gt; &amp; more[N/OL]. The '
            "Paper, 2025-06-24[2025-07-01]. https://example.com/a?b=1&amp;c=2.",
            # 10.1 example 16: full date, title plain, newspaper italic; 9.16: no access date.
            APA: "Smith, J. (2025, June 24). China’s premier “memory-maker” &lt;struggles&gt; "
            "&amp; "
            "more. <i>The Paper</i>. https://example.com/a?b=1&amp;c=2",
            # 13.30 single quotation marks inside double ones, 14.191 newspapers.
            CHICAGO: "Smith, John. “China’s Premier ‘Memory-Maker’ &lt;Struggles&gt; &amp; More.” "
            "<i>The Paper</i>, June 24, 2025. https://example.com/a?b=1&amp;c=2.",
            # Day month year; single quotation marks inside double ones, as in Chicago.
            MLA: "Smith, John. “China’s Premier ‘Memory-Maker’ &lt;Struggles&gt; &amp; More.” "
            "<i>The "
            "Paper</i>, 24 June 2025, https://example.com/a?b=1&amp;c=2.",
        },
    ),
    (
        REPORT,
        JULY,
        {
            # 8.1.4: no author, the title leads; 8.4.4 access date.
            GB: "World Bank. Annual report 2024[R/OL]. World Bank, 2024[2025-07-01]. "
            "https://example.com/r.pdf.",
            # 9.11 the body as author, 10.4 it is not named again as publisher.
            APA: "World Bank. (2024). <i>Annual report 2024</i>. https://example.com/r.pdf",
            # 14.84: the organisation as author, even where it is the publisher too.
            CHICAGO: "World Bank. <i>Annual Report 2024</i>. World Bank, 2024. "
            "https://example.com/r.pdf.",
            # An organisation that is author and publisher is named as publisher (chapter 5).
            MLA: "<i>Annual Report 2024</i>. World Bank, 2024, https://example.com/r.pdf.",
        },
    ),
    (
        PAPER,
        None,
        {
            # 4.4 and 8.8: the sheet of a newspaper in parentheses behind the date.
            GB: "王五. 三星陷入困局[N]. 人民日报, 2025-03-01(4).",
            APA: "王五. (2025, March 1). 三星陷入困局. <i>人民日报</i>, 4.",
            # 14.191: page numbers of newspapers are left out.
            CHICAGO: "王五. “三星陷入困局.” <i>人民日报</i>, March 1, 2025.",
            MLA: "王五. “三星陷入困局.” <i>人民日报</i>, 1 Mar. 2025, p. 4.",
        },
    ),
    (
        CHAPTER,
        None,
        {
            # 4.2: the part, //, the whole; pages behind the year.
            GB: "ROE R. China[M]//DOE J, POE E. The world of chips. New York: Knopf, 2019: 12-40.",
            # 10.3: In, editors uninverted with (Eds.), pages in parentheses.
            APA: "Roe, R. (2019). China. In J. Doe & E. Poe (Eds.), <i>The world of chips</i> (pp. "
            "12–40). Knopf.",
            # 14.107: chapter in quotation marks, edited by, pages before the place.
            CHICAGO: "Roe, Richard. “China.” In <i>The World of Chips</i>, edited by Jane Doe and "
            "Edgar Poe, 12–40. New York: Knopf, 2019.",
            # Edited by, and the pages last: the order of its nine core elements (5.3).
            MLA: "Roe, Richard. “China.” <i>The World of Chips</i>, edited by Jane Doe and Edgar "
            "Poe, "
            "Knopf, 2019, pp. 12–40.",
        },
    ),
    (
        UNDATED,
        JULY,
        {
            # 8.4.4: the day of access in brackets; there is no date of publication.
            GB: "About the survey[EB/OL]. [2025-07-01]. https://example.com/about.",
            # 9.17 n.d., 9.16 retrieved with a date.
            APA: "<i>About the survey</i>. (n.d.). Statistics Office. Retrieved July 1, 2025, from "
            "https://example.com/about",
            # 14.207: an access date for an undated page.
            CHICAGO: "Statistics Office. “About the Survey.” Accessed July 1, 2025. "
            "https://example.com/about.",
            # 5.111: date of access at the end.
            MLA: "“About the Survey.” <i>Statistics Office</i>, https://example.com/about. "
            "Accessed 1 "
            "July 2025.",
        },
    ),
    (
        ESTIMATED,
        None,
        {
            # 8.4.3.3: an estimated year in brackets.
            GB: "CATL. CATL tops global EV battery market[EB/OL]. ([2024]). https://example.com/6217.",
            # 9.14: ca.; 9.11 and 10.16: the company is the author and is named once.
            APA: "CATL. (ca. 2024). <i>CATL tops global EV battery market</i>. "
            "https://example.com/6217",
            # 14.145: brackets and a question mark.
            CHICAGO: "CATL. “CATL Tops Global EV Battery Market.” [2024?]. "
            "https://example.com/6217.",
            # An approximate date has circa (chapter 5, publication date).
            MLA: "“CATL Tops Global EV Battery Market.” <i>CATL</i>, circa 2024, "
            "https://example.com/6217.",
        },
    ),
]


@pytest.mark.parametrize(
    ("cited", "day", "style", "expected"),
    [
        pytest.param(cited, day, style, text, id=f"{number}-{style}")
        for number, (cited, day, texts) in enumerate(BY_HAND, start=1)
        for style, text in texts.items()
    ],
)
def test_a_reference_is_what_the_manual_asks_for(
    cited: Source, day: dt.date | None, style: Style, expected: str
) -> None:
    made = cite(cited, style, day)
    assert made.html.replace("&amp;", "&") == expected.replace("&amp;", "&")
    plain = re.sub("</?i>", "", made.html)
    assert made.text == plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def demo() -> Iterator[Source]:
    document = json.loads((SEED / "ten-years.json").read_text(encoding="utf-8"))
    for entry in document["sources"]:
        known = {name: entry.get(name) for name in PLAIN}
        yield source(SourceKind(entry["kind"]), **{**known, "key": entry["key"]})


def test_every_demo_source_is_cited_as_it_was_approved() -> None:
    lines = []
    for one in demo():
        lines.append(f"{one.key}\n")
        lines += [f"  {style.value}: {cite(one, style).html}\n" for style in Style]
    assert "".join(lines) == APPROVED.read_text(encoding="utf-8")
    assert not [
        line for line in lines if re.search(r"None|\.\.|[“‘]\s|\(\)|,,| ,|[\ue000-\uf8ff]", line)
    ]


def test_a_citation_is_made_once_for_each_version_style_and_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    once = citations.made

    def counted(one: Source, style: Style, day: dt.date | None) -> citations.Citation:
        made.append(one.key)
        return once(one, style, day)

    monkeypatch.setattr(citations, "made", counted)
    one = source(SourceKind.OTHER, title="A page", language="en")
    for _time in range(500):
        cite(one, GB)
        cite(one, APA, JULY)
    assert len(made) == 2
    one.version = 2
    one.title = "Another title"
    assert cite(one, GB).text.startswith("Another title")
    assert len(made) == 3


def test_nothing_of_a_confidential_source_is_in_its_citation() -> None:
    secret = source(
        SourceKind.PERSONAL_COMMUNICATION, title="Secret", authors="Lee, Ann", confidential=True
    )
    for style in Style:
        assert cite(secret, style).text in {"[保密来源]", "[Confidential source]"}


@pytest.mark.parametrize("style", Style)
def test_what_a_source_brings_along_is_never_markup(style: Style) -> None:
    hostile = source(
        SourceKind.NEWS_REPORT,
        title='<i>x</i> <span class="nocase">y</span> \ue000z\ue001 <script>',
        authors="{<b>Evil</b>}",
        publisher="<img src=x>",
        language="en",
    )
    html = cite(hostile, style).html
    assert set(re.findall(r"<[^>]*>", html)) <= {"<i>", "</i>"}
    assert html.count("<i>") == html.count("</i>")
    assert not re.search("[\ue000-\uf8ff]", html)


def test_every_style_has_its_file_and_every_file_names_its_licence() -> None:
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    for name in FILES.values():
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert "creativecommons.org/licenses/by-sa/3.0" in text
        assert name in notice
    assert {path.name for path in FOLDER.glob("*.csl")} == set(FILES.values())
