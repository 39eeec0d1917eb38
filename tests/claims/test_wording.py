"""Figures, intervals and periods read well in both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.figures import StatedFigure
from claims.intervals import Interval, interval
from claims.numbers_in_words import grouped, number_words
from claims.periods import Match, PeriodError, match, read_period
from claims.policy import current_policy
from claims.typed_figures import read_typed
from claims.wording import figure_words, interval_words, period_words
from tests.claims.figure_strategies import NUMBERS, PERIODS, figures

POLICY = current_policy()


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("18.30 %", "18.30 %", "18.30 %"),
        ("over 75 %", "> 75 %", "> 75 %"),
        ("不超过5%", "≤ 5 %", "≤ 5 %"),
        ("近50%", "近 50 %", "nearly 50 %"),
        ("160余款", "略多于 160款", "a little over 160 款"),
        ("5–10 stores", "5 – 10家门店", "5 – 10 stores"),
        ("20%-30%", "20 % – 30 %", "20 % – 30 %"),
        ("20.0万亿韩元", "20.0万亿韩元", "20.0 trillion won"),
        ("1.2亿美元", "1.2亿美元", "120 million US dollars"),
        ("$3.5bn", "35亿美元", "3.5 billion US dollars"),
        ("12,345 people", "12,345人", "12,345 people"),
        ("1 company", "1家公司", "1 company"),
        ("1 percentage point", "1 个百分点", "1 percentage point"),
        ("-3.2%", "−3.2 %", "−3.2 %"),
        ("第4", "第 4 位", "no. 4"),
        ("三分之一", "33.3333 %", "33.3333 %"),
    ],
)
def test_a_figure_is_printed_as_stated(typed: str, zh: str, en: str) -> None:
    assert figure_words(read_typed(typed)) == {"zh": zh, "en": en}


def test_about_names_the_width_of_the_policy() -> None:
    assert figure_words(read_typed("约20万亿韩元"), POLICY) == {
        "zh": f"约 20万亿韩元（政策 {POLICY.version}：±其值的 5 %）",
        "en": f"about 20 trillion won (policy {POLICY.version}: ±5 % of its value)",
    }


def test_about_a_small_percentage_names_half_a_unit_in_points() -> None:
    assert figure_words(read_typed("about 5 %"), POLICY)["zh"].endswith("±0.5 个百分点）")


def test_a_figure_without_a_number_says_so() -> None:
    assert figure_words(StatedFigure()) == {"zh": "未给出数值", "en": "no number given"}


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("18.3%", "18.25 % – 18.35 %", "18.25 % – 18.35 %"),
        ("over 75 %", "> 75 %", "> 75 %"),
        ("at least 3 stores", "≥ 3家门店", "≥ 3 stores"),
        ("近50%", "45 % – 50 %（不含上限）", "45 % – 50 % (upper end excluded)"),
        ("160余款", "160 – 170款（不含两端）", "160 – 170 款 (ends excluded)"),
        ("20万亿韩元", "19.5万亿 – 20.5万亿韩元", "19.5 trillion – 20.5 trillion won"),
        ("5 companies", "5家公司", "5 companies"),
    ],
)
def test_an_interval_names_what_it_holds(typed: str, zh: str, en: str) -> None:
    figure = read_typed(typed)
    found = interval(figure, POLICY)
    assert found is not None
    assert interval_words(found, figure.unit) == {"zh": zh, "en": en}


def test_an_interval_without_bounds_is_any_number() -> None:
    assert interval_words(Interval(None, None)) == {"zh": "任何数值", "en": "any number"}


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2024-10", "2024年10月", "October 2024"),
        ("2024-10-03", "2024年10月3日", "3 October 2024"),
        ("2024-36", "2024年第四季度", "Q4 2024"),
        ("2024-40", "2024年上半年", "first half of 2024"),
        ("2024-22", "2024年夏季", "summer 2024"),
        ("../2030", "2030年前", "by 2030"),
        ("2024/..", "2024年起", "since 2024"),
        ("2016/2024", "2016年至2024年", "2016 to 2024"),
        ("2015~", "约2015年", "around 2015"),
        ("2015?", "2015年（存疑）", "2015 (uncertain)"),
        ("201X", "2010年代", "the 2010s"),
        ("20XX", "2000年至2099年", "2000 to 2099"),
        ("last year", "last year", "last year"),
        ("XXXX-09", "9月（未注明年份）", "September (year not stated)"),
        ("XXXX-09-05", "9月5日（未注明年份）", "5 September (year not stated)"),
        ("XXXX-40", "上半年（未注明年份）", "first half (year not stated)"),
        ("XXXX-33/XXXX-35", "第一季度至第三季度（未注明年份）", "Q1 to Q3 (year not stated)"),
        ("XXXX-77", "XXXX-77（未注明年份）", "XXXX-77 (year not stated)"),
    ],
)
def test_a_period_is_said_in_words(period: str, zh: str, en: str) -> None:
    assert period_words(period) == {"zh": zh, "en": en}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-13",
        "2024-02-30",
        "2024-00",
        "2024/2023",
        "../..",
        "201X-05",
        "2024-21/2025",
        "0000",
        "２０２４",
        "2024-10-03T10:00",
        "2024-36-01",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        read_period(text)


def test_periods_overlap_by_their_days() -> None:
    year, month, later = read_period("2024"), read_period("2024-12"), read_period("2025/..")
    assert year.overlaps(month)
    assert not year.overlaps(later)
    assert read_period("../2030").overlaps(later)


@given(PERIODS.filter(bool), PERIODS.filter(bool))
def test_periods_match_the_same_from_both_sides(one: str, other: str) -> None:
    assert match(one, other, 1) is match(other, one, 1)
    assert match(one, one, 1) is Match.SAME


@given(NUMBERS)
def test_a_printed_number_keeps_its_value(number: Decimal) -> None:
    assert Decimal(grouped(number).replace(",", "").replace("−", "-")) == number
    powers = {"万亿": 12, "亿": 8, "万": 4}
    text = number_words(number)["zh"].replace(",", "").replace("−", "-")
    word = next((word for word in powers if text.endswith(word)), "")
    assert Decimal(text.removesuffix(word)).scaleb(powers.get(word, 0)) == number


@given(figures())
def test_every_figure_and_interval_has_words(figure: StatedFigure) -> None:
    found = interval(figure, POLICY)
    for words in (figure_words(figure), interval_words(found, figure.unit) if found else {}):
        assert all(words.values())


@given(st.text(max_size=20))
def test_every_text_has_words_as_a_period(text: str) -> None:
    assert set(period_words(text)) == {"zh", "en"}
