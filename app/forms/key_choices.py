"""The form in which a person changes single keys, or does without them."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField
from wtforms.validators import Length

from app.forms.base import DeskForm, Readable
from app.key_map import KEYS, field_name

RESET = "reset"


class KeyForm(DeskForm):
    """Whether single keys work, and for each the key that is pressed instead."""

    single_keys = BooleanField(_("Single keys are on"), default=True)

    @property
    def wanted(self) -> dict[str, str]:
        """What was typed for each of the desk's keys."""
        return {key: self[field_name(key)].data or "" for key in KEYS}

    def rows(self) -> list[tuple[str, Field]]:
        """Each of the desk's keys with its field."""
        return [(key, self[field_name(key)]) for key in KEYS]


def _add_fields(form: Any) -> None:
    for key, text in KEYS.items():
        field = StringField(text, default=key, validators=[Length(max=4), Readable()])
        setattr(form, field_name(key), field)


_add_fields(KeyForm)
