"""The benchmarks' texts are news in length and density, and the same every time."""

import pytest

from tests.benchmarks.news import DENSITY, judged, news


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_news_have_their_length_and_never_change(lang: str) -> None:
    paragraphs = news(lang, 20_000)

    assert 20_000 <= sum(map(len, paragraphs)) < 22_000
    assert paragraphs == news(lang, 20_000)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_figures_are_as_dense_as_in_news(lang: str) -> None:
    text = "\n".join(news(lang, 100_000))
    figures = sum(len(sentence.quantities) * text.count(sentence.text) for sentence in judged(lang))

    assert DENSITY[lang] <= len(text) / figures < 2 * DENSITY[lang]
