"""Publishers: each is found by any of its names and addresses, and a wrong table is told of."""

import json

import pytest

from sources.interchange import SEED
from sources.publishers import TABLE, BrokenTable, publishers, read_table

ONE = """format = "claim-desk/publishers/1"

[[publisher]]
key = "a"
names = { en = "A", zh = "甲" }
hosts = ["a.example"]
kind = "news_report"
tier = "established"
language = "en"
"""


def test_every_source_of_the_sample_has_a_publisher_by_its_name_and_by_its_address() -> None:
    rows = [
        row
        for path in sorted(SEED.glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))["sources"]
    ]
    assert len(rows) == 96
    table = publishers()
    lost = [row["key"] for row in rows if table.behind(row.get("publisher"), row["url"]) is None]
    assert lost == []
    parted = [
        row["key"] for row in rows if table.named(row["publisher"]) is not table.at(row["url"])
    ]
    assert parted == []


def test_the_field_is_covered() -> None:
    named = (
        "国家统计局",
        "Eurostat",
        "BLS",
        "KOSTAT",
        "证监会",
        "DART",
        "港交所",
        "新华社",
        "韩联社",
        "AFP",
    )
    assert [name for name in named if publishers().named(name) is None] == []
    assert len(list(publishers())) > 200


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ＴｒｅｎｄＦｏｒｃｅ", "trendforce"),
        ("集邦", "trendforce"),
        ("  the   wall street JOURNAL ", "wsj"),
        ("Omdia via PR Newswire", "pr-newswire"),
        ("Reuters (Seoul)", "reuters"),
        ("nobody at all", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str | None, key: str | None) -> None:
    found = publishers().named(name)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://biz.chosun.com/en/a", "chosunbiz"),
        ("https://www.chosun.com/a", "chosun"),
        ("https://ec.europa.eu/eurostat/web/main", "eurostat"),
        ("https://ec.europa.eu/eurostats", "european-commission"),
        ("https://notchosun.com/", None),
        ("https://chosun.com.example/", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_the_longest_host_tells_whose_an_address_is(url: str | None, key: str | None) -> None:
    found = publishers().at(url)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('key = "a"', 'key = "A b"', "line 3, A b: key cannot be A b"),
        ('key = "a"\n', "", "line 3, an entry without a key: key is missing"),
        ('zh = "甲"', 'fr = "a"', "line 3, a: names must hold en and zh"),
        ('"a.example"', '"http://a"', "line 3, a: host cannot be http://a"),
        ('tier = "established"', 'tier = "best"', "line 3, a: 'best' is not a valid Tier"),
        ('language = "en"', 'language = "en"\nissn = "0028-0837"', "check digit of issn"),
        ('language = "en"', 'language = "en"\nlei = "HWUPKR0MPOU8FGXBT395"', "check digit of lei"),
        ('language = "en"', 'language = "en"\nwebsite = "x"', "nothing is called website"),
        ('language = "en"', "language = en", "line 9"),
        ("publishers/1", "publishers/2", "the format must be"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(before: str, after: str, said: str) -> None:
    with pytest.raises(BrokenTable, match=r"publishers\.toml") as problem:
        read_table(ONE.replace(before, after, 1))
    assert said in str(problem.value)


def test_nothing_belongs_to_two() -> None:
    twice = ONE + ONE.partition("\n\n")[2].replace('key = "a"', 'key = "b"')
    with pytest.raises(BrokenTable, match=r"line 10, b: the name a is a's already"):
        read_table(twice)
    assert read_table(TABLE.read_text(encoding="utf-8")).by_key.keys() == publishers().by_key.keys()
