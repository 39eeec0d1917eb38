"""What a claim stands on in a text: its quote, and the figures elsewhere that it relies on."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote by its place (code points, ``stop`` exclusive).

    ``also`` are the places of numbers outside the quote that the claim's figures rely on, such as
    the year at the head of the sentence.
    """

    start: int
    stop: int
    also: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """The bounds of the quote."""
        return self.start, self.stop
