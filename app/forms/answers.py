"""The one form of somebody outside the desk: what they say of each claim, and how to name them."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.forms.base import DeskForm, Readable
from app.forms.choices import member_or_none
from claims.answers import LONGEST_CREDIT, LONGEST_FIGURE, LONGEST_STATEMENT, Credit, Said
from claims.models import Answer, InvitedClaim
from claims.vocabulary import AnswerChoice
from sources.urls import LONGEST as LONGEST_URL

CHOICES = {
    AnswerChoice.AGREE: _("It is right"),
    AnswerChoice.DISPUTE: _("It is wrong or misleading"),
    AnswerChoice.CONTEXT: _("Something should be added"),
}
PER_CLAIM = ("choice", "statement", "figure", "link")
BY_NAME, BY_ROLE = "name", "role"


class AnswerForm(DeskForm):
    """How the person is named; fields for each claim are added by :func:`answer_form`."""

    keeps = False

    credited_as = StringField(
        _("Your name and what you do"),
        [Optional(), Length(max=LONGEST_CREDIT), Readable()],
        description=_("As it should be printed. Leave it empty to stay unnamed."),
        render_kw={"autocomplete": "off"},
    )
    consent = RadioField(
        _("May we quote you?"),
        choices=lambda: [
            SelectChoice(BY_ROLE, str(_("Yes, without my name: only as what I was asked as"))),
            SelectChoice(BY_NAME, str(_("Yes, by the name above"))),
        ],
        default=BY_ROLE,
    )

    def fields_of(self, asked: InvitedClaim) -> dict[str, Any]:
        """Return the fields about one claim, by what they are for."""
        return {name: self[f"{name}_{asked.id.hex}"] for name in PER_CLAIM}

    def said(self, asked: InvitedClaim) -> Said | None:
        """Return what was said of one claim; None where nothing was."""
        fields = self.fields_of(asked)
        if fields["choice"].data is None:
            return None
        return Said(
            choice=fields["choice"].data,
            statement=fields["statement"].data or "",
            figure=fields["figure"].data,
            link=fields["link"].data,
            field=f"_{asked.id.hex}",
        )

    @property
    def credit(self) -> Credit:
        """How the person is named."""
        return Credit(name=self.credited_as.data, by_name=self.consent.data == BY_NAME)

    def validate_credited_as(self, field: Any) -> None:
        """Want a name from whoever wants to be quoted by it."""
        if self.consent.data == BY_NAME and not (field.data or "").strip():
            raise ValidationError(_("Write the name under which you may be quoted."))

    def foreign(self) -> bool:
        """Tell whether the form speaks of something it was not given: nobody asked about that."""
        sent = {name for name in request.form if name.split("_")[0] in PER_CLAIM}
        return not sent <= {field.name for field in self}


def answer_form(asked: Iterable[InvitedClaim], *, fresh: bool = False) -> AnswerForm:
    """Return the form of an invitation, filled with what was answered so far unless it was sent."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for one in asked:
        fields |= _fields(one.id.hex)
        if one.newest is not None:
            data |= _data(one.id.hex, one.newest)
    kind: type[AnswerForm] = type("AnswerForm", (AnswerForm,), fields)
    return kind(formdata=None, data=data) if fresh else kind(data=data)


def _fields(key: str) -> dict[str, Any]:
    return {
        f"choice_{key}": RadioField(
            _("What do you say?"),
            [Optional()],
            choices=lambda: [SelectChoice(one.value, str(text)) for one, text in CHOICES.items()],
            coerce=member_or_none(AnswerChoice),
        ),
        f"statement_{key}": TextAreaField(
            _("In your words"), [Optional(), Length(max=LONGEST_STATEMENT), Readable(), Needed(key)]
        ),
        f"figure_{key}": StringField(
            _("The figure you have, with its unit"),
            [Optional(), Length(max=LONGEST_FIGURE), Readable()],
            description=_("For example 18.3 %."),
            render_kw={"autocomplete": "off", "spellcheck": "false"},
        ),
        f"link_{key}": StringField(
            _("A web page that shows it"),
            [Optional(), Length(max=LONGEST_URL), Readable()],
            description=_("Beginning with https://"),
            render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
        ),
    }


class Needed:
    """Want a choice beside anything written, so that nothing written is lost."""

    def __init__(self, key: str) -> None:
        """Know which claim the fields are about."""
        self.key = key

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ValidationError where text stands without a choice."""
        if (field.data or "").strip() and form[f"choice_{self.key}"].data is None:
            raise ValidationError(_("Choose what you say above."))


def _data(key: str, known: Answer) -> dict[str, Any]:
    return {
        f"choice_{key}": known.choice,
        f"statement_{key}": known.evidence.quote,
        f"figure_{key}": known.stated_figure,
        f"link_{key}": known.link,
        "credited_as": known.credited_as,
        "consent": BY_NAME if known.by_name else BY_ROLE,
    }
