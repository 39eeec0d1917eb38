"""The forms of the register of sources: one for what a source is, one for a file it said it in."""

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.filters import label
from app.forms.base import DeskForm, Readable
from app.i18n import language
from sources.models import Source
from sources.registry import LONGEST, Facts, find
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


class SourceForm(DeskForm):
    """What is known about a document, data set or statement that can be cited."""

    url = StringField(
        _("Web address"),
        [Optional(), Length(max=LONGEST_URL), Readable()],
        description=_("Where anybody can look. http or https only."),
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
    title = StringField(_("Title"), LINE, description=_("As the document itself gives it."))
    publisher = StringField(_("Publisher"), LINE)
    authors = StringField(_("Authors"), LINE)
    kind = SelectField(_("Kind"), [InputRequired()], choices=[], default=SourceKind.NEWS_REPORT)
    tier = SelectField(
        _("Nearness to the fact"),
        [InputRequired()],
        choices=[],
        default=Tier.ESTABLISHED,
        description=_("Primary is the body the figure comes from: its filing, its statistics."),
    )
    language = StringField(
        _("Language"), [Optional(), Length(max=35)], description=_("As in zh, en, ko or ja.")
    )
    issued = StringField(
        _("Date"),
        [Optional(), Length(max=20)],
        description=_("2025, 2025-03 or 2025-03-11; add “?” when it is uncertain."),
    )
    derived_from = StringField(
        _("Repeats this source"),
        [Optional(), Length(max=200), Readable()],
        description=_("The key of its origin. Whatever repeats one origin counts once."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    derived_basis = StringField(
        _("How we know that it repeats it"), LINE, description=_("For example: it names the other.")
    )
    original_publisher = StringField(_("Original publisher"), LINE)
    lineage = SelectField(_("Own reporting or reprint"), choices=[], default=Lineage.UNKNOWN)
    reliability = SelectField(
        _("Reliability of the source"),
        choices=[],
        description=_("The Admiralty letters: A is completely reliable, F cannot be judged."),
    )
    credibility = SelectField(
        _("Credibility of the information"),
        choices=[],
        description=_("The Admiralty figures: 1 is confirmed by others, 6 cannot be judged."),
    )
    confidential = BooleanField(_("Confidential: never printed in an appendix for outsiders"))
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE), Readable()])
    repeat = BooleanField(_("It is another document at an address that is on record already"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the lists in the language of the page."""
        super().__init__(*args, **kwargs)
        blank = ("", "—")
        self.kind.choices = [(one.value, label(one)) for one in SourceKind]
        self.tier.choices = [(one.value, label(one)) for one in Tier]
        self.lineage.choices = [(one.value, label(one)) for one in Lineage]
        self.reliability.choices = [blank, *((one.value, label(one)) for one in Reliability)]
        self.credibility.choices = [blank, *((str(one), str(one)) for one in range(1, 7))]

    @classmethod
    def of(cls, source: Source) -> "SourceForm":
        """The form of a source as it is now."""
        return cls(formdata=None, version=str(source.version), **shown(source))

    def facts(self, session: Session, source: Source | None = None) -> Facts:
        """What the person stated; raise Missing (field ``derived_from``) for an unknown origin."""
        note = {**((source.note if source is not None else None) or {})}
        note[language()] = (self.note.data or "").strip()
        reliability, credibility = self.reliability.data, self.credibility.data
        stated: Facts = {
            "kind": SourceKind(self.kind.data),
            "tier": Tier(self.tier.data),
            "lineage": Lineage(self.lineage.data),
            "reliability": Reliability(reliability) if reliability else None,
            "credibility": int(credibility) if credibility else None,
            "confidential": bool(self.confidential.data),
            "note": {tongue: text for tongue, text in note.items() if text} or None,
            "derived_from": self._origin(session),
        }
        for name in PLAIN:
            stated[name] = self[name].data or None  # type: ignore[literal-required]
        return stated

    def _origin(self, session: Session) -> Source | None:
        key = (self.derived_from.data or "").strip()
        return find(session, key, field="derived_from") if key else None


class SnapshotForm(DeskForm):
    """A file that shows what a source said."""

    file = FileField(
        _("File"),
        description=_("At most 20 MB. Its SHA-256 is noted; it can never be changed afterwards."),
    )
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
        "note": (source.note or {}).get(language(), ""),
        "derived_from": source.derived_from.key if source.derived_from else "",
    }


def differing(form: SourceForm, source: Source) -> list[dict[str, str]]:
    """The fields in which what was typed differs from what is saved now."""
    saved = shown(source)
    rows = []
    for name, theirs in saved.items():
        if (form[name].data or "") != (theirs or ""):
            words = theirs if isinstance(theirs, str) else str(_("yes") if theirs else _("no"))
            rows.append({"name": name, "theirs": _chosen(form, name, words)})
    return rows


def _chosen(form: SourceForm, name: str, value: str) -> str:
    """A value of a list by its word."""
    choices = dict(getattr(form[name], "choices", None) or ())
    return str(choices.get(value, value))
