"""The forms of watching: taking a new copy as evidence, and how often a source is looked at."""

from enum import StrEnum
from typing import Any, cast

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.forms.base import DeskForm, Readable
from sources.looks.models import WatchWish
from sources.looks.wishes import DAYS, LONGEST

LONGEST_FIGURE = 200


class TakeForm(DeskForm):
    """What the page says now becomes what the evidence quotes."""

    figure = StringField(
        _("Figure it gives now"),
        [Optional(), Length(max=LONGEST_FIGURE), Readable()],
        render_kw={"autocomplete": "off"},
    )


class Often(StrEnum):
    """What the desk wants for one source."""

    POLICY = "policy"
    DAYS = "days"
    NEVER = "never"


class WatchForm(DeskForm):
    """How often one source is looked at, and why."""

    often = RadioField(
        _("Looked at"),
        [InputRequired()],
        choices=[
            SelectChoice(Often.POLICY.value, cast("str", _("as the policy says"))),
            SelectChoice(Often.DAYS.value, cast("str", _("every so many days"))),
            SelectChoice(Often.NEVER.value, cast("str", _("not by itself"))),
        ],
        coerce=Often,
    )
    days = StringField(
        _("Days"),
        [Optional(), Length(max=3)],
        description=_("1 to 365."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    reason = StringField(_("Reason"), [Optional(), Length(max=LONGEST), Readable()])

    @classmethod
    def of(cls, wish: WatchWish | None) -> "WatchForm":
        """The form as things stand."""
        if wish is None:
            return cls(formdata=None, often=Often.POLICY, version="0")
        often = Often.NEVER if wish.every_days is None else Often.DAYS
        return cls(
            formdata=None,
            often=often,
            days=str(wish.every_days or ""),
            reason=wish.reason,
            version=str(wish.version),
        )

    def validate_days(self, field: Any) -> None:
        """Want a number of days where that is what is wanted."""
        text = (field.data or "").strip()
        wanted = self.often.data is Often.DAYS
        if wanted and not (text.isascii() and text.isdigit() and int(text) in DAYS):
            raise ValidationError(str(_("Write a number from 1 to 365.")))

    def validate_reason(self, field: Any) -> None:
        """Want a reason for whatever is not the policy."""
        if self.often.data is not Often.POLICY and not (field.data or "").strip():
            raise ValidationError(str(_("Give a reason.")))

    @property
    def every_days(self) -> int | None:
        """The days that are asked for."""
        return int(self.days.data) if self.often.data is Often.DAYS else None
