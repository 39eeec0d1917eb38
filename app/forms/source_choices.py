"""Choosing a source of the register: what was looked for, what is offered, and what was meant."""

from typing import Final

from flask import request
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Row
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import Length, Optional

from app.forms.base import Readable
from app.forms.placed import act_asked
from claims.errors import Missing, Refused
from claims.queries.choices import LONGEST, SHOWN, Offered, sources_to_choose
from sources.models import Source
from sources.registry import find

SEEK: Final = "sources"
"""What the button beside the words asks for."""
BY_ENTER: Final = frozenset({"", "look"})
"""What Enter in a field asks for, without and beside a copy; every other act has a button."""
ELSEWHERE: Final = frozenset({"new", "person"})
"""Where a passage comes from that wants no source of the register: then the words are hidden."""
WORDS, BEFORE = "source_words", "source_words_before"
ORIGIN = "derived_from"
NAMED, SHORT = 5, 80
"""How many sources the refusal of an unclear origin names, and how much of each name."""


def words_sought() -> str:
    """The words by which a source is looked for in the form that was sent."""
    return request.form.get(WORDS, "").strip()[:LONGEST]


def seeks() -> bool:
    """Whether a form was sent to look for sources.

    Enter in the field of the words sends the form as a whole, and means to find them. Any other
    button does what is written on it, whatever stands in that field.
    """
    act, _about = act_asked()
    if act not in BY_ENTER or request.form.get("origin") in ELSEWHERE:
        return act == SEEK
    return words_sought() != request.form.get(BEFORE, "").strip()


def source_line(row: Row[str, str | None, str | None]) -> str:
    """One line by which a person knows a source in a list."""
    key, name, issued = row
    return " · ".join(part for part in (name or key, issued) if part)


def told_of(offered: Offered) -> str:
    """What stands under a list: how many were found, or that there are others."""
    if not offered.words:
        return gettext("The nearest are listed. Words find the others.") if offered.more else ""
    if offered.more:
        return gettext("The newest %(num)s of those found. Add a word.", num=SHOWN)
    if not offered.found:
        return gettext("No source on the register has these words.")
    return ngettext("%(num)s source found.", "%(num)s sources found.", offered.found)


def origin_field() -> StringField:
    """The field that says which source another one repeats; a list is offered as one types."""
    return StringField(
        _("Repeats this source"),
        [Optional(), Length(max=LONGEST), Readable()],
        description=_(
            "Begin to type a title or a publisher and choose from the list. "
            "Whatever repeats one origin counts once."
        ),
        render_kw={"autocomplete": "off", "spellcheck": "false", "list": "origins"},
    )


def origin_typed(session: Session, typed: str | None) -> Source | None:
    """Return the source whose key stands in the field of an origin; None for nothing.

    Raise Refused at that field for anything else, naming the sources that may be meant.
    """
    key = (typed or "").strip()
    try:
        return find(session, key) if key else None
    except Missing as problem:
        meant = sources_to_choose(session, words=key).rows[:NAMED]
        listed = "; ".join(f"{row.key} ({shortened(source_line(row))})" for row in meant)
        told = {
            "zh": f"登记册里没有这个来源键。可能是：{listed}。请填写其中一个键。",
            "en": f"That is no key of a source. Perhaps you mean: {listed}. Write its key.",
        }
        # The page is there; it is what was typed that leads nowhere.
        raise Refused(problem.code, told if meant else problem.message, ORIGIN) from problem


def shortened(line: str) -> str:
    """As much of a line as tells which source it is."""
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"
