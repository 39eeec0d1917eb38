"""The page of two people at one row (409): what it was, theirs, yours, and what is kept."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import NoResultFound
from wtforms import BooleanField, Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectFieldBase

from app.accounts.current import actor
from app.forms.base import DeskForm
from app.forms.merging import Kept, Merge, Outcome, Values, merge_of, merged, outcome, plain
from app.ledger.history import Entry
from app.ledger.since import since
from app.once.course import was_reused
from app.past.reading import before
from app.past.scope import Scope
from app.unit_of_work import session
from claims.errors import Missing

CONFLICT, UNPROCESSABLE = 409, 422
SHOWN = 5
"""Saves of others that are named above the table."""
OWN = frozenset({"version", "receipt", "csrf_token", "draft", "typist"})
"""What a form knows about itself; everything else is what a person typed."""
PROPOSED = {Outcome.THEIRS: Kept.THEIRS, Outcome.MINE: Kept.MINE}
UPLOADS = frozenset({"FileField", "MultipleFileField"})


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs: each side as text, what came of it, and what is chosen so far.

    ``was`` is None where nobody can say any more what it was. ``who`` changed it meanwhile.
    ``theirs`` holds the values as the form would send them. ``gone`` is a field that the form has
    no more: what was typed into it is shown and cannot be kept.
    """

    name: str
    label: str
    was: str | None
    now: str
    typed: str
    outcome: Outcome
    theirs: Values = ()
    kept: Kept | None = None
    long: bool = False
    who: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people at one row: who saved since, what differs, and where to go from here.

    ``saved`` says who and when, newest first; ``own`` that it was nobody but the person asking, in
    another tab or with an answer that never came. ``typed`` is everything that was typed, to be
    sent again; ``unanswered`` says that a merge was sent with a question left open.
    """

    rows: list[Row]
    typed: list[tuple[str, str]]
    saved: list[tuple[str | None, dt.datetime]]
    own: bool
    onto: str
    uploads: list[Field]
    unanswered: bool
    action: str
    cancel: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form edits: its row, the rows its page needs, and how to fill the form from them.

    ``filled`` reads through the session of the request, which is that of the past for a moment.
    """

    table: str
    key: uuid.UUID
    scope: Scope
    filled: Callable[[], DeskForm]


def conflict(form: DeskForm, edited: Edited, action: str, cancel: str) -> ResponseReturnValue:
    """Show the three states of each field that differs, and ask where two people changed it.

    The form stays opened on the older version until every question is answered; then it is saved
    onto the version that is shown here, and a further save of somebody else is shown again.
    """
    session().expire_all()
    theirs = edited.filled()
    saved = since(session(), edited.table, str(edited.key), form.seen_version)
    base = _as_opened(edited, saved)
    sent = merge_of(request.form)
    meeting = Meeting(
        rows=rows_of(form, base, theirs, sent, saved),
        typed=_typed(form),
        saved=[(entry.actor, dt.datetime.fromisoformat(entry.at)) for entry in saved[:SHOWN]],
        own={entry.actor for entry in saved} == {actor()},
        onto=theirs.version.data or "",
        uploads=[field for field in form if field.type in UPLOADS],
        unanswered=sent is not None and bool(sent.open),
        action=action,
        cancel=cancel,
    )
    # A key that was used for other words is refused as such, and what was saved with it is shown.
    status = UNPROCESSABLE if was_reused() else CONFLICT
    return render_template("forms/conflict.html", form=form, conflict=meeting), status


def _as_opened(edited: Edited, saved: Sequence[Entry]) -> DeskForm | None:
    """The form as the person opened it, filled from the state the ledger remembers.

    None where the row was not there at that version: then it was never opened so.
    """
    if not saved:
        return None
    live = session()
    with before(edited.scope, saved) as then:
        g.session = then
        try:
            return edited.filled()
        except (Missing, NoResultFound):
            return None
        finally:
            g.session = live


