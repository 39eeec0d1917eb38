"""The forms by which somebody proves who they are, and those that set up with what."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.passwords import LONGEST
from app.accounts.proving import Typed
from app.forms.accounts import LONGEST_TOKEN_NAME, PLAIN
from app.forms.base import DeskForm, Readable

PREFIX = "proof-"
"""Before the names of a proof's fields, which travel with the fields of another form."""
CODE = {
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
    "inputmode": "text",
}
LONGEST_CODE = 60


class ProofForm(FlaskForm):
    """A password, a code or a passkey: whichever somebody has at hand.

    The token is checked before every view; it stands in the page once, with what else is sent.
    """

    class Meta:
        """How it is read."""

        csrf = False

    meanwhile = ()

    password = PasswordField(_("Password"), render_kw={"autocomplete": "current-password"})
    code = StringField(_("One-time code"), render_kw=CODE)
    answer = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read the fields under their own prefix."""
        super().__init__(*args, prefix=PREFIX, **kwargs)  # type: ignore[no-untyped-call]

    @property
    def typed(self) -> Typed | None:
        """What was sent as a proof; None where nothing was, or more than any proof is."""
        password, code = self.password.data or "", self.code.data or ""
        if not (password or code.strip() or self.answer.data):
            return None
        if len(password) > LONGEST or len(code) > LONGEST_CODE:
            return Typed(code="-")
        return Typed(password, code, self.answer.data or "")


class FactorForm(DeskForm):
    """What a telephone or a passkey is called, for the day on which one is lost."""

    keeps = False

    name = StringField(
        _("What you call it"),
        [InputRequired(_("Give it a name.")), Length(max=LONGEST_TOKEN_NAME), Readable()],
        description=_("So that you know it again, as in: my telephone."),
        render_kw=PLAIN,
    )


class PasskeyForm(FactorForm):
    """A name, and what the browser answered."""

    answer = HiddenField()


class FirstCodeForm(DeskForm):
    """The first code of a telephone that is being set up."""

    keeps = False

    code = StringField(
        _("One-time code"),
        [InputRequired(_("Type the code that the telephone shows.")), Length(max=LONGEST_CODE)],
        render_kw=CODE | {"inputmode": "numeric"},
    )
