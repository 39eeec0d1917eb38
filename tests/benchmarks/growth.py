"""How reading time grows with the text: `python -m tests.benchmarks.growth`.

The exponent of a power law through the times of four sizes: 1 is linear, 2 is quadratic. CPU time,
the best of several turns, and the sizes take turns so that a busy minute does not fall on one.
"""

import math
import sys
import time
from collections.abc import Callable, Sequence

from claims.quantities import read
from tests.benchmarks.news import news
from tests.benchmarks.page import write

MOST = 1.1
SIZES = (250_000, 500_000, 1_000_000, 2_000_000)
HOSTILE = ("一", "1,", "第", "a ", "$", "9")


def text_of(unit: str, size: int) -> str:
    """`unit` again and again, `size` letters of it."""
    return (unit * (size // len(unit) + 1))[:size]


def article_of(lang: str) -> str:
    """A news text that `text_of` can repeat."""
    return "\n".join(news(lang, 60_000)) + "\n"


def exponent(work: Callable[[str], object], unit: str, sizes: Sequence[int], turns: int) -> float:
    """The exponent of `work` over texts of `unit`."""
    texts = [text_of(unit, size) for size in sizes]
    best = [math.inf] * len(texts)
    for _ in range(turns):
        for place, text in enumerate(texts):
            best[place] = min(best[place], _seconds(work, text))
    return _slope([math.log(size) for size in sizes], [math.log(seconds) for seconds in best])


def main() -> int:
    """Measure every text at full size, print and write the table."""
    lines = ["| text | Chinese | English |", "|---|---:|---:|"]
    for name in ("news", *HOSTILE):
        measured = [
            exponent(
                lambda text, lang=lang: read(text, lang),  # type: ignore[misc]
                article_of(lang) if name == "news" else name,
                SIZES,
                turns=1,
            )
            for lang in ("zh", "en")
        ]
        label = name if name == "news" else f"`{name}` repeated"
        lines.append(f"| {label} | {measured[0]:.2f} | {measured[1]:.2f} |")
        sys.stdout.write(lines[-1] + "\n")
    write("growth", "\n".join(lines))
    return 0


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def _slope(across: Sequence[float], up: Sequence[float]) -> float:
    """The slope of the line of least squares."""
    middle, height = sum(across) / len(across), sum(up) / len(up)
    rise = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return rise / sum((x - middle) ** 2 for x in across)


if __name__ == "__main__":
    sys.exit(main())