def rows_of(
    form: DeskForm,
    base: DeskForm | None,
    theirs: DeskForm,
    sent: Merge | None,
    saved: Sequence[Entry],
) -> list[Row]:
    """Every field in which the saved row, the form and what was typed are not all the same."""
    typed = merged(request.form)
    found = []
    for field in form:
        if field.name in OWN or field.type in UPLOADS | {"HiddenField"}:
            continue
        sides = Sides(
            then=_counterpart(base, field), now=_counterpart(theirs, field) or field, mine=field
        )
        row = _row(sides, tuple(typed.getlist(field.name)), _who(field.name, saved))
        if row is None:
            continue
        if sent is not None and sent.open and field.name in sent.kept:
            row = replace(row, kept=sent.kept[field.name])
        found.append(row)
    # What is asked comes first; a merged field needs no more than a look.
    return sorted(found, key=lambda row: row.outcome is not Outcome.ASKED) + _gone(form, base)


@dataclass(frozen=True, slots=True)
class Sides:
    """One field in the form as it was opened, as it would be filled now, and as it was sent."""

    then: Field | None
    now: Field
    mine: Field

    @property
    def all(self) -> list[Field]:
        """Those there are."""
        return [field for field in (self.mine, self.now, self.then) if field is not None]


def _counterpart(form: DeskForm | None, field: Field) -> Field | None:
    return form[field.name] if form is not None and field.name in form else None


def _row(sides: Sides, mine: Values, who: str | None) -> Row | None:
    """What came of one field; None where both sides say the same."""
    was = values_of(sides.then) if sides.then is not None else None
    held = values_of(sides.now)
    if isinstance(sides.mine, RadioField) and not mine:
        # A group in which nothing is chosen was not touched: no browser can take a choice back.
        mine = was if was is not None else held
    result = outcome(was, held, mine)
    if result is Outcome.SAME:
        return None
    long = isinstance(sides.mine, TextAreaField) and bool(plain(held)) and bool(plain(mine))
    return Row(
        name=sides.mine.name,
        label=_label(sides.mine),
        was=None if was is None else shown(was, sides.all),
        now=shown(held, sides.all),
        typed=shown(mine, sides.all),
        outcome=result,
        theirs=() if _left_alone(sides.now) else held,
        kept=PROPOSED.get(result),
        long=long,
        who=who,
    )


def _left_alone(field: Field) -> bool:
    """Whether sending nothing leaves the field as it is: a choice that nobody must make."""
    return isinstance(field, RadioField) and not field.flags.required


def _gone(form: DeskForm, base: DeskForm | None) -> list[Row]:
    """Fields that were there when the form was opened and are not any more, with what was typed."""
    fields = [field for field in base or () if field.name not in form]
    return [
        Row(
            name=field.name,
            label=_label(field),
            was=shown(values_of(field), [field]),
            now="",
            typed=shown(tuple(request.form.getlist(field.name)), [field]),
            outcome=Outcome.THEIRS,
            gone=True,
        )
        for field in fields
        if plain(request.form.getlist(field.name))
    ]


def values_of(field: Field) -> Values:
    """What a field would send if it were sent as it is."""
    if isinstance(field, BooleanField):
        return ("y",) if field.data else ()
    if isinstance(field, SelectFieldBase):
        return tuple(str(option.choice.value) for option in field if option.checked)
    text = field._value() if hasattr(field, "_value") else field.data  # noqa: SLF001 - its API.
    return (str(text),) if text else ()


def shown(values: Values, fields: Sequence[Field]) -> str:
    """What a field sends in a reader's words; empty for nothing."""
    if isinstance(fields[0], BooleanField):
        return gettext("yes") if values else gettext("no")
    words: dict[str, str] = {}
    for field in fields:
        if isinstance(field, SelectFieldBase):
            words |= {str(one.choice.value): str(one.label.text) for one in field}
    texts = (words.get(value, value) if value else "" for value in values)
    return "\n".join(text for text in texts if text)


def _typed(form: DeskForm) -> list[tuple[str, str]]:
    """Everything that was typed, name by name, as it is to be sent again."""
    sent = merged(request.form)
    names = [field.name for field in form if field.name not in OWN and field.type not in UPLOADS]
    return [
        (name, value)
        for name in names
        if form[name].type != "HiddenField"
        for value in sent.getlist(name)
    ]


def _label(field: Field) -> str:
    """A field's label; where a form has one for each figure, with the figure's number."""
    _name, _line, number = field.name.rpartition("_")
    text = str(field.label.text)
    return f"{text} {number}" if number.isdigit() else text


def _who(name: str, saved: Sequence[Entry]) -> str | None:
    """Who changed a field last; where the row has no such column, who saved last."""
    for entry in saved:
        if name in (entry.new or {}):
            return entry.actor
    return saved[0].actor if saved else None
