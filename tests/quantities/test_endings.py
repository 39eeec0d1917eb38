"""What stands behind a Japanese or Korean figure: its comparator and the verb of its change."""

from decimal import Decimal

import pytest

from claims.quantities import read


@pytest.mark.parametrize(
    ("text", "lang", "comparator"),
    [
        ("100人以上", "ja", "at_least"),
        ("100人以下", "ja", "at_most"),
        ("100人未満", "ja", "under"),
        ("100人超", "ja", "over"),
        ("100人を超える", "ja", "over"),
        ("100人を下回った", "ja", "under"),
        ("約100人", "ja", "about"),
        ("およそ100人", "ja", "about"),
        ("100人ほど", "ja", "about"),
        ("100人近く", "ja", "nearly"),
        ("100人余り", "ja", "odd"),
        ("100人弱", "ja", "nearly"),
        ("100人強", "ja", "over"),
        ("少なくとも100人", "ja", "at_least"),
        ("最大100人", "ja", "at_most"),
        ("数百人", "ja", "multiple_of"),
        ("十数人", "ja", "odd"),
        ("100명 이상", "ko", "at_least"),
        ("100명 이하", "ko", "at_most"),
        ("100명 미만", "ko", "under"),
        ("100명 초과", "ko", "over"),
        ("100명을 넘었다", "ko", "over"),
        ("100명에 못 미쳤다", "ko", "under"),
        ("약 100명", "ko", "about"),
        ("100여 명", "ko", "odd"),
        ("100명가량", "ko", "about"),
        ("100명 정도", "ko", "about"),
        ("100명 안팎", "ko", "about"),
        ("100명에 육박했다", "ko", "nearly"),
        ("최소 100명", "ko", "at_least"),
        ("수백 명", "ko", "multiple_of"),
    ],
)
def test_a_comparator_is_named(text: str, lang: str, comparator: str) -> None:
    (found,) = read(text, lang)

    assert found.value in (10, 100)
    assert found.comparator == comparator


@pytest.mark.parametrize(
    ("text", "lang", "changes"),
    [
        ("1%から3%に上昇した", "ja", ["from", "to"]),
        ("3%に引き上げた", "ja", ["to"]),
        ("3%増の売上高", "ja", ["by"]),
        ("3%減少した", "ja", ["by"]),
        ("3%(30円)下落した", "ja", ["by", "by"]),
        ("3%を占める", "ja", [None]),
        ("3%減税する", "ja", [None]),
        ("1%에서 3%로 올랐다", "ko", ["from", "to"]),
        ("3%로 인상했다", "ko", ["to"]),
        ("3% 증가했다", "ko", ["by"]),
        ("3% 줄었다", "ko", ["by"]),
        ("3%를 차지했다", "ko", [None]),
    ],
)
def test_a_change_says_where_it_starts_and_ends(
    text: str, lang: str, changes: list[str | None]
) -> None:
    assert [item.change for item in read(text, lang)] == changes


def test_a_figure_above_somebody_else_is_a_difference() -> None:
    (found,) = read("平均より3%高い", "ja")

    assert (found.comparator, found.change, found.qualifier) == (None, "by", "above_reference")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("電話は03-1234-5678", "ja"),
        ("東日本大震災の3・11", "ja"),
        ("第三小法廷の判断", "ja"),
        ("1株当たりの配当", "ja"),
        ("6·25전쟁", "ko"),
        ("코로나19 확진자", "ko"),
        ("이 사람은 오늘 사과했다", "ko"),
        ("1인당 국민소득", "ko"),
    ],
)
def test_a_number_that_is_a_name_is_no_figure(text: str, lang: str) -> None:
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "decimals"),
    [
        ("1.2兆円", "ja", 1),
        ("300人", "ja", 0),
        ("3割", "ja", -1),
        ("3割1分5厘", "ja", 1),
        ("3分の1", "ja", None),
        ("1.2조원", "ko", 1),
        ("삼백 명", "ko", 0),
        ("3분의 1", "ko", None),
    ],
)
def test_stated_decimals_are_those_of_the_scale_written(
    text: str, lang: str, decimals: int | None
) -> None:
    (found,) = read(text, lang)

    assert found.stated_decimals == decimals


def test_degrees_below_zero_keep_their_order_in_a_range() -> None:
    (found,) = read("영하 2∼3도", "ko")

    assert (found.value, found.value_high, found.unit) == (Decimal(-3), Decimal(-2), "°C")


def test_a_third_takes_no_scale_from_the_word_behind_it() -> None:
    (found,) = read("3분의 1만 남았다", "ko")

    assert found.text == "3분의 1"
