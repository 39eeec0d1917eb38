"""The form by which a second person signs a claim, or returns it."""

from enum import StrEnum

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.forms.base import DeskForm, Readable

LONGEST = 10_000


class Answer(StrEnum):
    """What the second person says."""

    SIGN = "sign"
    RETURN = "return"


ANSWERS = {
    Answer.SIGN: _("I sign exactly this content"),
    Answer.RETURN: _("I return it to the checker"),
}


class SignOffForm(DeskForm):
    """Signing the content whose hash the form carries, or returning it with a reason.

    ``opened_at`` is the last event of the ledger then, so that what came later can be shown.
    """

    shown = frozenset({"version", "content_sha256"})
    content_sha256 = HiddenField()
    opened_at = HiddenField()
    answer = RadioField(
        _("Your answer"),
        [InputRequired(_("Sign it or return it."))],
        choices=lambda: [SelectChoice(one.value, str(ANSWERS[one])) for one in Answer],
        coerce=Answer,
    )
    reason = TextAreaField(
        _("Reason for returning it"),
        [Optional(), Length(max=LONGEST), Readable()],
        description=_("Say what is missing; the checker reads it first."),
    )

    def validate_answer(self, field: RadioField) -> None:
        """Want a reason for a return."""
        if field.data is Answer.RETURN and not (self.reason.data or "").strip():
            raise ValidationError(gettext("To return it, give the reason below."))
