"""The forms of a contest: raising it, settling it, withdrawing it, and letting it block."""

import datetime as dt
import uuid
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.filters import label
from app.forms.base import DeskForm, Readable
from app.forms.choices import CheckboxListField, choices_of, row_key
from app.forms.texts import as_words
from claims.contests import Dispute
from claims.errors import DeskError
from claims.models import Claim, Evidence
from claims.vocabulary import ContestOutcome, ContestReason, Side

LONGEST = 10_000
SETTLING = tuple(one for one in ContestOutcome if one is not ContestOutcome.WITHDRAWN)
"""The outcomes a third person decides; withdrawing is the raiser's own act."""
ABOUT = ("figure", "evidence", "assessment")


class ContestForm(DeskForm):
    """Who disputes what, why, and with which evidence."""

    about = SelectField(_("What is disputed"), [Optional()], choices=[], validate_choice=False)
    reason = SelectField(
        _("Why"),
        [InputRequired(_("Choose a reason."))],
        choices=lambda: choices_of(ContestReason, "—"),
    )
    side = SelectField(
        _("Who disputes"),
        [InputRequired(_("Say who disputes."))],
        choices=lambda: choices_of(Side, "—"),
    )
    party = StringField(
        _("Name of the side"),
        [Optional(), Length(max=500), Readable()],
        description=_("The company, the institute, the reader, as the record should name it."),
    )
    statement = TextAreaField(
        _("What the side says"),
        [InputRequired(_("Say what is disputed.")), Length(max=LONGEST), Readable()],
        description=_("It is printed in the appendix, beside the answer to it."),
    )
    evidence_for = CheckboxListField(
        _("Evidence for the contest"),
        [Optional()],
        choices=[],
        coerce=row_key,
        validate_choice=False,
    )
    evidence_against = CheckboxListField(
        _("Evidence against the contest"),
        [Optional()],
        choices=[],
        coerce=row_key,
        validate_choice=False,
    )
    blocking = BooleanField(_("It blocks the sign-off until it is settled"))
    due_on = StringField(
        _("To be settled by"),
        [Optional()],
        description=_("As 2025-03-31."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "placeholder": "YYYY-MM-DD"},
    )

    def offer(self, claim: Claim) -> Self:
        """Fill the lists with what this claim has."""
        items = [SelectChoice(str(item.id), evidence_line(item)) for item in claim.evidence]
        self.evidence_for.choices, self.evidence_against.choices = items, list(items)
        whole = [row for row in claim.assessments if row.figure_id is None]
        self.about.choices = [
            SelectChoice("", gettext("The claim as a whole")),
            *(
                SelectChoice(f"figure:{row.id}", f"{gettext('Figure')} · {row.stated_text}")
                for row in claim.figures
            ),
            *(SelectChoice(f"evidence:{row.id}", evidence_line(row)) for row in claim.evidence),
            *(
                SelectChoice(
                    f"assessment:{row.id}",
                    f"{gettext('Assessment')} · {label(row.status)} · {row.created_at:%Y-%m-%d}",
                )
                for row in whole[-1:]
            ),
        ]
        return self

    def reject(self, problem: DeskError) -> None:
        """Show whatever is wrong with the disputed thing at the one field that names it."""
        if (problem.field or "").startswith("about_"):
            problem.field = "about"
        super().reject(problem)

    def validate_due_on(self, field: Any) -> None:
        """Want a day of the calendar."""
        try:
            dt.date.fromisoformat(field.data.strip())
        except ValueError as problem:
            raise ValidationError(_("Write a day as 2025-03-31.")) from problem

    def validate_about(self, field: Any) -> None:
        """Want a kind of thing and its identifier; whose it is the domain asks."""
        kind, _colon, key = (field.data or "").partition(":")
        try:
            known = kind in ABOUT and uuid.UUID(key)
        except ValueError:
            known = False
        if field.data and not known:
            raise ValidationError(_("Choose one of the list."))

    def dispute(self) -> Dispute:
        """Return what was typed as the domain takes it."""
        kind, _colon, key = (self.about.data or "").partition(":")
        about = {f"about_{one}": uuid.UUID(key) if one == kind else None for one in ABOUT}
        due = (self.due_on.data or "").strip()
        return Dispute(
            reason=ContestReason(self.reason.data),
            side=Side(self.side.data),
            statement=as_words(self.statement.data) or {},
            party=as_words(self.party.data),
            blocking=bool(self.blocking.data),
            due_on=dt.date.fromisoformat(due) if due else None,
            evidence_for=self.evidence_for.data or (),
            evidence_against=self.evidence_against.data or (),
            **about,
        )


class SettleForm(DeskForm):
    """How a contest ends, and on what grounds."""

    outcome = RadioField(
        _("Outcome"),
        [InputRequired(_("Choose an outcome."))],
        choices=lambda: choices_of(SETTLING),
        coerce=ContestOutcome,
    )
    settlement = TextAreaField(
        _("Grounds"),
        [InputRequired(_("Say on what grounds.")), Length(max=LONGEST), Readable()],
        description=_("Both sides are printed in the appendix; this is the last word."),
    )


class ContestWithdrawForm(DeskForm):
    """Why the raiser takes a contest back."""

    settlement = TextAreaField(
        _("Reason"), [InputRequired(_("Give a reason.")), Length(max=LONGEST), Readable()]
    )


class BlockForm(DeskForm):
    """Nothing but the wish that a contest forbids the sign-off."""


def evidence_line(item: Evidence) -> str:
    """Return one line by which a person knows an evidence item in a list."""
    source = item.source
    name = (source.publisher or source.title or source.key) if source else ""
    parts = (f"E-{item.number}", name, label(item.stance))
    return " · ".join(part for part in parts if part)
