"""The form that puts a claim aside: for how long, or until something happens to it."""

import datetime as dt
from typing import cast

from flask_babel import get_timezone
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from app.forms.base import DeskForm
from sources.base import now

MORNING = dt.time(8)
"""When a day begins: what was put aside is there when people come to work."""
EVENT, DATE = "event", "date"
SPANS = {
    "1": _("Until tomorrow"),
    "3": _("For three days"),
    "7": _("For a week"),
    EVENT: _("Until something happens to it"),
    DATE: _("Until the day written below"),
}
"""Numbers count days."""


class SnoozeForm(DeskForm):
    """How long a claim stays out of somebody's sight."""

    how_long = RadioField(
        _("For how long?"),
        choices=[
            SelectChoice(value=value, label=cast("str", text)) for value, text in SPANS.items()
        ],
        default="1",
        validators=[InputRequired(_("Say for how long."))],
    )
    until = StringField(
        _("Day"),
        [Optional()],
        description=_("Such as 2026-12-24; it comes back at 8 in the morning."),
    )

    def validate_until(self, field: StringField) -> None:
        """Want a day where one is asked for."""
        if self.how_long.data == DATE and self._day() is None:
            raise ValidationError(_("Write the day as 2026-12-24."))

    def validate_how_long(self, _field: RadioField) -> None:
        """Ask for the day as well; an empty field is not validated by itself."""
        if self.how_long.data == DATE and not (self.until.data or "").strip():
            raise ValidationError(_("Write the day as 2026-12-24."))

    @property
    def moment(self) -> dt.datetime | None:
        """When the claim comes back by itself; None means with the next thing that happens."""
        if self.how_long.data == EVENT:
            return None
        day = self._day() if self.how_long.data == DATE else None
        return morning_of(day) if day is not None else morning_in(int(self.how_long.data))

    def _day(self) -> dt.date | None:
        try:
            day = dt.date.fromisoformat((self.until.data or "").strip())
        except ValueError:
            return None
        # At either end of the calendar a day has no morning in every zone.
        return day if dt.MINYEAR < day.year < dt.MAXYEAR else None


def morning_in(days: int) -> dt.datetime:
    """When the desk's day begins, as many days from today."""
    today = now().astimezone(get_timezone() or dt.UTC).date()
    return morning_of(today + dt.timedelta(days=days))


def morning_of(day: dt.date) -> dt.datetime:
    """When a day of the desk begins, in universal time."""
    zone = get_timezone() or dt.UTC
    return in_zone(dt.datetime.combine(day, MORNING), zone).astimezone(dt.UTC)


def in_zone(clock: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Give a wall clock's time its zone, the way this kind of zone wants it."""
    localize = getattr(zone, "localize", None)
    return localize(clock) if localize is not None else clock.replace(tzinfo=zone)
