"""The form below the queue: what to do with the chosen claims, and what the act needs to know."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_babel import get_timezone
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app import selection
from app.forms.base import DeskForm, Readable
from app.forms.choices import choices_of
from app.forms.snoozes import DATE, EVENT, SPANS, in_zone, morning_in
from app.forms.texts import as_words
from claims.bulk import BulkAct, Wish
from claims.contests import Dispute
from claims.errors import Refused
from claims.vocabulary import ContestReason, Side

LONGEST = 10_000
CLOCK = "%Y-%m-%d %H:%M"
DAY = "%Y-%m-%d"
ASIDE = {value: text for value, text in SPANS.items() if value != DATE}


class BulkForm(DeskForm):
    """The chosen claims, the act, and the fields of each act; only those of the act are read."""

    act = HiddenField()
    partly = HiddenField()
    to = SelectField(_("To whom"), [Optional()], choices=[], validate_choice=False)
    aside = SelectField(
        _("For how long?"),
        [Optional()],
        choices=lambda: [SelectChoice(value, str(text)) for value, text in ASIDE.items()],
        validate_choice=False,
    )
    due = StringField(
        _("Due"),
        [Optional(), Length(max=16)],
        description=_("As 2026-12-24 or 2026-12-24 18:00. Empty: no deadline of its own."),
        render_kw={"autocomplete": "off", "placeholder": "YYYY-MM-DD HH:MM"},
    )
    reason = TextAreaField(_("Reason"), [Optional(), Length(max=LONGEST), Readable()])
    why = SelectField(
        _("Why"), [Optional()], choices=lambda: choices_of(ContestReason), validate_choice=False
    )
    side = SelectField(
        _("Who disputes"), [Optional()], choices=lambda: choices_of(Side), validate_choice=False
    )
    statement = TextAreaField(
        _("What the side says"), [Optional(), Length(max=LONGEST), Readable()]
    )
    blocking = BooleanField(_("It blocks the sign-off until it is settled"))

    def offer(self, people: Mapping[str, str]) -> "BulkForm":
        """Fill the list of people claims can be given to: the actor and the name of each."""
        self.to.choices = [SelectChoice(actor, name) for actor, name in people.items()]
        return self

    @property
    def chosen(self) -> dict[uuid.UUID, int]:
        """The chosen claims with the versions that were seen; raise Refused for none."""
        found = selection.read(request.form.getlist("claims"))
        if not found:
            raise Refused(
                "nothing_chosen",
                {
                    "zh": "请先在列表里勾选论断。",
                    "en": "Tick claims in the list first.",
                },
                "claims",
            )
        return found

    @property
    def wanted(self) -> BulkAct:
        """The act; raise Refused for a word that is none."""
        try:
            return BulkAct(self.act.data or "")
        except ValueError as problem:
            raise Refused(
                "act_unknown", {"zh": "没有这个操作。", "en": "There is no such act."}, "act"
            ) from problem

    def wish(self, by: str, *, over_others: bool) -> Wish:
        """Return what is wanted as the domain takes it; raise Refused naming what is missing."""
        act = self.wanted
        read = DETAILS.get(act)
        details = read(self) if read is not None else {}
        return Wish(act=act, by=by, over_others=over_others, **details)


def _to(form: BulkForm) -> dict[str, Any]:
    known = {choice.value for choice in form.to.choices or ()}
    if form.to.data not in known:
        raise Refused("nobody", {"zh": "请选择交给谁。", "en": "Say to whom."}, "to")
    return {"to": form.to.data}


def _aside(form: BulkForm) -> dict[str, Any]:
    if form.aside.data not in ASIDE:
        raise Refused("how_long", {"zh": "请选择多久。", "en": "Say for how long."}, "aside")
    if form.aside.data == EVENT:
        return {"moment": None}
    return {"moment": morning_in(int(form.aside.data))}


def moment_typed(typed: str | None, field: str) -> dt.datetime | None:
    """Read a deadline in the desk's zone, a day meaning its end; raise Refused for another text."""
    text = (typed or "").strip().replace("T", " ")
    if not text:
        return None
    for shape in (CLOCK, DAY):
        try:
            clock = dt.datetime.strptime(text, shape)  # noqa: DTZ007 - the desk's zone comes below.
        except ValueError:
            continue
        if shape == DAY:
            clock = clock.replace(hour=23, minute=59)
        try:
            return in_zone(clock, get_timezone() or dt.UTC).astimezone(dt.UTC)
        except OverflowError:
            break
    raise Refused(
        "deadline",
        {
            "zh": "请写成 2026-12-24 或 2026-12-24 18:00。",
            "en": "Write it as 2026-12-24 or 2026-12-24 18:00.",
        },
        field,
    )


def _due(form: BulkForm) -> dict[str, Any]:
    return {"moment": moment_typed(form.due.data, "due")}


def _reason(form: BulkForm) -> dict[str, Any]:
    text = (form.reason.data or "").strip()
    if not text:
        raise Refused("reason_missing", {"zh": "请写明理由。", "en": "Give a reason."}, "reason")
    return {"reason": text}


def _dispute(form: BulkForm) -> dict[str, Any]:
    for field, kind in ((form.why, ContestReason), (form.side, Side)):
        if field.data not in set(kind):
            raise Refused(
                "dispute", {"zh": "请从列表中选择。", "en": "Choose one of the list."}, field.name
            )
    statement = as_words(form.statement.data)
    if statement is None:
        raise Refused(
            "statement_missing",
            {"zh": "请写明争的是什么。", "en": "Say what is disputed."},
            "statement",
        )
    return {
        "dispute": Dispute(
            reason=ContestReason(form.why.data),
            side=Side(form.side.data),
            statement=statement,
            blocking=bool(form.blocking.data),
        )
    }


DETAILS: Mapping[BulkAct, Callable[[BulkForm], dict[str, Any]]] = {
    BulkAct.ASSIGN: _to,
    BulkAct.SNOOZE: _aside,
    BulkAct.DUE: _due,
    BulkAct.DROP: _reason,
    BulkAct.CONTEST: _dispute,
}
"""What each act needs beside the claims."""
FIELDS: Mapping[BulkAct, tuple[str, ...]] = {
    BulkAct.ASSIGN: ("to",),
    BulkAct.SNOOZE: ("aside",),
    BulkAct.DUE: ("due",),
    BulkAct.DROP: ("reason",),
    BulkAct.CONTEST: ("why", "side", "statement", "blocking"),
}
"""The fields in which that is typed."""
