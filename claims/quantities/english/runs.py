"""Runs of the same few letters over and over, which state no figure and would only cost time."""

import re

from claims.quantities.quantity import Draft

# Real prose of this length uses more letters than this, so most lines are passed over unseen.
_PIECE = 1024
_FEW_LETTERS = 18
# Sixty-four times the same one to twenty letters.
_RUN = re.compile(r"(.{1,20}?)\1{63,}")


def find(line: str) -> list[tuple[int, int]]:
    """The start and end of each run in `line`, in order."""
    if len(line) < _PIECE or not _is_poor(line):
        return []
    return [match.span() for match in _RUN.finditer(line)]


def _is_poor(line: str) -> bool:
    """Whether some piece of the line is written with very few letters."""
    return any(
        len(set(line[at : at + _PIECE])) <= _FEW_LETTERS for at in range(0, len(line), _PIECE)
    )


def mention(line: str, span: tuple[int, int]) -> Draft | None:
    """A mention without a value of the run at `span`, if there are digits in it."""
    start, end = span
    if not any(letter.isnumeric() for letter in line[start : start + _PIECE]):
        return None
    draft = Draft(start, end, start, end, "number", None, "run")
    draft.reason = "the same letters over and over state no figure"
    return draft
