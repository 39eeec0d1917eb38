"""Whole numbers that a visitor wrote: plain digits, and no more than a database can hold."""

import re

from werkzeug.routing import IntegerConverter

MOST_DIGITS = 9
"""Every column of whole numbers holds so many digits; PostgreSQL's smaller ones have 32 bits."""
WHOLE = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")


def whole(text: str) -> int:
    """Return the number; raise ValueError for a sign, a blank, another script's digits, a giant.

    Python's own ``int`` takes all of these, or builds numbers that no statement can carry.
    """
    if WHOLE.fullmatch(text) is None:
        message = "no whole number in plain digits"
        raise ValueError(message)
    return int(text)


class WholeConverter(IntegerConverter):
    """The ``<int:…>`` of an address: any other number leads nowhere, as a missing row does."""

    regex = WHOLE.pattern
