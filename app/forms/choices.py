"""Choices out of closed lists, in the language of the page, and a list of boxes to tick."""

import uuid
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.filters import label

Member = TypeVar("Member", bound=StrEnum)


class CheckboxListField(SelectMultipleField):
    """Several of a list, one box each, so that nobody needs to hold a key while choosing."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]
    option_widget = CheckboxInput()  # type: ignore[assignment]


def choices_of(members: Iterable[StrEnum], blank: str | None = None) -> list[SelectChoice]:
    """Return the members with their words; ``blank`` is the word for choosing none of them."""
    first = [] if blank is None else [SelectChoice("", blank)]
    return [*first, *(SelectChoice(member.value, label(member)) for member in members)]


def row_key(value: str | uuid.UUID) -> uuid.UUID:
    """Coerce a row's identifier; raise ValueError for a text that is none."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def member_or_none(kind: type[Member]) -> Callable[[str | None], Member | None]:
    """Return a coercion to a member of a closed list; nothing chosen is None."""

    def read(text: str | None) -> Member | None:
        return kind(text) if text else None

    return read
