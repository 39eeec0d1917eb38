"""Telling that two texts are the same story: shingles, and the few numbers an index needs."""

import re
import unicodedata
import zlib
from typing import Final

TOKEN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+")
LENGTH: Final = 4
"""Words (or Chinese characters) in a shingle: fewer are shared by all writing about one thing."""
LONGEST: Final = 60_000
"""Characters that are looked at; a story longer than that shows what it is long before."""
FEWEST: Final = 30
"""Shingles under which a text is too short to be told from another."""
BANDS: Final = 32
ROWS: Final = 2
BINS: Final = BANDS * ROWS
MASK: Final = 0x7FFFFFFF


def shingles(text: str | None) -> frozenset[int]:
    """Return the digests of every run of four words; case, width and punctuation do not count."""
    folded = unicodedata.normalize("NFKC", (text or "")[:LONGEST]).casefold()
    words = TOKEN.findall(folded)
    runs = (" ".join(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def bands(found: frozenset[int]) -> list[int]:
    """Return the numbers under which a text is found by its likes; none for one too short.

    One-permutation minhash (Li, Owen, Zhang 2012) with empty bins filled from the next one
    (Shrivastava, Li 2014), in bands of two: texts half of whose shingles are shared meet in at
    least one band with a probability of 0.9999, texts that share a hundredth with 0.003.
    """
    if len(found) < FEWEST:
        return []
    least: list[int | None] = [None] * BINS
    for digest in found:
        # A checksum's low bits follow the text's last letters; multiplying mixes them.
        value = digest * 0x9E3779B1 & 0xFFFFFFFF
        place, rest = value >> 26, value & 0x3FFFFFF
        known = least[place]
        if known is None or rest < known:
            least[place] = rest
    filled = _filled(least)
    return [
        zlib.crc32(repr((band, filled[band * ROWS : (band + 1) * ROWS])).encode()) & MASK
        for band in range(BANDS)
    ]


def _filled(least: list[int | None]) -> list[int]:
    """Give each empty bin the value of the next one that is not, and how far that was."""
    filled: list[int] = []
    for place in range(BINS):
        steps = next(step for step in range(BINS) if least[(place + step) % BINS] is not None)
        filled.append((least[(place + steps) % BINS] or 0) + steps * 0x4000000)
    return filled


def likeness(one: frozenset[int], other: frozenset[int]) -> int:
    """Return how much of the shorter text stands in the longer one, in per cent."""
    least = min(len(one), len(other))
    return 100 * len(one & other) // least if least else 0
