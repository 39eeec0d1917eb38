"""The forms of what is told in confidence; nothing of them is kept as a draft."""

from collections.abc import Sequence
from typing import ClassVar, Self

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.models import Account
from app.forms.base import DeskForm, Readable
from sources.contacts import LONGEST, Reached

LINE = [Optional(), Length(max=LONGEST), Readable()]
OFF = {"autocomplete": "off", "spellcheck": "false"}


class ContactForm(DeskForm):
    """How a confidential source is reached."""

    keeps: ClassVar[bool] = False

    name = StringField(_("Name of the person"), LINE, render_kw=OFF)
    channel = StringField(
        _("Channel"), LINE, description=_("For example Signal, or through whom."), render_kw=OFF
    )
    phone = StringField(_("Telephone or account"), LINE, render_kw=OFF)
    address = StringField(_("Address"), LINE, render_kw=OFF)
    note = TextAreaField(_("Note"), LINE, render_kw=OFF)

    @property
    def told(self) -> Reached:
        """What was typed."""
        return Reached(
            name=self.name.data or "",
            channel=self.channel.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            note=self.note.data or "",
        )


class ActForm(DeskForm):
    """A button: to open a contact, to destroy it, to let somebody know no more."""

    keeps: ClassVar[bool] = False


class ReaderForm(DeskForm):
    """Who may know a confidential source as well."""

    keeps: ClassVar[bool] = False

    reader = SelectField(
        _("Who needs to know"),
        [InputRequired(_("Choose a person."))],
        choices=[],
        description=_("They see who the source is, and may read its contacts."),
    )

    def offer(self, accounts: Sequence[Account], known: set[str]) -> Self:
        """Fill the list with those who do not know yet."""
        self.reader.choices = [
            SelectChoice("", "—"),
            *(
                SelectChoice(row.actor, row.display_name)
                for row in accounts
                if row.actor not in known
            ),
        ]
        return self
