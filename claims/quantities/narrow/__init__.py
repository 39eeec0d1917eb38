"""Narrow questions: the same grammar asked for one kind of quantity alone, as test suites ask it.

A newsroom never asks them; they make the reader comparable with other readers, whose suites list
every number, every currency or every interval of a sentence, one kind at a time.
"""

from typing import Any

from claims.quantities.narrow import intervals, measures, numbers, ordinals

_QUESTIONS = {
    "number": numbers.read,
    "ordinal": ordinals.read,
    "numberrange": intervals.read,
}


def read(text: str, lang: str, hint: str) -> list[dict[str, Any]]:
    """The answers to `hint` in `text`: start, end, text, value, unit and kind of each."""
    name = lang.partition("-")[0].lower()
    question = _QUESTIONS.get(hint)
    rows = measures.read(text, name, hint) if question is None else question(text, name)
    for row in rows:
        row["text"] = text[row["start"] : row["end"]]
    return rows
