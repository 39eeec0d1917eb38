"""A contender is judged by value and place, generously and alike for all."""

from tests.benchmarks.contenders.protocol import Found
from tests.benchmarks.correctness import score
from tests.quantities.sentences import Sentence, as_sentence

_LOSS: Sentence = as_sentence("亏损3.2亿元，占四成 | 3.2亿元 = 320000000 CNY ; 四成 = 40 %")
_SCORE: Sentence = as_sentence("They won 3-1 in 2019. | 3-1 = ? ; 2019 = @2019")


def test_the_value_must_stand_at_its_place() -> None:
    judged = score([_LOSS], [[Found(2, 7, "320000000"), Found(0, 2, "40")]])

    assert (judged.figures, judged.right, judged.false_alarms) == (2, 1, 1)


def test_a_number_without_its_scale_is_wrong() -> None:
    assert score([_LOSS], [[Found(2, 5, "3.2")]]).right == 0


def test_a_share_may_be_given_as_a_fraction() -> None:
    assert score([_LOSS], [[Found(9, 11, "0.4")]]).right == 1


def test_a_range_may_be_given_as_one_answer_or_two() -> None:
    sentence = as_sentence("新增5-10家门店 | 5-10家 = 5..10 家 range")

    assert score([sentence], [[Found(2, 7, "5", "10")]]).right == 1
    assert score([sentence], [[Found(2, 3, "5"), Found(4, 6, "10")]]).right == 1
    assert score([sentence], [[Found(2, 3, "5")]]).right == 0


def test_dates_and_scores_are_no_miss_and_no_false_alarm() -> None:
    judged = score([_SCORE], [[Found(9, 10, "3"), Found(16, 20, "2019")]])

    assert (judged.figures, judged.false_alarms) == (0, 0)


def test_several_answers_for_one_place_are_one_false_alarm() -> None:
    nothing = as_sentence("万科与三一重工")

    assert (
        score([nothing], [[Found(3, 4, "3"), Found(3, 5, "31"), Found(4, 5, "1")]]).false_alarms
        == 1
    )
