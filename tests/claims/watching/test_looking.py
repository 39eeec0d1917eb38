"""What became of a quoted passage: a table of mutations, and what must hold for all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.vocabulary import Watched
from claims.watching.looking import Looking, Stood

ZH = (
    "气象局周一公布了数据。2024年降雨量同比增长12.5%，达到340毫米，占全年的四成。"
    "水库蓄水1.2亿立方米，近20万人受益。今后还要观察。"
)
ZH_RAIN = "2024年降雨量同比增长12.5%，达到340毫米，占全年的四成"
ZH_WATER = "水库蓄水1.2亿立方米，近20万人受益"
EN = (
    "The office published its figures. In 2024 rainfall rose by 12.5% to 340 mm, it said. "
    "Reservoirs hold 1.2bn cubic metres, enough for nearly 200,000 people. More will follow."
)
EN_RAIN = "In 2024 rainfall rose by 12.5% to 340 mm"
EN_WATER = "Reservoirs hold 1.2bn cubic metres, enough for nearly 200,000 people"
SAME, MOVED, REWORDED, CHANGED, GONE = (
    Watched.SAME,
    Watched.MOVED,
    Watched.REWORDED,
    Watched.FIGURE_CHANGED,
    Watched.GONE,
)
MUTATIONS = [
    ("zh", ZH_RAIN, "周一", "周二", SAME),
    ("zh", ZH_RAIN, "今后还要观察。", "", SAME),
    ("zh", ZH_RAIN, "，达到", "、达到", MOVED),
    ("zh", ZH_RAIN, "同比", " 同比\n", MOVED),
    ("zh", ZH_RAIN, "12.5%", "１２．５％", MOVED),
    ("zh", ZH_RAIN, "同比增长", "较上年增加了", REWORDED),
    ("zh", ZH_RAIN, "四成", "40%", REWORDED),
    ("zh", ZH_RAIN, "12.5%", "百分之十二点五", REWORDED),
    ("zh", ZH_RAIN, "12.5%", "12.6%", CHANGED),
    ("zh", ZH_RAIN, "12.5%", "125%", CHANGED),
    ("zh", ZH_RAIN, "12.5%", "1.25%", CHANGED),
    ("zh", ZH_RAIN, "12.5%", "-12.5%", CHANGED),
    ("zh", ZH_RAIN, "12.5%", "12.5个百分点", CHANGED),
    ("zh", ZH_RAIN, "12.5%", "约12.5%", CHANGED),
    ("zh", ZH_RAIN, "增长", "下降", CHANGED),
    ("zh", ZH_RAIN, "四成", "三成", CHANGED),
    ("zh", ZH_RAIN, "2024年", "2023年", CHANGED),
    ("zh", ZH_RAIN, "340毫米", "340万毫米", CHANGED),
    ("zh", ZH_RAIN, f"{ZH_RAIN}。", "", GONE),
    ("zh", ZH_WATER, "1.2亿", "12000万", REWORDED),
    ("zh", ZH_WATER, "1.2亿", "1.2万", CHANGED),
    ("zh", ZH_WATER, "1.2亿", "2.1亿", CHANGED),
    ("zh", ZH_WATER, "近20万", "超20万", CHANGED),
    ("zh", ZH_WATER, "20万", "20", CHANGED),
    ("en", EN_RAIN, "Monday", "Tuesday", SAME),
    ("en", EN_RAIN, "rainfall rose", "rainfall  rose", MOVED),
    ("en", EN_RAIN, "12.5%", "12.5 %", MOVED),
    ("en", EN_RAIN, "12.5%", "12.5 per cent", REWORDED),
    ("en", EN_RAIN, "rainfall", "precipitation", REWORDED),
    ("en", EN_RAIN, "12.5%", "12.6%", CHANGED),
    ("en", EN_RAIN, "rose by", "fell by", CHANGED),
    ("en", EN_RAIN, "340 mm", "340 cm", CHANGED),
    ("en", EN_RAIN, "to 340", "to about 340", CHANGED),
    ("en", EN_RAIN, "2024", "2025", CHANGED),
    ("en", EN_WATER, "1.2bn", "1.2m", CHANGED),
    ("en", EN_WATER, "200,000", "20,000", CHANGED),
    ("en", EN_WATER, "200,000", "200000", MOVED),
    ("en", EN_WATER, "1.2bn", "1.2 billion", REWORDED),
    ("en", EN_WATER, "nearly", "over", CHANGED),
    ("en", EN_WATER, f" {EN_WATER}.", "", GONE),
]


def looked(quote: str, new: str, *, old: str | None = ZH, language: str = "zh") -> Stood:
    return Looking(old, new, language).at(quote)


@pytest.mark.parametrize(("language", "quote", "was", "becomes", "expected"), MUTATIONS)
def test_each_change_of_a_page_is_called_what_it_is(
    language: str, quote: str, was: str, becomes: str, expected: Watched
) -> None:
    old = ZH if language == "zh" else EN

    found = looked(quote, old.replace(was, becomes), old=old, language=language)

    assert found.outcome is expected


@pytest.mark.parametrize(("language", "quote", "was", "becomes", "expected"), MUTATIONS)
def test_without_a_kept_copy_no_changed_figure_passes_for_the_same(
    language: str, quote: str, was: str, becomes: str, expected: Watched
) -> None:
    new = (ZH if language == "zh" else EN).replace(was, becomes)

    found = looked(quote, new, old=None, language=language)

    if expected in (CHANGED, GONE):
        assert found.outcome in (CHANGED, GONE)
    else:
        assert found.outcome in (SAME, MOVED, REWORDED)


SENTENCES = {
    "zh": [
        "港口没有回应。",
        "另有8家企业受影响。",
        "同比下降3.1%，为近5年最低。",
        "读者可来信。\n\n",
    ],
    "en": [
        "The port did not answer. ",
        "Another 8 firms were hit. ",
        "It fell by 3.1%. ",
        "End.\n\n",
    ],
}
PAGES = st.sampled_from([("zh", ZH, ZH_RAIN), ("zh", ZH, ZH_WATER), ("en", EN, EN_RAIN)])


@settings(max_examples=60, deadline=None)
@given(PAGES, st.data())
def test_what_comes_and_goes_elsewhere_leaves_a_passage_the_same(
    page: tuple[str, str, str], data: st.DataObject
) -> None:
    language, text, quote = page
    low = text.index(quote)
    end = text.index("。" if language == "zh" else ".", low + len(quote)) + 1
    other = st.lists(st.sampled_from(SENTENCES[language]), max_size=6).map("".join)
    before = data.draw(st.sampled_from(["", text[:low]]))
    after = data.draw(st.sampled_from(["", text[end:]]))
    new = data.draw(other) + before + text[low:end] + " " + data.draw(other) + after

    found = looked(quote, new, old=text, language=language)

    assert found.outcome is SAME
    assert found.new_words == quote


@settings(max_examples=150, deadline=None)
@given(PAGES, st.booleans(), st.data())
def test_a_changed_digit_is_never_the_same_nor_merely_moved(
    page: tuple[str, str, str],
    kept: bool,  # noqa: FBT001 - drawn, not passed
    data: st.DataObject,
) -> None:
    language, text, quote = page
    low = text.index(quote)
    at = data.draw(st.sampled_from([low + n for n, char in enumerate(quote) if char.isdigit()]))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != text[at]]))
    spliced = data.draw(st.sampled_from(["", digit, digit + text[at], text[at] + digit]))
    new = text[:at] + spliced + text[at + 1 :]
    filler = "".join(data.draw(st.lists(st.sampled_from(SENTENCES[language]), max_size=3)))

    found = looked(quote, filler + new, old=text if kept else None, language=language)

    assert found.outcome not in (SAME, MOVED) or _same_number(text, new)


def _same_number(text: str, new: str) -> bool:
    """A zero put behind the point or before a number changes the print and not the value."""
    return new in {text.replace("12.5", "12.50"), text.replace("12.5", "012.5")}


def test_a_correction_that_repeats_the_old_words_does_not_hide_the_new_figure() -> None:
    new = ZH.replace("12.5%", "13.5%") + f"更正：本文此前写为“{ZH_RAIN}”。"

    found = looked(ZH_RAIN, new)

    assert found.outcome is CHANGED
    assert "13.5%" in (found.new_words or "")


def test_a_passage_elsewhere_on_the_page_has_moved() -> None:
    rest = ZH.replace(f"{ZH_RAIN}。", "")

    assert looked(ZH_RAIN, f"{rest}\n\n专题：{ZH_RAIN}。\n\n").outcome is MOVED


def test_short_words_in_several_new_places_are_asked_about() -> None:
    old = "甲公司增长5%。乙公司没有公布。"
    new = "本页改版。上海：增长5%；北京：增长5%。"

    found = looked("增长5%", new, old=old)

    assert found.outcome is Watched.UNCLEAR
    assert len(found.places) == 2


def test_a_second_copy_of_the_words_does_not_unsettle_the_first() -> None:
    assert looked(ZH_RAIN, f"导读：{ZH_RAIN}。\n{ZH}").outcome is SAME


def test_a_quote_typed_otherwise_than_printed_is_found_in_the_kept_copy() -> None:
    found = looked(f" {ZH_RAIN} ".replace("，", ", "), ZH.replace("12.5%", "12.9%"))

    assert found.outcome is CHANGED
    assert found.old_words == ZH_RAIN


def test_another_year_before_the_quote_is_another_figure() -> None:
    quote = "降雨量同比增长12.5%，达到340毫米"

    assert looked(quote, ZH.replace("2024年", "2025年")).outcome is CHANGED


def test_what_stands_in_the_place_of_a_passage_is_shown() -> None:
    found = looked(ZH_RAIN, ZH.replace(ZH_RAIN, "数据正在复核，暂不公布"))

    assert found.outcome is GONE
    assert found.new_words == "数据正在复核，暂不公布。"


def test_a_quote_that_the_kept_copy_does_not_hold_is_compared_by_its_own_words() -> None:
    quote = "地下水位上升2.4米，是1998年以来最高"

    found = looked(quote, f"{ZH}{quote}。")

    assert found.outcome is SAME
    assert found.was is None
