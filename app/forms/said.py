"""The fields of what somebody told the desk: who, in which office, when, how, on which terms."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from app.forms.base import Readable
from app.forms.choices import choices_of, member_or_none
from claims.models import Evidence
from claims.said import Said, read_day
from claims.vocabulary import Channel, Terms

LONGEST = 500
LINE = [Optional(), Length(max=LONGEST), Readable()]


class SaidFields:
    """Who said it, and how it came to us."""

    said_by = StringField(_("Who said it"), LINE, render_kw={"autocomplete": "off"})
    said_role = StringField(
        _("In which office or role"),
        LINE,
        description=_("As in: spokesperson of the company, statistician at the office."),
    )
    said_on = StringField(
        _("When"), [Optional(), Length(max=20)], description=_("2025-03-11, or as exact as known.")
    )
    said_via = SelectField(
        _("How"),
        [Optional()],
        choices=lambda: choices_of(Channel, "—"),
        coerce=member_or_none(Channel),
    )
    said_terms = SelectField(
        _("On which terms"),
        [Optional()],
        choices=lambda: choices_of(Terms, "—"),
        coerce=member_or_none(Terms),
        description=_("Whoever must not be named belongs to a confidential source instead."),
    )
    said_reached = StringField(
        _("How the person was reached"),
        LINE,
        description=_("So that a colleague can call back: the switchboard, a published address."),
    )

    def said(self) -> Said:
        """Return what was typed; raise Refused for a day nobody can read."""
        return Said(
            by=_line(self.said_by.data),
            role=_line(self.said_role.data),
            on=read_day(self.said_on.data),
            via=self.said_via.data,
            terms=self.said_terms.data,
            reached=_line(self.said_reached.data),
        )


def said_data(item: Evidence) -> dict[str, object]:
    """Return the fields of an item as it is now."""
    names = ("said_by", "said_role", "said_on", "said_via", "said_terms", "said_reached")
    return {name: getattr(item, name) for name in names}


def _line(text: str | None) -> str | None:
    return (text or "").strip() or None
