"""The form by which somebody says how two figures of the house that disagree can both stand."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms.base import DeskForm, Readable
from app.forms.choices import choices_of
from claims.vocabulary import Reconciled

LONGEST = 2_000


class ReconciliationForm(DeskForm):
    """How it is, and why."""

    outcome = RadioField(
        _("How is that?"), [InputRequired(_("Choose one."))], choices=lambda: choices_of(Reconciled)
    )
    note = TextAreaField(
        _("Reason"), [InputRequired(_("Give a reason.")), Length(max=LONGEST), Readable()]
    )
