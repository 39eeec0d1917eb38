"""A whole number that a form carries, no larger than a statement can carry."""

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms import IntegerField

from app.typed_numbers import whole


class WholeField(IntegerField):
    """Plain digits, as in an address: no sign, no other script's digits, no giant."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was sent; raise ValueError for what is no such number."""
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = whole(valuelist[0].strip())
        except ValueError as problem:
            self.data = None
            raise ValueError(_("Write a whole number, in plain digits.")) from problem
