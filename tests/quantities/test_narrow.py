"""Narrow questions: all numbers, all ranks, all intervals of a sentence, as suites ask them."""

import pytest

from claims.quantities import narrow


def _answers(text: str, lang: str, hint: str) -> list[tuple[str, str | None]]:
    return [(row["text"], row["value"]) for row in narrow.read(text, lang, hint)]


@pytest.mark.parametrize(
    ("text", "lang", "answers"),
    [
        ("大于七十的同时小于等于八十", "zh", [("大于七十的同时小于等于八十", "(70,80]")]),
        ("至少有12家", "zh", [("至少有12", "[12,)")]),
        ("介于3和9之间", "zh", [("介于3和9之间", "[3,9)")]),
        ("六百二十多万", "zh", [("六百二十多万", "(6200000,)")]),
        ("20より大きく35以下です", "ja", [("20より大きく35以下", "(20,35]")]),
        ("10から15個", "ja", [("10から15", "[10,15)")]),
        ("少なくとも12社", "ja", [("少なくとも12", "[12,)")]),
        ("8以上9未満の間", "ja", [("8以上9未満の間", "[8,9)")]),
        ("7보다 크고 9보다 작다", "ko", [("7보다 크고 9보다 작다", "(7,9)")]),
        ("4와 6 사이", "ko", [("4와 6 사이", "[4,6)")]),
        ("12점 이상", "ko", [("12점 이상", "[12,)")]),
        ("more than 7 and at most 9", "en", [("more than 7 and at most 9", "(7,9]")]),
        ("less than or equal to 12", "en", [("less than or equal to 12", "(,12]")]),
        ("between 4 and 6", "en", [("between 4 and 6", "[4,6)")]),
        ("more than 9 and less than 3", "en", [("more than 9", "(9,)"), ("less than 3", "(,3)")]),
    ],
)
def test_intervals_are_written_as_mathematics_writes_them(
    text: str, lang: str, answers: list[tuple[str, str]]
) -> None:
    assert _answers(text, lang, "numberrange") == answers


def test_every_number_is_listed_with_or_without_a_unit() -> None:
    assert _answers("七双袜子和两千零三公里", "zh", "number") == [("七", "7"), ("两千零三", "2003")]
    assert _answers("ペンが二ダースと三分の一", "ja", "number") == [
        ("二ダース", "24"),
        ("三分の一", "0.3333333333333333333333333333"),
    ]
    assert _answers("にひゃく さんじゅう", "ja", "number") == [
        ("にひゃく", "200"),
        ("さんじゅう", "30"),
    ]
    assert _answers("사분의 삼과 스물두 명", "ko", "number") == [
        ("사분의 삼", "0.75"),
        ("스물두", "22"),
    ]
    assert _answers("forty-two and a third", "en", "number")[0][0] == "forty-two and a third"


def test_relative_ranks_are_answered_only_when_asked() -> None:
    assert _answers("the next page and the penultimate one", "en", "ordinal") == [
        ("next", "current+1"),
        ("penultimate", "end-1"),
    ]
    assert _answers("最後から二つ前と次の人", "ja", "ordinal") == [
        ("最後から二つ前", "end-2"),
        ("次", "current+1"),
    ]
    assert _answers("끝에서 세번째", "ko", "ordinal") == [("끝에서 세번째", "end-2")]


@pytest.mark.parametrize(
    ("text", "hint", "answers"),
    [
        ("thirty-three hundred", "number", [("thirty-three hundred", "3300")]),
        ("a couple of", "number", [("a couple of", "2")]),
        ("two and a half million", "number", [("two and a half million", "2500000")]),
        ("1 million 200 thousand", "number", [("1 million 200 thousand", "1200000")]),
        ("hundreds of millions", "number", [("hundreds of millions", "100000000")]),
        ("a dozen and a half", "number", [("a dozen and a half", "18")]),
        ("one million two hundredth", "ordinal", [("one million two hundredth", "1000200")]),
        ("1.5 grand", "currency", [("1.5 grand", "1500")]),
        ("2 dollars and 30 cents", "currency", [("2 dollars and 30 cents", "2.3")]),
        ("RM12", "currency", [("RM12", "12")]),
        ("a quarter of a mile", "dimension", [("a quarter of a mile", "0.25")]),
        ("six-foot-nine", "dimension", [("six-foot-nine", "6.75")]),
        ("a pound of flour", "dimension", [("a pound", "1")]),
        ("seven pounds four ounces", "dimension", [("seven pounds four ounces", "7.25")]),
        ("the age of 12 months", "age", [("12 months", "12")]),
        ("45 degrees below zero", "temperature", [("45 degrees below zero", "-45")]),
        (
            "between the third and the ninth",
            "numberrange",
            [("between the third and the ninth", "[3,9)")],
        ),
        ("in excess of 200", "numberrange", [("in excess of 200", "(200,)")]),
        ("10% - 20%", "percentage", [("10%", "10"), ("20%", "20")]),
    ],
)
def test_what_people_say_is_answered(text: str, hint: str, answers: list[tuple[str, str]]) -> None:
    assert _answers(text, "en", hint) == answers
