"""The forms about accounts: signing in, passwords, oneself, tokens, and administration."""

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import PasswordField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from app.accounts import tokens
from app.accounts.passwords import LONGEST, SHORTEST
from app.accounts.roles import Role
from app.accounts.vocabulary import Scope, Theme
from app.filters import label
from app.forms.base import DeskForm, Readable
from app.forms.choices import CheckboxListField, choices_of
from app.i18n import LANGUAGES

LONGEST_NAME, LONGEST_TOKEN_NAME = 100, 80
USER_NAME = {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


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
        render_kw=USER_NAME,
    )
    password = PasswordField(
        _("Password"),
        [
            InputRequired(_("Enter your password.")),
            Length(max=LONGEST, message=_("A password has at most %(max)d characters.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(DeskForm):
    """A new password, twice: without JavaScript nobody sees what was typed."""

    password = PasswordField(
        _("New password"),
        [
            InputRequired(_("Choose a password.")),
            Length(
                min=SHORTEST,
                max=LONGEST,
                message=_("A password has %(min)d to %(max)d characters."),
            ),
            Readable(),
        ],
        description=_("At least 12 characters. A sentence you remember is better than a riddle."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("The same again"),
        [
            InputRequired(_("Type the password again.")),
            EqualTo("password", _("The two passwords differ.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(PasswordForm):
    """The old password besides, so that nobody changes it at an unattended desk."""

    old = PasswordField(
        _("Password now"),
        [InputRequired(_("Enter the password you have now.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


def languages() -> list[SelectChoice]:
    """The languages of the pages, after the browser's own."""
    own = [SelectChoice("", gettext("as the browser asks"))]
    return own + [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class ProfileForm(DeskForm):
    """How somebody is called and how the pages look to them."""

    display_name = StringField(
        _("Name others see"),
        [InputRequired(_("Say how others see you.")), Length(max=LONGEST_NAME), Readable()],
        render_kw={"autocomplete": "name"},
    )
    language = SelectField(_("Language"), choices=languages)
    theme = RadioField(
        _("Appearance"),
        choices=lambda: choices_of(Theme),
        default=Theme.SYSTEM,
        description=_("In this browser."),
    )


def token_terms() -> list[SelectChoice]:
    """How long a token may work."""
    return [
        SelectChoice(str(days), ngettext("%(num)d day", "%(num)d days", days))
        for days in tokens.DAYS
    ]


class TokenForm(DeskForm):
    """What a token is for, what it may be used for, and for how long."""

    name = StringField(
        _("What it is for"),
        [
            InputRequired(_("Say what the token is for.")),
            Length(max=LONGEST_TOKEN_NAME),
            Readable(),
        ],
        render_kw=PLAIN,
    )
    scopes = CheckboxListField(
        _("It may"),
        choices=lambda: choices_of(Scope),
        coerce=Scope,
        description=_("Never more than you may yourself."),
    )
    days = SelectField(
        _("It works for"), choices=token_terms, coerce=int, default=tokens.USUAL_DAYS
    )


class RolesForm(DeskForm):
    """The roles of an account: all that are ticked, and no other."""

    roles = CheckboxListField(
        _("Roles"), choices=lambda: choices_of(Role), coerce=Role, validate_choice=True
    )


class InviteForm(RolesForm):
    """Who gets an account."""

    name = StringField(
        _("User name"),
        [InputRequired(_("Enter a user name.")), Length(max=LONGEST_NAME), Readable()],
        description=_("Latin letters, digits and dots, as in li.wei. It stays for good."),
        render_kw=PLAIN,
    )
    display_name = StringField(
        _("Name others see"), [Length(max=LONGEST_NAME), Readable()], render_kw=PLAIN
    )


class DisableForm(DeskForm):
    """The user name, typed by whoever shuts the account."""

    typed = StringField(
        _("Type the user name to confirm"),
        [InputRequired(_("Type the user name."))],
        render_kw=PLAIN,
    )


def named_scopes(text: str) -> list[str]:
    """The words for the scopes of a token."""
    return [label(Scope(scope)) for scope in text.split()]
