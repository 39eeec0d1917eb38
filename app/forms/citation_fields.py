"""The fields of a source that only its citation needs, each named after its CSL field."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from app.forms.base import DeskForm, Readable
from app.forms.choices import choices_of
from sources.csl_fields import FIELDS, LONGEST, LONGEST_NAMES, Fields, form_name
from sources.vocabulary import CslType

LINE = [Optional(), Length(max=LONGEST), Readable()]
PEOPLE = [Optional(), Length(max=LONGEST_NAMES), Readable()]


class CitationFields(DeskForm):
    """What a citation needs beyond what every source has."""

    csl_type = SelectField(
        _("Cited as"),
        choices=lambda: choices_of(CslType, str(_("as its kind is"))),
        default="",
    )
    csl_container_title = StringField(
        _("Stands in"), LINE, description=_("The journal, the newspaper, the book or the site.")
    )
    csl_volume = StringField(_("Volume"), LINE)
    csl_issue = StringField(_("Issue of the journal"), LINE)
    csl_page = StringField(_("Page numbers"), LINE)
    csl_edition = StringField(_("Edition"), LINE)
    csl_number = StringField(_("Number"), LINE, description=_("Of a report, a standard, a patent."))
    csl_collection_title = StringField(_("Series"), LINE)
    csl_publisher_place = StringField(_("Place of publication"), LINE)
    csl_genre = StringField(_("What sort of work"), LINE, description=_("As “PhD thesis”."))
    csl_medium = StringField(_("Medium"), LINE)
    csl_editor = StringField(_("Editors"), PEOPLE)
    csl_translator = StringField(_("Translators"), PEOPLE)
    csl_event_title = StringField(_("Event"), LINE)
    csl_event_place = StringField(_("Place of the event"), LINE)
    csl_archive = StringField(_("Archive"), LINE)
    csl_archive_location = StringField(_("Place in the archive"), LINE)
    csl_doi = StringField(_("DOI"), LINE)
    csl_isbn = StringField(_("ISBN"), LINE)
    csl_issn = StringField(_("ISSN"), LINE)
    csl_accessed = StringField(
        _("Looked at on"),
        LINE,
        description=_("Where no snapshot is kept; else the day of the newest snapshot is cited."),
    )

    @property
    def citation_errors(self) -> bool:
        """Whether one of these fields was refused, so that the page shows them open."""
        return any(self[form_name(name)].errors for name in FIELDS)

    @property
    def csl(self) -> Fields | None:
        """What was typed, by the names of CSL."""
        typed = {name: self[form_name(name)].data or "" for name in FIELDS}
        return {name: value for name, value in typed.items() if value} or None


def shown_fields(csl: Mapping[str, str] | None) -> dict[str, str]:
    """The fields as the form shows them."""
    return {form_name(name): (csl or {}).get(name, "") for name in FIELDS}
