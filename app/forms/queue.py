"""What the queue's address asks for, the links that narrow it, and the form that takes claims."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for
from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired

from app.filters import label, words_text
from app.forms.base import DeskForm
from claims.errors import Refused
from claims.queries.flags import Flag
from claims.queries.queue import Filters, View
from claims.status import SERIOUSNESS, VerificationStatus
from claims.vocabulary import Stage
from sources.columns import Words

Word = TypeVar("Word", bound=StrEnum)
LONGEST_KEY = 200
VIEWS = {
    View.ALL: _("All claims"),
    View.MINE: _("Mine"),
    View.SIGNATURE: _("Needs my signature"),
    View.UNASSIGNED: _("Unassigned"),
}


@dataclass(frozen=True)
class Facet:
    """One link that narrows a list; following the current one again widens it."""

    text: str
    href: str
    current: bool
    status: VerificationStatus | None = None
    contest: bool = False


class AssignForm(DeskForm):
    """Which claims of the list a person takes, or gives back."""

    claims = SelectMultipleField(
        _("Claims"),
        choices=[],
        coerce=uuid.UUID,
        validate_choice=False,
        validators=[InputRequired(_("Choose at least one claim."))],
    )
    act = StringField(_("What to do"), validators=[AnyOf(["take", "release"])])


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


def asked_filters(asked: Mapping[str, str], me: str) -> Filters:
    """Read the filters from an address; raise Refused for a word outside its list."""
    return Filters(
        me=me,
        view=one_of(asked, "view", View) or View.ALL,
        article=(asked.get("article") or "")[:LONGEST_KEY] or None,
        status=one_of(asked, "status", VerificationStatus),
        stage=one_of(asked, "stage", Stage),
        contested=asked.get("contested") == "1",
        flag=one_of(asked, "flag", Flag),
    )


def parameters(filters: Filters) -> dict[str, Any]:
    """The address parameters of a list, without those at their default."""
    named = {
        "view": filters.view.value if filters.view is not View.ALL else None,
        "article": filters.article,
        "status": filters.status.value if filters.status else None,
        "stage": filters.stage.value if filters.stage else None,
        "contested": "1" if filters.contested else None,
        "flag": filters.flag.value if filters.flag else None,
    }
    return {name: value for name, value in named.items() if value}


def facets(filters: Filters, articles: Iterable[tuple[str, Words]]) -> dict[str, list[Facet]]:
    """The links beside the list, by group."""
    here = parameters(filters)

    def facet(name: str, value: str, text: str, **look: object) -> Facet:
        current = here.get(name, View.ALL.value if name == "view" else None) == value
        changed = {**here, name: value}
        if current or changed.get("view") == View.ALL.value:
            changed.pop(name)
        return Facet(text, url_for("queue.page", **changed), current, **look)  # type: ignore[arg-type]

    return {
        "view": [facet("view", view.value, str(text)) for view, text in VIEWS.items()],
        "status": [facet("status", one.value, label(one), status=one) for one in _statuses()],
        "contested": [
            facet("contested", "1", str(_("Contested")), contest=True),
            *(facet("flag", flag.value, label(flag)) for flag in Flag),
        ],
        "stage": [facet("stage", stage.value, label(stage)) for stage in Stage],
        "article": [facet("article", key, words_text(title)) for key, title in articles],
    }


def _statuses() -> list[VerificationStatus]:
    """Unchecked first, because it is work; then from the gravest to the best."""
    rest = [status for status in SERIOUSNESS if status is not VerificationStatus.UNCHECKED]
    return [VerificationStatus.UNCHECKED, *rest]
