"""A quoted passage with the words that stand around it in the copy of its source."""

import re
from dataclasses import dataclass

AROUND = 120
"""Characters shown on either side."""
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a source: the passage, and what stands before and behind it.

    ``found`` tells whether the passage was met in the copy; otherwise nothing stands around it.
    """

    before: str
    passage: str
    after: str
    found: bool


def excerpt(passage: str, text: str | None) -> Excerpt:
    """Show a passage in its surroundings; spaces and line ends of the copy may differ from it."""
    wanted = SPACE.sub(" ", passage).strip()
    pattern = r"\s+".join(re.escape(word) for word in wanted.split(" "))
    met = re.search(pattern, text) if text and wanted else None
    if text is None or met is None:
        return Excerpt("", wanted, "", found=False)
    start, stop = max(met.start() - AROUND, 0), met.end() + AROUND
    before, after = text[start : met.start()], text[met.end() : stop]
    return Excerpt(
        ("…" if start else "") + SPACE.sub(" ", before),
        SPACE.sub(" ", met[0]),
        SPACE.sub(" ", after) + ("…" if stop < len(text) else ""),
        found=True,
    )


def around(passage: str, words: str | None) -> tuple[str, str, str]:
    """Part a passage at the first place of some words; without them all of it stands before."""
    before, met, after = passage.partition(words) if words else (passage, "", "")
    return before, met, after
