"""The form in which an administrator binds somebody's identity by what the provider calls it."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.accounts.identities import LONGEST_SUBJECT
from app.forms.base import DeskForm, Readable

PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class SubjectForm(DeskForm):
    """The subject, letter by letter."""

    keeps = False

    subject = StringField(
        _("Subject (sub)"),
        [
            InputRequired(_("Enter the subject.")),
            Length(max=LONGEST_SUBJECT, message=_("A subject has at most %(max)d characters.")),
            Readable(),
        ],
        description=_("Letter by letter as the provider shows it; not an e-mail address."),
        render_kw=PLAIN,
    )
