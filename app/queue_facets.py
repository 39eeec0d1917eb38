"""The links beside the queue: what it can be narrowed to, with counts, and what it is narrowed to.

Following the link of what is chosen already widens the list again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.filters import label, person, words_text
from app.forms.queue import CLOSED_LISTS, GROUPS, parameters
from claims.queries.queue_facets import Facets
from claims.queries.queue_filters import ME, NOBODY, Filters, View
from claims.queries.queue_order import Order, Sorting
from claims.status import SERIOUSNESS, VerificationStatus

if TYPE_CHECKING:
    from enum import StrEnum

HEADINGS: Mapping[str, LazyString] = {
    "view": _("View"),
    "status": _("What the evidence says"),
    "contested": _("Overlay"),
    "flag": _("Flag"),
    "stage": _("Where the work is"),
    "turn": _("Whose turn"),
    "assignee": _("Checker"),
    "due": _("Deadline"),
    "severity": _("Findings"),
    "article": _("Article"),
    "source": _("Source"),
}
"""The groups in their order."""
ALWAYS = frozenset({"view"})
"""Groups whose values stay when they would leave nothing."""


@dataclass(frozen=True)
class Facet:
    """One link that narrows a list; following the current one again widens it."""

    value: str
    text: str
    number: int
    href: str
    current: bool


@dataclass(frozen=True)
class Group:
    """The links of one filter."""

    name: str
    heading: str
    facets: list[Facet]


@dataclass(frozen=True)
class Chip:
    """One filter that is set, and the list without it."""

    heading: str
    text: str
    href: str


@dataclass(frozen=True)
class Header:
    """The link of a column's heading, and how the list is ordered by it now."""

    href: str
    sorted: str | None


def groups(
    filters: Filters, sorting: Sorting, counted: Facets, kept: Mapping[str, str]
) -> list[Group]:
    """The links beside the list, by group; a group that has none is left out.

    ``kept`` is what every link carries on: the chosen claims.
    """
    here = parameters(filters, sorting)
    made = (_group(name, {**here, **kept}, filters, counted) for name in HEADINGS)
    return [group for group in made if group.facets]


def chips(
    filters: Filters, sorting: Sorting, counted: Facets, kept: Mapping[str, str]
) -> list[Chip]:
    """The filters that are set, each with the list without it."""
    here, known = {**parameters(filters, sorting), **kept}, parameters(filters)
    texts = _texts(counted)
    return [
        Chip(
            str(HEADINGS[name]),
            texts.get((name, known[name])) or _text(name, known[name], filters),
            _href({key: value for key, value in here.items() if key != name}),
        )
        for name in HEADINGS
        if name in known
    ]


def headers(filters: Filters, sorting: Sorting, kept: Mapping[str, str]) -> dict[str, Header]:
    """The links of the headings: the order they stand for, or its reverse when it is that."""
    here = {**parameters(filters), **kept}
    made = {}
    for order in Order:
        mine = sorting.order is order
        next_way = Sorting(order, reverse=mine and not sorting.reverse)
        asked = here if next_way == Sorting() else {**here, "sort": str(next_way)}
        way = "descending" if sorting.reverse else "ascending"
        made[order.value] = Header(_href(asked), way if mine else None)
    return made


def plain(counted: Facets) -> dict[str, dict[str, int]]:
    """The counts for a machine."""
    return {
        name: {one.value: one.number for one in counted.groups[name]}
        for name in GROUPS
        if name in counted.groups
    }


def _group(name: str, here: Mapping[str, str], filters: Filters, counted: Facets) -> Group:
    texts = _texts(counted)
    chosen = here.get(name, View.ALL.value if name == "view" else None)

    def facet(value: str) -> Facet:
        current = value == chosen
        changed = {key: kept for key, kept in here.items() if key != name}
        if not current and value != View.ALL.value:
            changed[name] = value
        number = _total(filters, counted) if value == View.ALL else counted.number(name, value)
        text = texts.get((name, value)) or _text(name, value, filters)
        return Facet(value, text, number, _href(changed), current)

    made = (facet(value) for value in _values(name, filters, counted))
    kept = [one for one in made if one.number or one.current or name in ALWAYS]
    return Group(name, str(HEADINGS[name]), kept)


def _values(name: str, filters: Filters, counted: Facets) -> Iterator[str]:
    """The values of a filter in the order in which they are offered."""
    if name == "status":
        yield VerificationStatus.UNCHECKED
        yield from (one for one in SERIOUSNESS if one is not VerificationStatus.UNCHECKED)
    elif name in CLOSED_LISTS:
        yield from (one.value for one in CLOSED_LISTS[name])
    elif name == "assignee":
        yield NOBODY
        held = [one.value for one in counted.groups.get(name, ()) if one.value != NOBODY]
        yield from sorted(held, key=lambda actor: actor != filters.me)
        if filters.assignee == ME:
            yield ME
    else:
        yield from (one.value for one in counted.groups.get(name, ()))


def _total(filters: Filters, counted: Facets) -> int:
    """What the list has without a view: known only where no view is chosen."""
    return counted.everything if filters.view is not View.ALL else counted.total


def _texts(counted: Facets) -> dict[tuple[str, str], str]:
    """The names of articles and sources, which the count brought along."""
    found = {}
    for name in ("article", "source"):
        for one in counted.groups.get(name, ()):
            words = one.words or one.value
            found[name, one.value] = words_text(json.loads(words)) if name == "article" else words
    return found


def _text(name: str, value: str, filters: Filters) -> str:
    if name in CLOSED_LISTS:
        kind: type[StrEnum] = CLOSED_LISTS[name]
        return label(kind(value))
    if name == "assignee":
        named: dict[str, Any] = {NOBODY: _("nobody"), ME: _("You"), filters.me: _("You")}
        return str(named.get(value) or person(value))
    return value


def _href(asked: Mapping[str, Any]) -> str:
    return url_for("queue.page", **asked) if asked else url_for("queue.page", view=View.ALL.value)
