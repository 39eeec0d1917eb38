"""The speed of the quantity reader, as a ratio to a plain search for digits in the same process."""

import re
import time
from collections.abc import Callable

import pytest

from claims.quantities import read
from tests.quantities.sentences import sentences

_DIGIT = re.compile(r"[0-9]")
_PLAIN = {
    "zh": "这家公司的负责人在会上表示今后将继续扩大合作并且改进产品的质量和服务。" * 30,
    "en": "The head of the company said at the meeting that it would go on working together. " * 30,
}
# News has a figure every so many letters.
_DENSITY = {"zh": 75, "en": 120}
# Measured on an idle machine and doubled: figures in every line cost more than bare letters do.
_MOST = {"zh": 90, "en": 220}


def _best(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_news_is_read_within_a_fixed_multiple_of_a_search_for_digits(lang: str) -> None:
    text = "\n".join(
        sentence.text
        + _PLAIN[lang][: max(0, _DENSITY[lang] * len(sentence.quantities) - len(sentence.text))]
        for sentence in sentences(lang)
    )
    read(text, lang)

    digits = _best(lambda: sum(1 for _ in _DIGIT.finditer(text)))
    reader = _best(lambda: read(text, lang))

    assert reader < _MOST[lang] * digits
