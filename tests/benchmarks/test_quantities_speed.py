"""The speed of the quantity reader, as a ratio to a plain search for digits in the same process."""

import math
import re
import time
from collections.abc import Callable

import pytest

from claims.quantities import read
from tests.benchmarks.news import news

_DIGIT = re.compile(r"[0-9]")
_TURNS = 9
# Three times what was measured: enough for a busy machine, too little for a careless rule.
_MOST = {"zh": 195, "en": 147}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_news_is_read_within_a_fixed_multiple_of_a_search_for_digits(lang: str) -> None:
    text = "\n".join(news(lang, 60_000))

    digits, reader = _best_of_turns(
        lambda: sum(1 for _ in _DIGIT.finditer(text)), lambda: read(text, lang)
    )

    assert reader < _MOST[lang] * digits


def _best_of_turns(*works: Callable[[], object]) -> list[float]:
    """The least CPU time of each; they take turns, so that a busy moment harms both."""
    best = [math.inf] * len(works)
    for _ in range(_TURNS):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            best[place] = min(best[place], time.process_time() - start)
    return best
