"""Figures with something inside that shows nothing: they are read as they look, and pointed out."""

import re
from itertools import islice

from claims.quantities.unseen import UNSEEN
from sources.columns import Words

INSIDE = re.compile(rf"[\d.,%](?:{UNSEEN.pattern})+[\d.,%]")
MOST_NAMED = 10
"""Lines that are named; who needs more has the text read by a program that hides nothing."""


def notices(text: str) -> tuple[Words, ...]:
    """Say in which lines of a text such figures stand; nothing where there are none."""
    found = list(islice(INSIDE.finditer(text), MOST_NAMED))
    if not found:
        return ()
    lines = dict.fromkeys(text.count("\n", 0, one.start()) + 1 for one in found)
    named = ", ".join(map(str, lines)) + (" …" if len(found) == MOST_NAMED else "")
    return (
        {
            "zh": f"第 {named} 行的数字里夹有看不见的字符。数字按读者所见读出，原文未改，请核对。",
            "en": f"Characters that show nothing stand inside figures in line {named}. The figures "
            "are read as they look, and the text is unchanged; please check.",
        },
    )
