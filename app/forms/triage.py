"""The forms of sorting: deciding about a proposal, correcting it, and dismissing numbers."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms.base import DeskForm, Readable
from app.forms.choices import CheckboxListField, choices_of, row_key
from app.forms.whole import WholeField
from app.i18n import language
from claims.models import Proposal, ProposedFigure
from claims.proposal_edits import FigureEdit
from claims.triage_vocabulary import RejectionReason
from claims.vocabulary import DismissalReason
from sources.columns import Words

LONGEST = 2_000
LONGEST_NAME = 200


class ActForm(DeskForm):
    """An act with nothing to fill in; it knows which row version was seen."""


class RejectForm(DeskForm):
    """Why a proposal is no claim, and whether its numbers are dismissed with it."""

    reason = RadioField(
        _("Reason"),
        [InputRequired(_("Give a reason."))],
        choices=lambda: choices_of(RejectionReason),
        coerce=RejectionReason,
    )
    dismiss = BooleanField(_("Dismiss its numbers too"))


class SplitForm(DeskForm):
    """The figure a proposal is split at."""

    at = WholeField(_("Split at"), [InputRequired()])


class ReadForm(DeskForm):
    """Reading on; it knows how far the text was read when the page was made."""

    read_to = WholeField(validators=[Optional()])


class DismissForm(DeskForm):
    """Numbers that are no claim, and why."""

    mentions = CheckboxListField(_("Numbers"), coerce=row_key, validate_choice=False)
    reason = SelectField(
        _("Reason"),
        [InputRequired(_("Give a reason."))],
        choices=lambda: choices_of(DismissalReason),
        coerce=DismissalReason,
    )
    note = StringField(_("Note"), [Optional(), Length(max=LONGEST_NAME), Readable()])

    @property
    def chosen(self) -> list[uuid.UUID]:
        """The numbers that were ticked."""
        return list(self.mentions.data or [])


class SettleForm(DeskForm):
    """Differences between readings: one, or all where no number is given."""

    number = WholeField(validators=[Optional()])


class StatementForm(DeskForm):
    """The words and the kind of a claim; fields for each figure are added by :func:`edit_form`."""

    statement = TextAreaField(
        _("Statement"),
        [InputRequired(_("Write the statement.")), Length(max=LONGEST), Readable()],
        description=_("As it can be checked: who, what, how much, when."),
    )
    kind = StringField(
        _("Kind"),
        [Optional(), Length(max=40), Readable()],
        description=_("For lists and filters: share, count, forecast, rank, event …"),
    )

    def fields_of(self, number: int) -> list[Any]:
        """Return the fields of one figure, in their order."""
        return [self[f"{name}_{number}"] for name in FIGURE_FIELDS if f"{name}_{number}" in self]

    def figure(self, number: int) -> FigureEdit | None:
        """Return what is made of one figure; None where it is left out."""
        if f"take_{number}" in self and not self[f"take_{number}"].data:
            return None
        return FigureEdit(
            period=self[f"period_{number}"].data,
            subject=(self[f"subject_{number}"].data or "").strip() or None,
            measure=(self[f"measure_{number}"].data or "").strip() or None,
            material=bool(self[f"material_{number}"].data),
        )


FIGURE_FIELDS = ("take", "period", "subject", "measure", "material")


def statement_form(numbers: Iterable[int], *, choosing: bool = False) -> type[StatementForm]:
    """Return the form for so many figures; ``choosing`` lets each be left out."""
    fields: dict[str, Any] = {}
    text = [Optional(), Length(max=LONGEST_NAME), Readable()]
    for number in numbers:
        if choosing:
            fields[f"take_{number}"] = BooleanField(_("Part of this claim"))
        fields[f"period_{number}"] = StringField(
            _("Period"), text, description=_("2024, 2024-10, 2014/2024 or ../2030")
        )
        fields[f"subject_{number}"] = StringField(_("Subject"), text)
        fields[f"measure_{number}"] = StringField(_("Measure"), text)
        fields[f"material_{number}"] = BooleanField(_("Material: it must be checked"))
    return type("StatementForm", (StatementForm,), fields)


def edit_form(proposal: Proposal, tongue: str, *, fresh: bool = False) -> StatementForm:
    """Return the form of a proposal, filled with what it says unless it was sent."""
    kind = statement_form(figure.number for figure in proposal.figures)
    data = {
        "statement": proposal.statement,
        "kind": proposal.kind,
        "version": str(proposal.version),
        **_figure_data(proposal.figures, tongue),
    }
    return kind(formdata=None, data=data) if fresh else kind(data=data)


def _figure_data(figures: Sequence[ProposedFigure], tongue: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for figure in figures:
        data[f"period_{figure.number}"] = figure.period
        data[f"subject_{figure.number}"] = in_tongue(figure.subject, tongue)
        data[f"measure_{figure.number}"] = in_tongue(figure.measure, tongue)
        data[f"material_{figure.number}"] = figure.material
    return data


def in_tongue(words: Words | None, tongue: str) -> str:
    """Return the words of the article's language, else of the page's."""
    return (words or {}).get(tongue) or (words or {}).get(language()) or ""
