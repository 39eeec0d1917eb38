"""The hard cases an editor meets: tenths, shared scales, names with numbers, relative figures."""

import datetime as dt
from decimal import Decimal

import pytest

from claims.quantities import read


def _one(text: str, lang: str = "zh") -> tuple[object, ...]:
    found = read(text, lang)
    assert len(found) == 1, [item.text for item in found]
    item = found[0]
    return item.value, item.value_high, item.unit, item.comparator


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "comparator"),
    [
        ("四成", "40", None, "%", None),
        ("超九成", "90", None, "%", "over"),
        ("近50%", "50", None, "%", "nearly"),
        ("160余款", "160", None, "款", "odd"),
        ("5-10家", "5", "10", "家", "range"),
        ("约20万亿韩元", "20000000000000", None, "KRW", "about"),
        ("400层以上", "400", None, "层", "over"),
        ("两成五", "25", None, "%", None),
        ("半数以上", "50", None, "%", "over"),
        ("翻两番", "4", None, "times", None),
        ("百分之十二点五", "12.5", None, "%", None),
        ("0.5个百分点", "0.5", None, "pp", None),
        ("25个基点", "25", None, "bp", None),
        ("１２．５％", "12.5", None, "%", None),
        ("63·5％", "63.5", None, "%", None),
        ("增长1.5倍", "1.5", None, "times", None),
        ("20%至30%", "20", "30", "%", "range"),
        ("3到5亿元", "300000000", "500000000", "CNY", "range"),
        ("三五百人", "300", "500", "人", "range"),
        ("一千二百多万", "12000000", None, None, "odd"),
        ("万分之五", "0.05", None, "%", None),
        ("五折", "50", None, "%", None),
        ("20万次以上", "200000", None, "次", "over"),
    ],
)
def test_a_chinese_figure_is_read_with_its_bounds(
    text: str, value: str, high: str | None, unit: str | None, comparator: str | None
) -> None:
    expected = (Decimal(value), Decimal(high) if high else None, unit, comparator)

    assert _one(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "comparator"),
    [
        ("a quarter of voters", "0.25", None, None, None),
        ("one in five adults", "0.2", None, None, None),
        ("1.2bn people", "1200000000", None, "people", None),
        ("up to 400", "400", None, None, "at_most"),
        ("fewer than 50", "50", None, None, "under"),
        ("sales doubled", "2", None, "times", None),
        ("25 basis points", "25", None, "bp", None),
        ("between $5m and $7m", "5000000", "7000000", "USD", "range"),
        ("Rs 35 lakh crore", "35000000000000", None, "INR", None),
        ("one and a half times", "1.5", None, "times", None),
    ],
)
def test_an_english_figure_is_read_with_its_bounds(
    text: str, value: str, high: str | None, unit: str | None, comparator: str | None
) -> None:
    expected = (Decimal(value), Decimal(high) if high else None, unit, comparator)

    assert _one(text, "en") == expected


@pytest.mark.parametrize("text", ["成本低于同行30%", "价格比对手低30%", "成本较同业低30%"])
def test_lower_than_somebody_is_a_difference_and_no_upper_bound(text: str) -> None:
    (found,) = read(text, "zh")

    assert (found.comparator, found.change, found.qualifier) == (None, "by", "below_reference")


def test_from_and_to_are_told_apart_over_their_dates() -> None:
    found = read("从2016年的1%跃升至2024年的50%以上", "zh")

    assert [(item.text, item.change) for item in found] == [
        ("2016年", None),
        ("1%", "from"),
        ("2024年", None),
        ("50%以上", "to"),
    ]


def test_a_figure_and_its_rounding_are_two_figures() -> None:
    found = read("近七成（69.8%）企业", "zh")

    assert [(item.value, item.comparator) for item in found] == [
        (Decimal(70), "nearly"),
        (Decimal("69.8"), None),
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("三星、四川和五粮液都参加了", "zh"),
        ("背水一战，统一行动，一系列方案", "zh"),
        ("发布iPhone 15和麒麟9000芯片", "zh"),
        ("搭载H100芯片的A380客机", "zh"),
        ("“一带一路”倡议与“十四五”规划", "zh"),
        ("COVID-19, the F-16 and the Boeing 737 MAX.", "en"),
        ("No one knew; the one who left was second to none.", "en"),
    ],
)
def test_a_name_with_a_number_in_it_counts_nothing(text: str, lang: str) -> None:
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "period"),
    [
        ("2024年度营收", "zh", "2024"),
        ("2024年10月5日", "zh", "2024-10-05"),
        ("2030年前", "zh", "../2030"),
        ("2024—2025财年", "zh", "2024/2025"),
        ("上世纪九十年代", "zh", "199X"),
        ("2024年第三季度", "zh", "2024-35"),
        ("5 May 2024", "en", "2024-05-05"),
        ("in the 1990s", "en", "199X"),
    ],
)
def test_a_period_is_written_as_edtf(text: str, lang: str, period: str) -> None:
    (found,) = read(text, lang)

    assert found.period == period


def test_ten_years_ago_is_reckoned_from_the_day_of_publication() -> None:
    day = dt.date(2025, 3, 28)

    (chinese,) = read("十年前", "zh", published=day)
    (english,) = read("ten years ago", "en", published=day)
    (month,) = read("两个月前", "zh", published=day)

    assert (chinese.period, english.period, month.period) == ("2015", "2015", "2025-01")


def test_the_stated_precision_is_kept() -> None:
    (share,) = read("18.30%", "zh")
    (sum_,) = read("3.5亿美元", "zh")
    (short,) = read("$1.20bn", "en")
    digits = {
        text: read(text, "zh")[0].stated_decimals
        for text in (
            "18%",
            "1.2万人",
            "3万人",
            "四成",
            "两成五",
            "千分之三",
            "三块五",
            "四分之三",
            "半数",
        )
    }

    assert share.stated_decimals == 2
    assert digits == {
        "18%": 0,
        "1.2万人": 1,
        "3万人": 0,
        "四成": -1,
        "两成五": 0,
        "千分之三": 1,
        "三块五": 1,
        "四分之三": None,
        "半数": None,
    }
    assert (sum_.stated_decimals, sum_.multiplier) == (1, 8)
    assert (short.stated_decimals, short.multiplier, short.value) == (2, 9, Decimal(1200000000))
