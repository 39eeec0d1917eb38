"""English titles in headline style, as the Chicago Manual (17th, 8.159) and MLA (9th, 2.90) ask."""

import re

LOWER = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "for",
        "nor",
        "or",
        "so",
        "yet",
        "as",
        "at",
        "by",
        "down",
        "from",
        "in",
        "into",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "over",
        "per",
        "than",
        "to",
        "up",
        "via",
        "with",
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "amid",
        "among",
        "around",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
        "despite",
        "during",
        "except",
        "inside",
        "like",
        "near",
        "since",
        "through",
        "throughout",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "till",
        "unlike",
        "upon",
        "v",
        "v.",
        "versus",
        "vs",
        "vs.",
        "within",
        "without",
    ]
)
"""Articles, conjunctions and prepositions, which stay small between the first and last word."""
WORD = re.compile(r"\S+")
ADVERBS = frozenset({"down", "off", "out", "over", "up"})
"""Prepositions that are adverbs as often: where the title has them large, they are."""
ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""A name such as ``example.com``, which is written as it is."""
SHOUTED = 0.9
"""The share of capitals from which a title was set in capitals and says nothing by them."""


def title_case(text: str) -> str:
    """Return a title with its words capitalised; what holds capitals inside is left as it is."""
    letters = [sign for sign in text if sign.isalpha()]
    if letters and sum(sign.isupper() for sign in letters) > SHOUTED * len(letters):
        text = text.lower() if " " in text.strip() else text
    words = list(WORD.finditer(text))
    found, at = [], 0
    for place, word in enumerate(words):
        outer = place in {0, len(words) - 1} or words[place - 1][0].endswith(
            (":", ".", "?", "!", "—")
        )
        found += [text[at : word.start()], _word(word[0], outer=outer)]
        at = word.end()
    return "".join([*found, text[at:]])


def _word(word: str, *, outer: bool) -> str:
    bare = word.strip("“”‘’\"'()[]{},;:.!?\ue002\ue003").lower()
    if ADDRESS.fullmatch(word.rstrip(".,:;!?")) or (bare in ADVERBS and not word.islower()):
        return word
    if bare in LOWER and not outer:
        return word.lower()
    parts = re.split(r"([-‐‑/])", word)
    last = len(parts) - 1
    return "".join(
        part if place % 2 else _part(part, small=0 < place < last)
        for place, part in enumerate(parts)
    )


def _part(part: str, *, small: bool) -> str:
    """A word or a part of one with a hyphen; ``small`` is one between two others."""
    if not part.islower() or (small and part in LOWER):
        return part
    start = next((place for place, sign in enumerate(part) if sign.isalnum()), 0)
    return part[:start] + part[start].upper() + part[start + 1 :]
