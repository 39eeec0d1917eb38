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


def test_a_scale_of_another_script_ends_the_numeral() -> None:
    assert read("几之万亿余", "ja") == []


def test_no_comparator_reaches_over_a_web_address() -> None:
    (found,) = read("over http://example.org/1 2 cents", "en")

    assert (found.text, found.comparator) == ("2 cents", None)


def test_a_narrow_question_looks_at_each_letter_once() -> None:
    seconds = []
    for size in (2_000, 16_000):
        start = time.process_time()
        narrow.read("第" * size, "ja", "number")
        seconds.append(time.process_time() - start)

    assert seconds[1] < 24 * max(seconds[0], 1e-3)


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
