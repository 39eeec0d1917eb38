"""Sending a form: checked, taken in once, done whole or not at all, and never losing a word."""

import datetime as dt
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import Field
from wtforms.fields.choices import SelectFieldBase

from app.accounts.current import actor
from app.errors import status_of
from app.forms.base import DeskForm
from app.ledger import history
from app.unit_of_work import session
from claims.errors import DeskError

UNPROCESSABLE, CONFLICT = 422, 409
HIDDEN = frozenset({"HiddenField", "CSRFTokenField", "FileField", "SubmitField"})


def send(form: DeskForm, act: Callable[[], object]) -> int | None:
    """Do what the form asks for; return None when done, else the status code of its refusal.

    What is refused is undone to the last row, so the page that follows shows the data as it is.
    """
    if not form.validate_on_submit():
        return UNPROCESSABLE
    try:
        with session().begin_nested():
            form.take(session(), actor())
            act()
    except DeskError as problem:
        form.reject(problem)
        if problem.code == "replayed":
            # What is still typed may be sent as something new, knowingly.
            form.receipt.data = secrets.token_urlsafe(16)
        return status_of(problem)
    return None


def is_stale(form: DeskForm, present: int) -> bool:
    """Tell whether the row has moved on since the form was opened on it."""
    return form.seen_version is not None and form.seen_version != present


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which the saved row differs from what was typed."""

    name: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people at one row: what differs, who saved, and where to go from here."""

    rows: list[Differing]
    who: str | None
    when: dt.datetime | None
    action: str
    cancel: str


def conflict(
    form: DeskForm, theirs: DeskForm, row: tuple[str, uuid.UUID], action: str, cancel: str
) -> ResponseReturnValue:
    """Show both texts (409); ``theirs`` is the form of the row as it is, ``row`` its table and id.

    Saving again goes through, because the form then carries the version that was just shown.
    """
    form.version.data = theirs.version.data
    table, key = row
    newest = next(iter(history.entries(session(), table=table, pk=str(key), limit=1)), None)
    meeting = Meeting(
        rows=_differences(form, theirs),
        who=newest.actor if newest else None,
        when=dt.datetime.fromisoformat(newest.at) if newest else None,
        action=action,
        cancel=cancel,
    )
    return render_template("forms/conflict.html", form=form, conflict=meeting), CONFLICT


def _differences(mine: DeskForm, theirs: DeskForm) -> list[Differing]:
    return [
        Differing(field.name, _shown(field))
        for field in theirs
        if field.type not in HIDDEN and (field.data or None) != (mine[field.name].data or None)
    ]


def _shown(field: Field) -> str:
    """Return a field's value as text: the words of what is chosen, or what is written."""
    if isinstance(field, SelectFieldBase):
        chosen = [str(option.label.text) for option in field if option.checked]
        return ", ".join(chosen)
    return str(field.data or "")
