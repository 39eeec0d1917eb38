"""The form that sets the deadline of an article."""

import datetime as dt

from flask_babel import lazy_gettext as _
from flask_babel import to_user_timezone
from wtforms import StringField
from wtforms.validators import Length, Optional

from app.forms.base import DeskForm
from app.forms.bulk import CLOCK, moment_typed
from claims.models import Article


class DeadlineForm(DeskForm):
    """A day or a moment, in the desk's time, or none."""

    deadline = StringField(
        _("Deadline"),
        [Optional(), Length(max=16)],
        description=_("As 2026-12-24 or 2026-12-24 18:00. Empty: there is none."),
        render_kw={"autocomplete": "off", "placeholder": "YYYY-MM-DD HH:MM"},
    )

    @classmethod
    def of(cls, article: Article) -> "DeadlineForm":
        """Return the form of an article as it is now."""
        moment = article.deadline
        typed = to_user_timezone(moment).strftime(CLOCK) if moment else ""
        return cls(formdata=None, version=str(article.version), deadline=typed)

    @property
    def moment(self) -> dt.datetime | None:
        """What was typed; raise Refused for what is no moment."""
        return moment_typed(self.deadline.data, "deadline")
