"""What acts and security events hold beside rows: their values in the words of a person."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from flask_babel import force_locale, gettext
from markupsafe import Markup

from app import filters
from app.accounts.roles import Permission, Role
from app.accounts.vocabulary import FactorKind, LinkPurpose, Proof, Scope
from app.limits.vocabulary import Gate

LISTS: Mapping[str, tuple[type[StrEnum], ...]] = {
    "kind": (FactorKind,),
    "proof": (Proof,),
    "proofs": (Proof,),
    "purpose": (LinkPurpose,),
    "reason": (Permission, Proof, Gate),
    "role": (Role,),
    "scopes": (Scope,),
}
"""The closed lists whose words stand in a field that is no column."""
MOMENTS = frozenset({"first", "last"})
IN_THE_TITLE: Mapping[str, frozenset[str]] = {
    "access": frozenset({"outcome", "count", "first", "last", "reason", "route"}),
    "account": frozenset({"outcome", "name"}),
    "server": frozenset({"outcome", "version", "changed", "settings"}),
}
"""What the line above says already, by what an event is about; its own page shows it all."""


def word_in(tongue: str) -> Callable[[str, Any], str]:
    """What says a value in a language, whichever the page has."""

    def word(field: str, value: Any) -> str:
        with force_locale(tongue):
            return str(word_of(field, value))

    return word


def word_of(field: str, value: Any) -> str | Markup:
    """A value of an event as a person reads it; what is in no closed list stays as it is."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return " · ".join(str(word_of(field, one)) for one in value)
    if field in MOMENTS:
        return filters.moment(dt.datetime.fromisoformat(str(value)))
    for known in LISTS.get(field, ()):
        if value in set(known):
            return filters.label(known(value))
    return str(value)
