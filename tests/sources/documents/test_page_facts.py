"""What a page says about itself is taken over; what it does not say is not made up."""

import pytest
from lxml import html

from sources import names
from sources.documents.page_facts import Facts, facts


def told(head: str, body: str = "", lang: str = "") -> Facts:
    language = f' lang="{lang}"' if lang else ""
    return facts(html.document_fromstring(
        f"<html{language}><head>{head}</head><body>{body}<p>x</p></body></html>"
    ))  # fmt: skip


def test_linked_data_comes_first() -> None:
    found = told(
        """<title>Paper | Rain</title><meta property="og:title" content="Other">
        <script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "P"},
        {"@type": ["NewsArticle"], "headline": "Rain  rose", "datePublished":
        "2024-11-02T23:30:00-05:00", "author": [{"name": "Li Wei"}, "Zhang Min"]}]}</script>""",
        lang="en-GB",
    )
    by = "Li Wei; Zhang Min"
    assert found == Facts("Rain rose", by, "2024-11-02", "en-GB", authors=by)


def test_meta_tags_and_the_page_itself_come_next() -> None:
    found = told(
        """<meta property="article:published_time" content="2024年11月2日 10:00">
        <meta name="author" content="李伟"><meta property="og:locale" content="zh_CN">""",
        "<h1>降雨</h1>",
    )
    assert found == Facts("降雨", "李伟", "2024-11-02", "zh-CN", authors="李伟")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-11-02T08:00:00+08:00", "2024-11-02"),
        ("2024/1/2", "2024-01-02"),
        ("2024-11", "2024-11"),
        ("2024", "2024"),
        ("2024-02-30", None),
        ("yesterday", None),
        ("２０２４", None),
    ],
)
def test_a_day_is_one_of_the_calendar_or_none(moment: str, day: str | None) -> None:
    assert told(f'<meta itemprop="datePublished" content="{moment}">').published == day


def test_a_page_that_says_nothing_says_nothing() -> None:
    assert told("") == Facts(None, None, None, None)


@pytest.mark.parametrize(
    "data",
    ["{", "[" * 100_000, '{"@type": 5}', '{"@type": "Article", "headline": {}, "author": [[1]]}',
     '{"@type": "Article", "author": {"name": null}}', "null", '"text"'],
)  # fmt: skip
def test_linked_data_that_is_rubbish_is_passed_over(data: str) -> None:
    found = told(f'<title>T</title><script type="application/ld+json">{data}</script>')
    assert found == Facts("T", None, None, None)


def test_a_profile_is_no_name() -> None:
    assert told('<meta property="article:author" content="https://example.org/li">').byline is None


def test_the_site_is_told_and_what_is_no_character_does_not_stand_in_a_line() -> None:
    site = '<meta property="og:site_name" content="Example\x07 Daily">'
    named = '{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "例报"}}'
    data = f'<script type="application/ld+json">{named}</script>'
    assert told(site).publisher == "Example Daily"
    assert told(site + data).publisher == "例报"


@pytest.mark.parametrize(
    ("author", "line"),
    [
        ('{"@type": "Person", "name": "John Smith"}', "Smith, John"),
        ('{"@type": "Person", "name": "By Ludwig van Beethoven"}', "van Beethoven, Ludwig"),
        ('{"@type": "Person", "name": "张三"}', "张三"),
        ('{"@type": "Person", "name": "Smith, John"}', "Smith, John"),
        (
            '{"@type": "Person", "name": "X", "familyName": "García", "givenName": "Gabriel"}',
            "García, Gabriel",
        ),
        ('{"@type": "Person", "name": "Martin King Jr."}', "King, Martin, Jr"),
        ('{"@type": "Organization", "name": "Procter, Gamble; Sons"}', "{Procter, Gamble; Sons}"),
        ('"Reuters Staff"', "Reuters Staff"),
        (
            '[{"@type": "Person", "name": "John Smith"}, {"@type": ["Person"], "name": "李四"}]',
            "Smith, John; 李四",
        ),
        ('[{"@type": "Person", "name": "https://example.org/li"}]', None),
    ],
)
def test_authors_are_a_line_of_names_that_reads_back(author: str, line: str | None) -> None:
    data = f'{{"@type": "NewsArticle", "author": {author}}}'
    found = told(f'<script type="application/ld+json">{data}</script>').authors
    assert found == line
    assert names.written(names.read(found)) == line


def test_what_scholars_tags_name_are_people_and_other_names_stay_as_printed() -> None:
    people = told("""<meta name="citation_author" content="Smith, John">
        <meta name="citation_author" content="Jane Doe"><meta name="author" content="Else">""")
    assert people.authors == "Smith, John; Doe, Jane"
    other = told('<meta name="author" content="John Smith, Reuters">')
    assert other.authors == "{John Smith, Reuters}"


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        ("李明、王芳", ["李明", "王芳"]),
        ("记者 李明，王芳", ["李明", "王芳"]),
        ("作者：欧阳小明", ["欧阳小明"]),
        ("김민수, 이영희", ["김민수", "이영희"]),
        ("中国汽车工业协会，统计信息部", ["中国汽车工业协会，统计信息部"]),
        ("Smith, Jones and Partners", ["Smith, Jones and Partners"]),
    ],
)
def test_a_line_of_chinese_names_is_not_one_body(printed: str, people: list[str]) -> None:
    found = told(f'<meta name="author" content="{printed}">').authors
    assert [one["literal"] for one in names.read(found)] == people
