"""The small forms of a claim: submitting it, and every act that wants nothing but a reason."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms.base import DeskForm, Readable

LONGEST = 10_000


class SubmitForm(DeskForm):
    """Handing a claim over: nothing to fill in, but it knows which version was seen."""


class ReasonForm(DeskForm):
    """Why a claim is reopened or dropped, or a finding waived."""

    reason = TextAreaField(
        _("Reason"), [InputRequired(_("Give a reason.")), Length(max=LONGEST), Readable()]
    )
