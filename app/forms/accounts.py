"""The form by which a person signs in."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.forms.base import DeskForm, Readable

LONGEST_NAME, LONGEST_PASSWORD = 100, 200


class SignInForm(DeskForm):
    """A user name and a password; password managers and pasting work (WCAG 3.3.8)."""

    keeps = False

    name = StringField(
        _("User name"),
        [
            InputRequired(_("Enter your user name.")),
            Length(max=LONGEST_NAME, message=_("A user name has at most %(max)d characters.")),
            Readable(),
        ],
        render_kw={
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    password = PasswordField(
        _("Password"),
        [
            InputRequired(_("Enter your password.")),
            Length(max=LONGEST_PASSWORD, message=_("A password has at most %(max)d characters.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
