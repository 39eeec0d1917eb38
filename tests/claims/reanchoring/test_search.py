"""Single cases of re-anchoring, each with the reason why it is one."""

import pytest

from claims.reanchoring import Passage, Reanchoring
from claims.vocabulary import AnchorState

WAS = "开头一段。\n\n2024年，公司份额为18.3%，位居第三。\n\n结尾一段。"


def passage(text: str, words: str, *also: str) -> Passage:
    start = text.index(words)
    places = tuple((text.index(word), text.index(word) + len(word)) for word in also)
    return Passage(start, start + len(words), places)


def state(old: str, new: str, words: str, *also: str, language: str = "zh") -> AnchorState:
    return Reanchoring(old, new, language).find(passage(old, words, *also)).state


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("份额为18.3%", "份额为18.3%", AnchorState.EXACT),
        ("18.3%", "18.8%", AnchorState.FIGURE_CHANGED),
        ("份额为18.3%", "份额为 １８.３％", AnchorState.REWORDED),
        ("份额为18.3%", "份额超过18.3%", AnchorState.FIGURE_CHANGED),
        ("18.3%", "18.3个百分点", AnchorState.FIGURE_CHANGED),
        ("位居第三", "排名第三", AnchorState.REWORDED),
        ("位居第三", "增长第三", AnchorState.FIGURE_CHANGED),
        ("位居第三", "位居第二", AnchorState.FIGURE_CHANGED),
        ("公司份额", "这家公司的份额", AnchorState.REWORDED),
        ("2024年，公司份额为18.3%，位居第三。", "", AnchorState.ORPHANED),
        (
            "2024年，公司份额为18.3%，位居第三。",
            "天气很好，大家都去公园散步了。",
            AnchorState.ORPHANED,
        ),
    ],
)
def test_the_sentence_is_judged_by_its_figures(old: str, new: str, expected: AnchorState) -> None:
    sentence = "2024年，公司份额为18.3%，位居第三。"

    assert state(WAS, WAS.replace(old, new), sentence) is expected


def test_a_year_outside_the_quote_counts_when_the_claim_relies_on_it() -> None:
    new = WAS.replace("2024年", "2023年")

    assert state(WAS, new, "公司份额为18.3%") is AnchorState.EXACT
    assert state(WAS, new, "公司份额为18.3%", "2024年") is AnchorState.FIGURE_CHANGED


def test_a_comparator_before_the_quote_counts_as_part_of_its_figure() -> None:
    assert state("利润超过3亿元。", "利润不足3亿元。", "3亿元") is AnchorState.FIGURE_CHANGED


def test_a_rise_that_became_a_fall_is_no_rewording() -> None:
    old = "公司全年净利润同比增长5%，好于预期。"

    assert state(old, old.replace("增长", "下降"), old) is AnchorState.FIGURE_CHANGED
    assert state(old, old.replace("增长", "上升"), old) is AnchorState.REWORDED


def test_thirty_percent_may_be_written_as_three_tenths() -> None:
    old, new = "约30%的受访者表示支持这项计划。", "约三成的受访者表示支持这项计划。"

    assert state(old, new, old) is AnchorState.REWORDED


def test_the_digit_of_a_model_name_counts_though_it_is_no_figure() -> None:
    old, new = "该机型比iPhone 15轻一些，也更便宜。", "该机型比iPhone 16轻一些，也更便宜。"

    assert state(old, new, old) is AnchorState.FIGURE_CHANGED


def test_the_same_words_elsewhere_are_another_passage() -> None:
    old = "甲公司增长了3%。\n\n乙公司也一样：增长了3%。"
    new = "乙公司也一样：增长了3%。"

    assert state(old, new, "增长了3%") is AnchorState.ORPHANED


def test_two_equal_places_are_asked_about_and_never_guessed() -> None:
    old = "导语。\n\n全年增长3%，好于预期。\n\n尾声。"
    new = "全年增长3%，好于预期。\n\n别的话。\n\n全年增长3%，好于预期。\n\n结束语。"
    carried = Reanchoring(old, new, "zh").find(passage(old, "增长3%"))

    assert carried.state is AnchorState.ORPHANED
    assert carried.span is None
    assert [new[slice(*place)] for place in carried.candidates] == ["增长3%", "增长3%"]


def test_a_sentence_moved_and_altered_is_found_and_reported() -> None:
    old = "One.\n\nThe fund lost $1.2bn in three months, its worst result.\n\nTwo.\n\nThree."
    new = "One.\n\nTwo.\n\nThree.\n\nThe fund lost $1.5bn in three months, its worst result."
    quote = "The fund lost $1.2bn in three months, its worst result."

    assert state(old, new, quote, language="en") is AnchorState.FIGURE_CHANGED


def test_an_emptied_text_orphans_everything() -> None:
    assert state(WAS, "。", "位居第三") is AnchorState.ORPHANED
