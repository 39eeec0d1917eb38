"""Where a quantity stands: spans slice to their text, lie inside one another, and only shift."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from claims.quantities import LANGUAGES, Quantity, read, tables
from tests.quantities.sentences import Sentence, sentences

_PIECES = """
一 二 两 十 百 千 万 亿 兆 点 分之 成 折 个 元 年 月 日 第 首 半 几 数 多 余 - ~ 至 到 % ％
. , ， / : 超 约 近 从 的 $ 倍 翻 番 廿 壹 ２ 0 1 3 20 2024 12.5 岁 度 以上 左右 零下
年 月 日 円 人 に から 以上 増 減 昨年 令和 半期 割 倍 ・ 度 氷点下 対 数 時間 一人
일 이 만 천 조 두 세 명 원 분의 에서 로 이상 늘었다 지난해 분기 배 중 1명 도 영하 수십 서너 첫 번째
percent half a of million twenty and third between $5m dozen May 5th 1990s ½ x over than
"""
_LISTS = st.lists(st.sampled_from(_PIECES.split()), max_size=12)
_TEXTS = _LISTS.map("".join) | _LISTS.map(" ".join)
_ANY = st.text(max_size=40)


@given(_TEXTS | _ANY, st.sampled_from(LANGUAGES))
def test_every_span_slices_to_its_text_and_lies_in_the_next_wider_one(text: str, lang: str) -> None:
    for found in read(text, lang):
        assert text[found.start : found.end] == found.text
        assert 0 <= found.start <= found.core_start <= found.num_start
        assert found.num_start < found.num_end <= found.core_end <= found.end <= len(text)


@given(_TEXTS, st.sampled_from(LANGUAGES))
def test_quantities_come_in_order_and_do_not_overlap(text: str, lang: str) -> None:
    found = read(text, lang)

    assert all(a.core_end <= b.core_start for a, b in itertools.pairwise(found))


@given(_TEXTS, _TEXTS)
def test_two_sentences_read_together_as_each_reads_alone(first: str, second: str) -> None:
    joined = read(f"{first}。{second}", "zh")
    shift = len(first) + 1

    assert joined == read(first, "zh") + [_shifted(item, shift) for item in read(second, "zh")]


@given(st.lists(st.sampled_from(sentences("en")), min_size=2, max_size=4))
def test_lines_read_together_as_each_reads_alone(lines: list[Sentence]) -> None:
    expected, shift = [], 0
    for line in lines:
        expected += [_shifted(item, shift) for item in read(line.text, "en")]
        shift += len(line.text) + 1

    assert read("\n".join(line.text for line in lines), "en") == expected


@given(st.sampled_from(sentences("en")), st.sampled_from(sentences("en")))
def test_a_sentence_does_not_change_how_the_next_one_reads(
    first: Sentence, second: Sentence
) -> None:
    shift = len(first.text) + 1
    expected = [*read(first.text, "en"), *(_shifted(i, shift) for i in read(second.text, "en"))]

    assert read(f"{first.text} {second.text}", "en") == expected


def _shifted(item: Quantity, by: int) -> Quantity:
    names = ("start", "end", "num_start", "num_end", "core_start", "core_end")
    return item._replace(**{name: getattr(item, name) + by for name in names})


@given(_TEXTS, st.sampled_from(LANGUAGES))
def test_reading_twice_gives_the_same_answer(text: str, lang: str) -> None:
    assert read(text, lang) == read(text, lang)


@given(_TEXTS)
def test_a_range_never_ends_below_its_start(text: str) -> None:
    for lang in LANGUAGES:
        for found in read(text, lang):
            if found.value is not None and found.value_high is not None:
                assert found.value <= found.value_high


def test_traditional_sentences_read_as_their_simplified_twins() -> None:
    pairs = {
        "投资约二十亿元": "投資約二十億元",
        "超过三百余家门店": "超過三百餘家門店",
        "两万五千个": "兩萬五千個",
        "增长百分之十二点五": "增長百分之十二點五",
    }

    for simplified, traditional in pairs.items():
        values = [
            [(item.value, item.comparator, item.start, item.end) for item in read(text, "zh")]
            for text in (simplified, traditional)
        ]
        assert values[0] == values[1]
        assert values[0]


def test_every_sentence_reads_the_same_in_traditional_letters() -> None:
    letters = tables.twin_letters("zh")
    for sentence in sentences("zh"):
        plain, twin = (
            read(text, "zh") for text in (sentence.text, sentence.text.translate(letters))
        )
        assert [_place_and_value(item) for item in plain] == [
            _place_and_value(item) for item in twin
        ]


def test_every_sentence_reads_the_same_with_blanks_around_its_digits() -> None:
    border = re.compile("(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9%])(?=[\u4e00-\u9fff])")
    for sentence in sentences("zh"):
        plain, blanks = (
            read(text, "zh") for text in (sentence.text, border.sub(" ", sentence.text))
        )
        assert [_meaning(item) for item in plain] == [_meaning(item) for item in blanks]


def _meaning(item: Quantity) -> tuple[object, ...]:
    return item.value, item.value_high, item.unit, item.kind, item.comparator, item.change


def _place_and_value(item: Quantity) -> tuple[object, ...]:
    return item.core_start, item.core_end, item.value, item.value_high, item.kind, item.period


def test_the_sentences_keep_their_values_at_full_width() -> None:
    wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
    for sentence in sentences("zh"):
        if any(mark in sentence.text for mark in ".-:ABCDEFGHIJKLMNOPQRSTUVWXYZ/"):
            continue
        plain, full = (read(text, "zh") for text in (sentence.text, sentence.text.translate(wide)))
        assert [item.value for item in plain] == [item.value for item in full]
