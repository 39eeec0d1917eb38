"""What every form shares: the version the person saw, and the key under which it is done once."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from app.filters import people_named
from app.forms.drafted import Drafted
from app.forms.merging import merged
from app.i18n import language
from app.once.asked import new_key
from app.once.problems import reused
from app.unit_of_work import SAFE_METHODS
from claims.errors import DeskError

CONTROL = {*range(9), 11, 12, *range(14, 32), *range(127, 160)}
DIRECTION = {0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
LONGEST_VERSION = 10
UNSEEN_VERSION = -1
"""Of a form that names no version, or none that can be read."""
UNSEEN = {chr(code) for code in CONTROL | DIRECTION}


def chosen(answer: Any) -> Any:
    """What was chosen of a list; blanks alone are nothing."""
    return "" if isinstance(answer, str) and not answer.strip() else answer


def number_of(text: str | None) -> int:
    """The version that a form names; one that no row has where it names none."""
    readable = text and text.isascii() and text.isdigit() and len(text) < LONGEST_VERSION
    return int(text) if text and readable else UNSEEN_VERSION


class DeskForm(Drafted):
    """A form that knows which row version it was opened on and whether it was sent before."""

    class Meta(Drafted.Meta):
        """How what was sent is read."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read what was sent; the answer of a merge gives each field what is kept of it.

            Raise UnsupportedMediaType for JSON: the library would take it for a form, and a list
            of anything ends it in a fault.
            """
            if request.is_json and request.method not in SAFE_METHODS:
                raise UnsupportedMediaType
            found = super().wrap_formdata(form, formdata)  # type: ignore[no-untyped-call]
            return merged(found) if isinstance(found, MultiDict) else found

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Make a field; where something is chosen, blanks choose nothing.

            ``Optional`` takes blanks for no answer, and a view that then asks whether something
            was chosen would take them for a choice.
            """
            field = super().bind_field(form, unbound_field, options)  # type: ignore[no-untyped-call]
            if isinstance(field, SelectField):
                field.filters = (*field.filters, chosen)
            return field

    meanwhile: Sequence[Any] = ()
    """What others changed since the form was opened, told; empty unless it was refused for that."""
    version = HiddenField()
    receipt = HiddenField(default=new_key)

    def reject(self, problem: DeskError) -> None:
        """Show a domain error at its field, or above the form where it has none."""
        text = people_named(problem.message.get(language()) or str(problem))
        field = self._fields.get(problem.field or "")
        if field is None:
            self.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]

    @property
    def seen_version(self) -> int:
        """The row version the person saw; one that no row has where the form names none.

        So whoever takes the version out of a form gets the answer of one who opened it too early,
        and overwrites nothing. What is new is asked for by a form whose version nobody reads.
        """
        return number_of(self.version.data)

    def renew_key(self) -> None:
        """Give the form a new key: what is typed may be sent as something new."""
        self.receipt.data = new_key()

    def ask_anew(self) -> None:
        """Say that the form was sent before with other words; now it may be sent as new."""
        self.reject(reused())
        self.renew_key()


class Readable:
    """Refuse characters a reader cannot see: NUL, other controls and direction overrides."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Raise ValidationError naming the code point."""
        found = next((char for char in field.data or "" if char in UNSEEN), None)
        if found is not None:
            raise ValidationError(
                _("Contains an invisible character (U+%(code)s).", code=f"{ord(found):04X}")
            )
