"""The forms of formulas: an equation set against a claim, and a calculation that is evidence."""

from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.filters import words_text
from app.forms.base import DeskForm, Readable
from app.forms.choices import CheckboxListField, choices_of, row_key
from app.forms.texts import as_words, reworded
from claims.calculated_evidence import Calculation
from claims.formulas import LONGEST
from claims.models import Claim, Evidence
from claims.vocabulary import Stance
from sources.columns import Words

LONGEST_TEXT = 10_000
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class CheckForm(DeskForm):
    """An equation over the claim's figures."""

    formula = StringField(
        _("Formula"),
        [InputRequired(_("Write a formula.")), Length(max=LONGEST * 2), Readable()],
        description=_(
            "An equation: (F2 - F1) / F1 = F3. F1 is figure 1, E2 the figure of evidence 2; "
            "+ - * / and brackets; 20% counts as 0.2."
        ),
        render_kw=PLAIN,
    )
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_TEXT), Readable()])

    @property
    def words(self) -> Words | None:
        """The note under its language."""
        return as_words(self.note.data)


class CalculationForm(DeskForm):
    """A formula whose result is evidence."""

    formula = StringField(
        _("Formula"),
        [InputRequired(_("Write a formula.")), Length(max=LONGEST), Readable()],
        description=_(
            "Such as E1 / E2 or (F2 - F1) / F1. The result follows the figures it is made of; "
            "it adds no origin of its own."
        ),
        render_kw=PLAIN,
    )
    stance = RadioField(
        _("What it does to the claim"),
        [InputRequired(_("Say what it does to the claim."))],
        choices=lambda: choices_of(Stance),
        coerce=Stance,
    )
    addresses = CheckboxListField(
        _("Which figures it speaks to"),
        [Optional()],
        choices=[],
        coerce=row_key,
        validate_choice=False,
        description=_("None ticked means the claim as a whole."),
    )
    says = StringField(_("In short, it says"), [Optional(), Length(max=1000), Readable()])
    note = TextAreaField(
        _("Note"),
        [Optional(), Length(max=LONGEST_TEXT), Readable()],
        description=_("For colleagues. A note is no part of what is signed."),
    )

    @classmethod
    def of(cls, item: Evidence) -> "CalculationForm":
        """Return the form of an item as it is now."""
        return cls(
            formdata=None,
            version=str(item.version),
            formula=item.formula,
            stance=item.stance,
            addresses=[target.figure_id for target in item.targets],
            says=words_text(item.says),
            note=words_text(item.note),
        )

    def offer(self, claim: Claim) -> Self:
        """Fill the list with this claim's figures."""
        self.addresses.choices = [
            SelectChoice(str(row.id), f"F{row.number} · {row.stated_text}") for row in claim.figures
        ]
        return self

    def calculation(self, item: Evidence | None = None) -> Calculation:
        """Return what was typed as the domain takes it."""
        says, note = (item.says, item.note) if item is not None else (None, None)
        return Calculation(
            formula=self.formula.data or "",
            stance=self.stance.data,
            addresses=self.addresses.data or (),
            says=reworded(says, words_text(says), self.says.data),
            note=reworded(note, words_text(note), self.note.data),
        )
