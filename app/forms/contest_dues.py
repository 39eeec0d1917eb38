"""The form that sets the day until which a contest is to be settled."""

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Length, Optional, ValidationError

from app.forms.base import DeskForm
from claims.models import Contest


class DueForm(DeskForm):
    """The day, or none."""

    due_on = StringField(
        _("To be settled by"),
        [Optional(), Length(max=10)],
        description=_("As 2025-03-31. Empty: no day is set."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "placeholder": "YYYY-MM-DD"},
    )

    @classmethod
    def of(cls, contest: Contest) -> "DueForm":
        """Return the form of a contest as it is now."""
        day = contest.due_on.isoformat() if contest.due_on else ""
        return cls(formdata=None, version=str(contest.version), due_on=day)

    def validate_due_on(self, field: Any) -> None:
        """Want a day of the calendar."""
        try:
            dt.date.fromisoformat(field.data.strip())
        except ValueError as problem:
            raise ValidationError(_("Write a day as 2025-03-31.")) from problem

    @property
    def day(self) -> dt.date | None:
        """The day that was typed."""
        typed = (self.due_on.data or "").strip()
        return dt.date.fromisoformat(typed) if typed else None
