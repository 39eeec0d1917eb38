"""The figures that a passage of a source states, read where they stand and never typed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims import extraction
from claims.anchors import sentence
from claims.extraction.figures import ProposedFigure, bounds_of, change_of, role_of
from claims.extraction.periods import day_of
from claims.figures import EDTF, ChangeKind, Comparator, ObservationStatus, Role
from claims.mentions import LANGUAGES
from claims.quantities import Quantity, read
from claims.typed_figures import TypedFigure
from sources.quotes import Span

AROUND: Final = 400
"""Code points of the surroundings, at most, in whose light a passage is read."""
KEPT_ROLES: Final = frozenset({Role.RANK, Role.COUNT})


@dataclass(frozen=True, slots=True)
class PassageFigure:
    """A figure with the place of its words in the text it was read from (code points)."""

    start: int
    stop: int
    figure: TypedFigure

    @property
    def span(self) -> Span:
        """The place of its words."""
        return self.start, self.stop


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a text is read: its language, and the day from which "last year" is counted."""

    language: str
    published: EDTF | None = None

    @property
    def name(self) -> str:
        """The language as the quantity reader calls it."""
        return LANGUAGES.get(self.language.split("-", maxsplit=1)[0].lower(), "en")

    @property
    def day(self) -> dt.date | None:
        """The day of publication, where it is known to the day."""
        return day_of(self.published)


def figures_in(
    text: str, place: Span, tongue: Tongue, within: Span | None = None
) -> list[PassageFigure]:
    """Return the figures whose numbers stand in a place, in the order of the text.

    They are read in the light of the sentence around, so that a period named there is theirs;
    ``within`` keeps the light to a narrower place, such as the cell of a table.
    """
    begin, end = within or _surroundings(text, *place)
    part = text[begin:end]
    found = read(part, tongue.name, published=tongue.day)
    inside = [one for one in found if _is_inside(one, place[0] - begin, place[1] - begin)]
    known = _in_context(part, tongue, found) if inside else {}
    figures = [(one, figure_of(one, known.get((one.start, one.end)))) for one in inside]
    return [
        _placed(text, place, (begin + one.start, begin + one.end), figure)
        for one, figure in figures
        if figure is not None
    ]


def whole_numbers(text: str, place: Span, tongue: Tongue) -> Span:
    """Take in the rest of a number that a place cuts, with its unit and its "about"."""
    begin, end = _surroundings(text, *place)
    start, stop = place
    for one in read(text[begin:end], tongue.name, published=tongue.day):
        if begin + one.num_start < place[1] and place[0] < begin + one.num_end:
            start, stop = min(start, begin + one.start), max(stop, begin + one.end)
    return start, stop


def _placed(text: str, place: Span, span: Span, figure: TypedFigure) -> PassageFigure:
    """A figure with those of its words that stand in the place, which may leave an "about" out."""
    start, stop = max(span[0], place[0]), min(span[1], place[1])
    return PassageFigure(start, stop, replace(figure, text=text[start:stop]))


def figure_of(quantity: Quantity, known: ProposedFigure | None) -> TypedFigure | None:
    """Return what a number states, as printed; None for a date or a number without a value.

    A number that merely stands there is not said to be a level: a column of growth rates holds
    plain numbers as well.
    """
    bounds = bounds_of(quantity)
    if bounds.low is None and bounds.high is None:
        return None
    role, change = role_of(quantity, bounds), change_of(quantity)
    return TypedFigure(
        text=quantity.text,
        role=role if role in KEPT_ROLES else Role.VALUE,
        comparator=bounds.comparator or Comparator.EXACTLY,
        low=bounds.low,
        high=bounds.high,
        low_inclusive=bounds.low_inclusive,
        high_inclusive=bounds.high_inclusive,
        stated_decimals=bounds.stated_decimals,
        unit=bounds.unit,
        multiplier=quantity.multiplier,
        period=known.dated.period if known else None,
        change_kind=None if change is ChangeKind.LEVEL else change,
        observation_status=known.observation_status if known else ObservationStatus.NORMAL,
    )


def same_number(one: TypedFigure, other: TypedFigure) -> bool:
    """Tell whether two figures state the same, however it is written."""
    return _stated(one) == _stated(other)


def matching(found: Sequence[PassageFigure], typed: TypedFigure) -> list[PassageFigure]:
    """Return those that state what somebody typed."""
    return [one for one in found if same_number(one.figure, typed)]


def _stated(figure: TypedFigure) -> tuple[object, ...]:
    return figure.comparator, figure.low, figure.high, figure.unit, figure.role is Role.RANK


def _surroundings(text: str, start: int, stop: int) -> Span:
    """The sentence around a place, without going far for its ends."""
    low, high = max(0, start - AROUND), min(len(text), stop + AROUND)
    begin, end = sentence(text[low:high], start - low, stop - low)
    return low + begin, low + end


def _is_inside(one: Quantity, start: int, stop: int) -> bool:
    return start <= one.core_start and one.core_end <= stop


def _in_context(part: str, tongue: Tongue, found: Sequence[Quantity]) -> dict[Span, ProposedFigure]:
    """What the clauses say about the numbers in them: their period, and how firm they are."""
    proposals = extraction.propose(part, tongue.language, found, tongue.published)
    figures = (figure for proposal in proposals for figure in proposal.figures)
    return {(figure.quantity.start, figure.quantity.end): figure for figure in figures}
