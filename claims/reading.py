"""How a reader understands a printed figure: the interval it stands for, in words."""

from claims.figures import Quantity
from claims.intervals import interval
from claims.policy import current_policy
from claims.wording import interval_words
from sources.columns import Words


def reading_words(figure: Quantity) -> Words:
    """Return the interval of a figure in words; empty where it states no number."""
    span = interval(figure, current_policy())
    return interval_words(span, figure.unit) if span is not None else {}
