"""The headline of a PDF: the words that are printed largest near the top of its first page.

Pages saved from a browser begin with the site's navigation, so that the first line is no title.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

LARGER = 1.25
"""A headline is at least so many times as large as most of the page's letters."""
SHORTEST, LONGEST = 4, 200
BETWEEN_LINES = re.compile(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])")
"""A line's end inside Chinese, where no space belongs."""


@dataclass(slots=True)
class Sizes:
    """Gathers the words of a page by the size they are printed in; pypdf calls it for each run."""

    letters: Counter[float] = field(default_factory=Counter)
    runs: list[tuple[float, str]] = field(default_factory=list)

    def __call__(self, text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        """Note a run of text; its matrices tell how much its font's size is enlarged."""
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[1]) or 1.0
        printed = round(abs(size) * scale, 1)
        if text.strip():
            self.letters[printed] += len(text.strip())
            self.runs.append((printed, text))
        elif self.runs:
            self.runs.append((self.runs[-1][0], text))

    def headline(self) -> str | None:
        """Return the first words in the largest size that stands out, None where none does."""
        if not self.letters:
            return None
        usual = self.letters.most_common(1)[0][0]
        largest = max(self.letters)
        if largest < usual * LARGER:
            return None
        begin = next(place for place, run in enumerate(self.runs) if run[0] == largest)
        words = []
        for size, text in self.runs[begin:]:
            if size != largest:
                break
            words.append(text)
        said = " ".join(BETWEEN_LINES.sub("", "".join(words)).split())
        return said if SHORTEST <= len(said) <= LONGEST else None
