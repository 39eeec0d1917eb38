"""The forms of the register of sources: one for what a source is, one for a file it said it in."""

import datetime as dt
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.filters import credibility, words_text
from app.forms.base import DeskForm, Readable
from app.forms.brought import encoding_field, file_field
from app.forms.choices import choices_of
from app.forms.citation_fields import CitationFields, shown_fields
from app.forms.source_choices import origin_field, origin_typed
from app.forms.texts import reworded
from sources.csl_fields import LONGEST_NAMES
from sources.models import Source
from sources.registry import CREDIBILITY, LONGEST, Facts
from sources.urls import LONGEST as LONGEST_URL
from sources.vocabulary import Lineage, Reliability, SourceKind, Tier

LONGEST_NOTE = 5000
LINE = [Optional(), Length(max=LONGEST), Readable()]
PLAIN = (
    "title",
    "authors",
    "publisher",
    "original_publisher",
    "url",
    "issued",
    "language",
    "derived_basis",
)


class SourceForm(CitationFields):
    """What is known about a document, data set or statement that can be cited."""

    url = StringField(
        _("Web address"),
        [Optional(), Length(max=LONGEST_URL), Readable()],
        description=_("Where anybody can look. http or https only."),
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
    title = StringField(_("Title"), LINE, description=_("As the document itself gives it."))
    publisher = StringField(_("Publisher"), LINE)
    authors = StringField(
        _("Authors"),
        [Optional(), Length(max=LONGEST_NAMES), Readable()],
        description=_("Smith, John; World Bank; 张三. A comma parts family and given names."),
    )
    kind = SelectField(
        _("Kind"),
        [InputRequired()],
        choices=lambda: choices_of(SourceKind),
        default=SourceKind.NEWS_REPORT.value,
    )
    tier = SelectField(
        _("Nearness to the fact"),
        [InputRequired()],
        choices=lambda: choices_of(Tier),
        default=Tier.ESTABLISHED.value,
        description=_("Primary is the body the figure comes from: its filing, its statistics."),
    )
    language = StringField(
        _("Language"), [Optional(), Length(max=35)], description=_("As in zh, en, ko or ja.")
    )
    issued = StringField(
        _("Date"),
        [Optional(), Length(max=25)],
        description=_(
            "2025, 2025-03 or 2025-03-11; 2024/2025 from one to the other; 2025-21 to 2025-24 are "
            "spring to winter. Add “?” when it is uncertain, “~” when approximate."
        ),
    )
    derived_from = origin_field()
    derived_basis = StringField(
        _("How we know that it repeats it"), LINE, description=_("For example: it names the other.")
    )
    original_publisher = StringField(_("Original publisher"), LINE)
    lineage = SelectField(
        _("Own reporting or reprint"),
        choices=lambda: choices_of(Lineage),
        default=Lineage.UNKNOWN.value,
    )
    reliability = SelectField(
        _("Reliability of the source"),
        choices=lambda: choices_of(Reliability, "—"),
        default="",
        description=_(
            "How reliable the source has been, whatever it says this time. F where nobody can tell."
        ),
    )
    credibility = SelectField(
        _("Credibility of the information"),
        choices=lambda: [
            SelectChoice("", "—"),
            *(SelectChoice(str(one), f"{one} · {credibility(one)}") for one in CREDIBILITY),
        ],
        default="",
        description=_(
            "How far the information is borne out, whoever says it: "
            "1 is confirmed by others, 6 cannot be judged."
        ),
    )
    confidential = BooleanField(
        _("Confidential: only people who need to know see who it is, and no appendix names it")
    )
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE), Readable()])
    keep = BooleanField(
        _("Keep a snapshot of the page now"),
        default=True,
        description=_(
            "It is fetched in the background, without signing in. "
            "The page of a confidential source is left alone until you ask for it there."
        ),
    )
    repeat = BooleanField(_("It is another document at an address that is on record already"))

    @classmethod
    def of(cls, source: Source) -> "SourceForm":
        """The form of a source as it is now."""
        return cls(formdata=None, version=str(source.version), **shown(source))

    def facts(self, session: Session, source: Source | None = None) -> Facts:
        """What the person stated; raise Refused at ``derived_from`` for an unknown origin."""
        known = source.note if source is not None else None
        reliability, credibility = self.reliability.data, self.credibility.data
        stated: Facts = {
            "kind": SourceKind(self.kind.data),
            "tier": Tier(self.tier.data),
            "lineage": Lineage(self.lineage.data),
            "reliability": Reliability(reliability) if reliability else None,
            "credibility": int(credibility) if credibility else None,
            "confidential": bool(self.confidential.data),
            "note": reworded(known, words_text(known), self.note.data),
            "derived_from": origin_typed(session, self.derived_from.data),
            "csl": self.csl,
        }
        for name in PLAIN:
            stated[name] = self[name].data or None  # type: ignore[literal-required]
        return stated


class SnapshotForm(DeskForm):
    """A file that shows what a source said."""

    file = file_field(_("File"))
    encoding = encoding_field()
    retrieved_at = StringField(
        _("Retrieved on"),
        [Optional(), Length(max=10)],
        description=_("As 2025-03-11, when you know it."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def validate_file(self, field: Any) -> None:
        """Want a file."""
        if not getattr(field.data, "filename", None):
            raise ValidationError(str(_("Choose a file.")))

    def validate_retrieved_at(self, field: Any) -> None:
        """Want a day of the calendar that is not in the future."""
        try:
            day = dt.date.fromisoformat(field.data)
        except ValueError as problem:
            raise ValidationError(str(_("Write a day as 2025-03-11."))) from problem
        if day > dt.datetime.now(dt.UTC).date():
            raise ValidationError(str(_("This day has not come yet.")))

    @property
    def moment(self) -> dt.datetime | None:
        """The day of retrieval as a moment, at noon UTC: the same day nearly everywhere."""
        if not self.retrieved_at.data:
            return None
        day = dt.date.fromisoformat(self.retrieved_at.data)
        return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)


def shown(source: Source) -> dict[str, Any]:
    """A source's values as its form shows them."""
    return {
        **{name: getattr(source, name) or "" for name in PLAIN},
        "kind": source.kind.value,
        "tier": source.tier.value,
        "lineage": source.lineage.value,
        "reliability": source.reliability.value if source.reliability else "",
        "credibility": str(source.credibility or ""),
        "confidential": source.confidential,
        "note": words_text(source.note),
        **shown_fields(source.csl),
        "derived_from": source.derived_from.key if source.derived_from else "",
    }


class Judged(StrEnum):
    """What a person says about two sources whose texts resemble each other."""

    REPEATS_OTHER = "repeats_other"
    REPEATED_BY_OTHER = "repeated_by_other"
    DISMISSED = "dismissed"


class LikenessForm(DeskForm):
    """Which source repeats the other, or that neither does."""

    other = HiddenField(validators=[InputRequired()])
    judged = RadioField(
        _("What do you say?"),
        [InputRequired()],
        choices=[SelectChoice(one.value, one.value) for one in Judged],
        coerce=Judged,
    )
