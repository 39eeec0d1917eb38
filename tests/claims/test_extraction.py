"""Proposals: one clause, its figures with role, period and topic, and nothing strong forgotten."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import Proposal, propose
from claims.extraction.figures import ProposedFigure
from claims.extraction.periods import day_of
from claims.extraction.strength import strength
from claims.extraction.words import words_of
from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.quantities import read
from claims.triage_vocabulary import PeriodSource, Rule

DAY = "2025-03-25"


def proposals(text: str, lang: str = "zh", published: str | None = DAY) -> list[Proposal]:
    return propose(text, lang, read(text, lang, published=day_of(published)), published)


def strong(text: str, lang: str = "zh", published: str | None = DAY) -> list[Proposal]:
    return [one for one in proposals(text, lang, published) if one.strong]


def figures(text: str, lang: str = "zh", published: str | None = DAY) -> list[ProposedFigure]:
    made = strong(text, lang, published)
    return [figure for one in made for figure in one.figures if figure.strong]


CLAUSES = [
    ("zh", "份额降至18.3%,销量跌至28.3%。", ["份额降至18.3%", "销量跌至28.3%"]),
    ("zh", "近七成（69.8%）受访者支持。", ["近七成（69.8%）受访者支持"]),
    ("zh", "份额从1%跃升至50%以上。", ["份额从1%跃升至50%以上"]),
    ("zh", "失业率从1%，跃升至50%以上。", ["失业率从1%，跃升至50%以上"]),
    ("zh", "2024年，甲公司占5%、乙公司占10%。", ["2024年，甲公司占5%", "乙公司占10%"]),
    ("zh", "出口苹果、梨、桃等共1.2万吨。", ["出口苹果、梨、桃等共1.2万吨"]),
    ("zh", "新店开业当天人气很旺，展示160余款产品。", ["新店开业当天人气很旺，展示160余款产品"]),
    ("zh", "营收达1,234亿元。", ["营收达1,234亿元"]),
    (
        "en",
        "Sales rose 12% in 2024, while profit fell 3%.",
        ["Sales rose 12% in 2024", "while profit fell 3%"],
    ),
    ("en", "Sales grew 5% in 2023, 6% in 2024.", ["Sales grew 5% in 2023, 6% in 2024"]),
    (
        "en",
        "In 2024, costs were $3.5bn; staff was 900.",
        ["In 2024, costs were $3.5bn", "staff was 900"],
    ),
    ("en", "Nearly 70% (69.8%) of voters agreed.", ["Nearly 70% (69.8%) of voters agreed"]),
]


@pytest.mark.parametrize(("lang", "text", "statements"), CLAUSES)
def test_a_proposal_is_one_clause(lang: str, text: str, statements: list[str]) -> None:
    made = strong(text, lang)
    assert [one.statement for one in made] == statements
    assert all(text[one.start : one.stop] == one.statement for one in made)


PERIODS = [
    ("zh", "2024年份额为5%。", "2024", PeriodSource.STATED),
    ("zh", "2024年财报显示各项都在下降，手机份额降至18.3%。", "2024", PeriodSource.CARRIED),
    ("zh", "去年营收增长12%。", "2024", PeriodSource.ARTICLE_DATE),
    ("zh", "上季度营收增长12%。", "2024-36", PeriodSource.ARTICLE_DATE),
    ("zh", "十年前份额只有15%。", "2015", PeriodSource.ARTICLE_DATE),
    ("zh", "目前份额为15%。", DAY, PeriodSource.ARTICLE_DATE),
    ("zh", "2030年前投资约20万亿韩元。", "../2030", PeriodSource.STATED),
    ("zh", "份额为15%。", None, None),
    ("en", "Sales rose 12% last year.", "2024", PeriodSource.ARTICLE_DATE),
    ("en", "Three years ago, turnout was 61%.", "2022", PeriodSource.ARTICLE_DATE),
    ("en", "Turnout was 61% in 2021.", "2021", PeriodSource.STATED),
    ("en", "Turnout was 61%.", None, None),
]


@pytest.mark.parametrize(("lang", "text", "period", "source"), PERIODS)
def test_a_figure_has_the_nearest_date_and_says_how(
    lang: str, text: str, period: str | None, source: PeriodSource | None
) -> None:
    dated = figures(text, lang)[0].dated
    assert (dated.period, dated.source) == (period, source)
    assert (dated.note is None) is (source in (None, PeriodSource.STATED))


def test_each_half_of_a_change_has_its_own_date_in_both_languages() -> None:
    for lang, text in (
        ("zh", "份额从2016年的1%跃升至2024年的50%以上。"),
        ("en", "The share rose from 1% in 2016 to more than 50% in 2024."),
    ):
        first, second = figures(text, lang)
        assert (first.role, second.role) == (Role.FROM, Role.TO)
        assert first.pair == second.pair is not None
        assert (first.dated.period, second.dated.period) == ("2016", "2024")


def test_a_pointing_word_takes_the_year_over_a_full_stop_and_nothing_else_does() -> None:
    assert figures("2024年增长放缓。当年43%的营收来自半导体。")[0].dated.period == "2024"
    assert figures("2015年增长放缓。手机存储占近50%的份额。")[0].dated.period is None
    assert figures("2024年增长放缓。\n当年43%的营收来自半导体。")[0].dated.period is None


def test_without_the_articles_day_a_word_of_time_resolves_to_nothing_and_says_so() -> None:
    dated = figures("去年营收增长12%。", published=None)[0].dated
    assert dated.period is None
    assert dated.note is not None
    assert "没有日期" in dated.note["zh"]
    assert figures("去年营收增长12%。", published="2025")[0].dated.period == "2024"


SHAPES = [
    ("zh", "排名升至第四。", Role.RANK, None, ObservationStatus.NORMAL),
    ("zh", "新增5-10家门店。", Role.COUNT, ChangeKind.ABSOLUTE, ObservationStatus.NORMAL),
    (
        "zh",
        "利率上升0.5个百分点。",
        Role.DIFFERENCE,
        ChangeKind.PERCENTAGE_POINTS,
        ObservationStatus.NORMAL,
    ),
    ("zh", "销量增长12%。", Role.DIFFERENCE, ChangeKind.PERCENT, ObservationStatus.NORMAL),
    ("zh", "销量是去年的3倍。", Role.RATIO, ChangeKind.TIMES, ObservationStatus.NORMAL),
    ("zh", "销量连续8年居首。", Role.COUNT, ChangeKind.LEVEL, ObservationStatus.NORMAL),
    ("zh", "计划把份额提升至12%。", Role.VALUE, ChangeKind.LEVEL, ObservationStatus.TARGET),
    ("zh", "份额预计为12%。", Role.VALUE, ChangeKind.LEVEL, ObservationStatus.FORECAST),
    ("zh", "据估算，损失为3亿元。", Role.VALUE, ChangeKind.LEVEL, ObservationStatus.NORMAL),
    ("en", "It plans to open 30 stores.", Role.COUNT, ChangeKind.LEVEL, ObservationStatus.TARGET),
    (
        "en",
        "Sales are expected to reach $3bn.",
        Role.VALUE,
        ChangeKind.LEVEL,
        ObservationStatus.FORECAST,
    ),
    (
        "en",
        "Losses are estimated at $3bn.",
        Role.VALUE,
        ChangeKind.LEVEL,
        ObservationStatus.ESTIMATED,
    ),
]


@pytest.mark.parametrize(("lang", "text", "role", "change", "status"), SHAPES)
def test_a_figure_says_what_it_does_and_how_firm_it_is(
    lang: str, text: str, role: Role, change: ChangeKind | None, status: ObservationStatus
) -> None:
    figure = figures(text, lang)[0]
    assert (figure.role, figure.change_kind, figure.observation_status) == (role, change, status)


def test_a_fraction_is_a_percentage_with_its_comparator() -> None:
    bounds = figures("份额超过四分之三。")[0].bounds
    assert (bounds.comparator, bounds.low, bounds.high) == (Comparator.OVER, Decimal(75), None)
    assert (bounds.unit, bounds.low_inclusive) == ("%", False)


WEAK = [
    ("zh", "3nm芯片业务抢不过对手。", Rule.PROCESS_NODE),
    ("zh", "引入适配110V电网的空调。", Rule.ATTRIBUTE),
    ("zh", "实现手机、家居、汽车三大场景的协同。", Rule.ENUMERATION),
    ("zh", "屏幕是第二笔账。", Rule.ORDINAL_WORDING),
    ("zh", "# 十年换位", Rule.HEADING),
    ("zh", "2015年三星停供面板。", Rule.DATE),
    ("zh", "往后十年比什么？", Rule.STRETCH_OF_TIME),
    ("en", "There are three ways to win.", Rule.ENUMERATION),
    ("en", "In 2015 the supplier stopped deliveries.", Rule.DATE),
]


@pytest.mark.parametrize(("lang", "text", "rule"), WEAK)
def test_a_weak_number_is_proposed_folded_with_its_reason(lang: str, text: str, rule: Rule) -> None:
    made = proposals(text, lang)
    assert [one.strong for one in made] == [False]
    assert made[0].rule == rule


TOPICS = [
    ("zh", "其全球智能手机市场份额降至18.3%。", "全球智能手机", "市场份额"),
    (
        "zh",
        "长江存储技术打破垄断，2024年实现了5%的全球市场份额。",
        "长江存储技术打破垄断",
        "全球市场份额",
    ),
    ("zh", "华为的销量为5亿台。", "华为", "销量"),
    ("en", "Samsung's smartphone share fell to 18.3%.", "Samsung", "smartphone share"),
    ("en", "In 2024, unemployment was 4%.", None, "unemployment"),
]


@pytest.mark.parametrize(("lang", "text", "subject", "measure"), TOPICS)
def test_subject_and_measure_are_guessed_from_the_words_before_the_verb(
    lang: str, text: str, subject: str | None, measure: str
) -> None:
    figure = figures(text, lang)[0]
    assert (figure.subject or {}).get(lang) == subject
    assert (figure.measure or {}).get(lang) == measure


PIECES = st.sampled_from(
    [
        "份额为5%",
        "2024年",
        "，",
        "。",
        "、",
        "从1%升至",
        "（69.8%）",
        "“三大场景”",
        "\n",
        "# ",
        "去年",
        "3nm",
        "第四",
        "；",
        "小米",
        "in 2016",
        " and ",
        "fell to 4%",
        ", ",
        ". The ",
        "$5m",
        "1,200 people",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["zh", "en"]))
def test_every_number_is_held_once_and_strong_ones_by_strong_proposals(
    text: str, lang: str
) -> None:
    numbers = read(text, lang)
    made = propose(text, lang, numbers)
    held = [figure.quantity.start for one in made for figure in one.figures]
    assert len(held) == len(set(held))
    dated = {
        figure.dated.mention.start for one in made for figure in one.figures if figure.dated.mention
    }
    assert set(held) | dated == {number.start for number in numbers}
    words = words_of(lang)
    for one in made:
        assert text[one.start : one.stop] == one.statement
        assert one.strong == any(figure.strong for figure in one.figures)
        assert one.sentence[0] <= one.start < one.stop
    by_start = {figure.quantity.start: figure for one in made for figure in one.figures}
    for number in numbers:
        if strength(text, number, words).strong:
            assert by_start[number.start].strong


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["zh", "en", "ja", "xx"]))
def test_no_text_raises(text: str, lang: str) -> None:
    propose(text, lang, read(text, lang))
