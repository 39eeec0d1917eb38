"""The form of merging two entries of the register: field by field, which value is kept."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import InputRequired

from app.forms.base import DeskForm, number_of


class ApartForm(DeskForm):
    """That two entries are two documents."""

    keeps: ClassVar[bool] = False
    other = HiddenField(validators=[InputRequired()])


class MergeForm(DeskForm):
    """Which fields come from the entry that goes; both versions must be those that were seen."""

    keeps: ClassVar[bool] = False
    other_version = HiddenField(_("Version of the other"))

    @property
    def seen(self) -> tuple[int, int]:
        """The versions of both entries that the person saw."""
        return self.seen_version, number_of(self.other_version.data)

    def taken(self, names: Sequence[str]) -> dict[str, bool]:
        """The fields whose value comes from the other entry."""
        sent: Any = request.form
        return {name: sent.get(f"keep-{name}") == "other" for name in names}
