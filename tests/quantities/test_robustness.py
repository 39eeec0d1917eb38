"""Whatever the text, the reader answers, and in time that grows with its length alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.quantities import LANGUAGES, narrow, read

_QUESTIONS = (
    "number",
    "percentage",
    "ordinal",
    "numberrange",
    "currency",
    "dimension",
    "age",
    "temperature",
)


@given(st.text(), st.sampled_from((*LANGUAGES, "xx", "")))
def test_no_text_makes_the_reader_fail(text: str, lang: str) -> None:
    read(text, lang)


@given(
    st.text(
        "0123456789０１一二十百万亿点分之第首半几%.,-/^$¥~至到 ½²٣éİßaf"
        "億兆円人に以上から・割乗のいちさん일이삼만천조한두명분의에서로보다년월",
        max_size=24,
    ),
    st.sampled_from(LANGUAGES),
    st.sampled_from(_QUESTIONS),
)
def test_no_text_makes_a_narrow_question_fail(text: str, lang: str, question: str) -> None:
    narrow.read(text, lang, question)


@given(st.text(st.characters(codec=None), max_size=20))
def test_half_a_surrogate_pair_is_a_letter_like_any_other(text: str) -> None:
    for lang in LANGUAGES:
        read("\ud800" + text, lang)


@pytest.mark.parametrize("tail", ["万亿", "亿亿亿", "亿5亿", "兆兆", "億億%"])
@pytest.mark.parametrize("lang", ["zh", "ja", "ko"])
def test_a_scale_upon_a_scale_of_no_figure_is_none(tail: str, lang: str) -> None:
    """article-15: more digits than a figure has, each of them a word."""
    for found in read("一" * 50 + tail, lang):
        assert found.value is None or found.value.is_finite()


def test_a_scale_of_another_script_ends_the_numeral() -> None:
    assert read("几之万亿余", "ja") == []


def test_no_comparator_reaches_over_a_web_address() -> None:
    (found,) = read("over http://example.org/1 2 cents", "en")

    assert (found.text, found.comparator) == ("2 cents", None)


@pytest.mark.parametrize(
    ("text", "core", "reason"),
    [
        ("共2024年13月", "2024年13月", "no such day"),
        ("到2月30日", "2月30日", "no such day"),
        ("定于13月", "13月", "no such month"),
        ("定于25时61分", "25时61分", "no such time"),
        ("共" + "9" * 40 + "元", "9" * 40 + "元", "longer than any figure"),
        ("共1e400元", "1e400元", "longer than any figure"),
        ("共十亿亿亿亿亿元", "十亿亿亿亿亿元", "longer than any figure"),
        ("占百分之" + "九" * 40, "百分之" + "九" * 40, "longer than any figure"),
        ("共1,0000,00元", "1,0000,00元", "separators in the wrong places"),
        ("占零分之三", "零分之三", "divided by nothing"),
        ("占3/0", "3/0", "divided by nothing"),
        ("达10的30次方", "10的30次方", "a power"),
        ("达2^1000", "2^1000", "a power"),
        ("血压180/110毫米汞柱", "180/110毫米汞柱", "two readings"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(text: str, core: str, reason: str) -> None:
    (found,) = read(text, "zh")

    assert text[found.core_start : found.core_end] == core
    assert (found.value, found.reason) == (None, reason)


@pytest.mark.parametrize("text", ["版本3.10.2", "地址192.168.1.10", "电话010-12345678", "全天24/7"])
def test_digits_that_name_something_have_no_value(text: str) -> None:
    assert [item.value for item in read(text, "zh") if item.kind != "number"] == []


def test_a_narrow_question_looks_at_each_letter_once() -> None:
    seconds = []
    for size in (2_000, 16_000):
        start = time.process_time()
        narrow.read("第" * size, "ja", "number")
        seconds.append(time.process_time() - start)

    assert seconds[1] < 24 * max(seconds[0], 1e-3)


@given(
    st.integers(28, 60),
    st.text("0123456789一二百千万亿兆点.,元円억조만 ", max_size=12),
    st.sampled_from(LANGUAGES),
)
def test_a_value_has_no_more_digits_than_are_kept(size: int, tail: str, lang: str) -> None:
    for found in read("9" * size + tail, lang):
        assert found.value is None or found.value < 10**40


@pytest.mark.parametrize("text", ["9" * 30 + "亿亿元", "9" * 100 + "万亿", "100000亿亿亿亿亿"])
def test_a_number_beyond_every_scale_is_a_mention_with_a_reason(text: str) -> None:
    (found,) = read(f"负债为{text}。", "zh")

    assert found.value is None
    assert found.reason == "longer than any figure"


def _seconds(text: str, lang: str) -> float:
    """The best of three, so that a busy machine does not look like a slow grammar."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read(text, lang)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    ("letters", "lang"),
    [
        ("一", "zh"),
        ("1,", "zh"),
        ("1", "zh"),
        ("十", "zh"),
        ("亿", "zh"),
        ("1-", "zh"),
        ("一 ", "zh"),
        ("第", "zh"),
        ("百分之", "zh"),
        ("从1到", "zh"),
        (".1", "zh"),
        ("１，", "zh"),
        ("一点", "zh"),
        ("负", "zh"),
        ("1,000,", "zh"),
        ("1:", "zh"),
        ("三五", "zh"),
        ("一半", "zh"),
        ("每1", "zh"),
        ("至少", "zh"),
        ("1年", "zh"),
        ("2024-", "zh"),
        ("七上", "zh"),
        ("1,", "ja"),
        ("だ", "ja"),
        ("第", "ja"),
        ("一", "ja"),
        ("昨年", "ja"),
        ("1%から", "ja"),
        ("1,", "ko"),
        ("만", "ko"),
        ("만 ", "ko"),
        ("일", "ko"),
        ("두 명 ", "ko"),
        ("1명 중 ", "ko"),
        ("1,", "en"),
        ("1 ", "en"),
        ("one ", "en"),
        ("half of a ", "en"),
        ("1-", "en"),
        ("$1 ", "en"),
        ("a ", "en"),
        ("$", "en"),
        ("1/", "en"),
        ("half ", "en"),
        ("minus ", "en"),
        (".1", "en"),
        ("5 to ", "en"),
        ("one hundred and ", "en"),
        ("½", "en"),
    ],
)
def test_the_time_grows_no_faster_than_the_text(letters: str, lang: str) -> None:
    short, long = 1_000, 8_000
    read(letters * 10, lang)

    once = _seconds(letters * (short // len(letters)), lang)
    eightfold = _seconds(letters * (long // len(letters)), lang)

    # Eight times the text may take a little more than eight times as long, never sixty-four.
    assert eightfold < 24 * max(once, 1e-3)


def test_a_megabyte_of_one_letter_is_read_in_one_pass() -> None:
    short = _seconds("一" * 50_000, "zh")
    start = time.process_time()

    found = read("一" * 1_000_000, "zh")

    assert found == []
    assert time.process_time() - start < 80 * max(short, 1e-3)


@pytest.mark.parametrize("letters", ["1,", "a ", "one ", "$", "1/", "1-", "half ", "minus ", ".1"])
def test_a_megabyte_of_the_same_letters_is_at_most_one_mention(letters: str) -> None:
    found = read(letters * (1_000_000 // len(letters)), "en")

    assert [item.value for item in found] in ([], [None])


@pytest.mark.parametrize(
    "text",
    [
        "2024-13-45",
        "31 February 2024",
        "February 31, 2024",
        "1/0",
        "1e999",
        "1" * 40,
        "million million million million million million",
    ],
)
def test_what_cannot_be_read_is_a_mention_without_a_value_and_with_a_reason(text: str) -> None:
    (found,) = read(text, "en")

    assert found.value is None
    assert found.period is None
    assert found.reason
