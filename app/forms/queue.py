"""What the queue's address asks for, and how the same list is written as an address again."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import to_user_timezone

from app.attention import asking
from app.past.reading import moment_shown
from claims.errors import Refused
from claims.queries.flags import Flag
from claims.queries.queue_filters import Contested, Due, Filters, RoleTurn, View
from claims.queries.queue_order import Order, Sorting
from claims.status import VerificationStatus
from claims.vocabulary import Severity, Stage
from sources.base import now

Word = TypeVar("Word", bound=StrEnum)
LONGEST_KEY = 200
CLOSED_LISTS: Mapping[str, type[StrEnum]] = {
    "view": View,
    "status": VerificationStatus,
    "stage": Stage,
    "contested": Contested,
    "flag": Flag,
    "turn": RoleTurn,
    "severity": Severity,
    "due": Due,
}
"""The filters whose values are words of ours."""
KEYS = ("article", "source", "assignee")
"""The filters whose values are keys of rows, or names."""
GROUPS = (*CLOSED_LISTS, *KEYS)


def one_of(asked: Mapping[str, str], name: str, kind: type[Word]) -> Word | None:
    """Return a parameter as a member of a closed list; raise Refused naming it for any other."""
    text = asked.get(name)
    if not text:
        return None
    try:
        return kind(text)
    except ValueError as problem:
        known = ", ".join(member.value for member in kind)
        raise Refused(
            "filter_unknown",
            {
                "zh": f"参数 {name} 的值无效；可用的值：{known}。",
                "en": f"The value of {name} is not known; it is one of: {known}.",
            },
            name,
        ) from problem


def asked_filters(asked: Mapping[str, str]) -> Filters:
    """Read the filters from an address; raise Refused for a word outside its list."""
    person, moment = asking(), moment_shown() or now()
    words: dict[str, Any] = {name: one_of(asked, name, kind) for name, kind in CLOSED_LISTS.items()}
    keys: dict[str, Any] = {name: (asked.get(name) or "")[:LONGEST_KEY] or None for name in KEYS}
    return Filters(
        me=person.actor,
        signs=person.signs,
        settles=person.settles,
        moment=moment,
        today=to_user_timezone(moment).date(),
        **{**words, "view": words["view"] or View.ALL},
        **keys,
    )


def asked_sorting(asked: Mapping[str, str]) -> Sorting:
    """Read the order from an address: a word, with a minus before it for the other way round."""
    text = asked.get("sort", "")
    order = one_of({"sort": text.removeprefix("-")}, "sort", Order)
    return Sorting(order or Order.ENTERED, text.startswith("-"))


def parameters(filters: Filters, sorting: Sorting | None = None) -> dict[str, Any]:
    """The address parameters of a list, without those at their default."""
    values = {name: getattr(filters, name) for name in GROUPS}
    named = {name: str(getattr(value, "value", value)) for name, value in values.items() if value}
    if filters.view is View.ALL:
        named.pop("view")
    if sorting is not None and sorting != Sorting():
        named["sort"] = str(sorting)
    return named
