"""News of our own making for the benchmarks: sentences with figures among plain prose."""

import random
from pathlib import Path

from tests.quantities.sentences import Sentence, sentences

_HERE = Path(__file__).parent
_ARTICLE = _HERE.parents[1] / "claims" / "seed" / "ten-years" / "v1.md"
_CLOSED = "。」”"
# Letters for each figure, as in news: the demo article has one in 56, English words are longer.
DENSITY = {"zh": 60, "en": 120}


def judged(lang: str) -> list[Sentence]:
    """The sentences whose figures every contender is asked for."""
    return sentences(lang, _HERE)


def news(lang: str, letters: int) -> list[str]:
    """Paragraphs of about `letters` letters together, the same ones each time."""
    order = random.Random(lang)  # noqa: S311 - The same texts every time, not a secret.
    prose = (_HERE / f"prose.{lang}.txt").read_text(encoding="utf-8").splitlines()
    pool = judged(lang)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < letters:
        paragraphs += [
            _paragraph(sentence, prose, DENSITY[lang], order)
            for sentence in order.sample(pool, len(pool))
        ]
    return _cut(paragraphs, letters)


def demo_article() -> list[str]:
    """The paragraphs of the demo newsroom's article."""
    lines = _ARTICLE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip()]


def _paragraph(sentence: Sentence, prose: list[str], density: int, order: random.Random) -> str:
    ending = "" if sentence.text[-1] in '."' + _CLOSED else "。"
    paragraph = sentence.text + ending
    while len(paragraph) < density * len(sentence.quantities):
        paragraph += ("" if paragraph[-1] in _CLOSED else " ") + order.choice(prose)
    return paragraph


def _cut(paragraphs: list[str], letters: int) -> list[str]:
    kept: list[str] = []
    for paragraph in paragraphs:
        if letters <= 0:
            break
        kept.append(paragraph)
        letters -= len(paragraph)
    return kept
