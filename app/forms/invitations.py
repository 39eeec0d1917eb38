"""The forms about asking outside: opening an invitation, making its link anew, ending it."""

from collections.abc import Sequence
from typing import Self

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from app.filters import label, words_text
from app.forms.base import DeskForm, Readable
from app.forms.choices import CheckboxListField, choices_of, row_key
from app.i18n import LANGUAGES, language
from claims.answers import LONGEST_STATEMENT
from claims.invitations import DAYS, LONGEST_NAME, LONGEST_QUESTION, USUAL_DAYS, Asking
from claims.models import Claim, Contest, Evidence
from claims.vocabulary import OUTSIDE, Side, Stance


def terms() -> list[SelectChoice]:
    """How long a link may work."""
    return [SelectChoice(str(days), ngettext("%(num)d day", "%(num)d days", days)) for days in DAYS]


class TermForm(DeskForm):
    """For how long a link works."""

    days = SelectField(_("The link works for"), choices=terms, coerce=int, default=USUAL_DAYS)


class InvitationForm(TermForm):
    """Who is asked about what."""

    name = StringField(
        _("Who is asked"),
        [InputRequired(_("Say who is asked.")), Length(max=LONGEST_NAME), Readable()],
        description=_("For the desk only; they choose themselves how they are credited."),
        render_kw={"autocomplete": "off"},
    )
    side = RadioField(
        _("Asked as"),
        [InputRequired()],
        choices=lambda: choices_of(OUTSIDE),
        coerce=Side,
        default=Side.EXPERT,
    )
    claims = CheckboxListField(
        _("About which claims"),
        [Optional()],
        choices=[],
        coerce=row_key,
        validate_choice=False,
    )
    question = TextAreaField(
        _("What is asked"),
        [InputRequired(_("Say what is asked.")), Length(max=LONGEST_QUESTION), Readable()],
        description=_("In the language of the page they will see. Do not write what others said."),
    )
    language = RadioField(
        _("Language of their page"),
        [InputRequired()],
        choices=lambda: [SelectChoice(code, name) for code, name in LANGUAGES.items()],
        default=language,
    )
    show_title = BooleanField(_("Show the title of the article"), default=True)

    def offer(self, claims: Sequence[Claim]) -> Self:
        """Fill the list with what can be asked about."""
        self.claims.choices = [
            SelectChoice(str(one.id), f"C-{one.number:02d} · {words_text(one.statement)}")
            for one in claims
        ]
        return self

    def asking(self, contest: Contest | None) -> Asking:
        """Return what was typed as the domain takes it."""
        return Asking(
            name=self.name.data or "",
            side=self.side.data,
            question=self.question.data or "",
            days=self.days.data,
            language=self.language.data,
            show_title=bool(self.show_title.data),
            contest=contest,
        )


class EndForm(DeskForm):
    """Nothing but the wish to end a link now."""


class AcceptForm(DeskForm):
    """How an answer from outside weighs."""

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
    note = TextAreaField(
        _("Note"),
        [Optional(), Length(max=LONGEST_STATEMENT), Readable()],
        description=_("For colleagues. A note is no part of what is signed."),
    )

    def offer(self, item: Evidence) -> Self:
        """Fill the list with the figures of the claim."""
        self.addresses.choices = [
            SelectChoice(str(figure.id), figure.stated_text) for figure in item.claim.figures
        ]
        return self


def contest_line(contest: Contest) -> str:
    """Return one line by which a person knows a contest."""
    return f"{gettext('Contest %(number)d', number=contest.number)} · {label(contest.reason)}"
