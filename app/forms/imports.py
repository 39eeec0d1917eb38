"""The forms of an import: choosing a file, and saying what is done with each of its entries."""

from collections.abc import Mapping

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import Optional

from app.forms.base import DeskForm
from sources.errors import TooLarge
from sources.exchange.formats import FORMS, Format, text_of
from sources.exchange.incoming import Choice

LARGEST = 1_000_000
"""Bytes of a file the page takes: its text goes to the browser and back."""
MOST = 500
"""Entries the page shows; a longer file is for the command line."""


class ImportForm(DeskForm):
    """A file of BibTeX, RIS or CSL-JSON; then its text, with what was ticked for each entry."""

    keeps = False

    file = FileField(
        _("File"),
        description=_("BibTeX, RIS or CSL-JSON in UTF-8, at most 1 MB and 500 entries."),
    )
    format = SelectField(
        _("Format"),
        [Optional()],
        choices=lambda: [
            SelectChoice("", str(_("as the file shows"))),
            *(SelectChoice(one.value, FORMS[one].name) for one in Format),
        ],
        default="",
    )
    text = HiddenField()

    @property
    def stated(self) -> Format | None:
        """The form of the file, where it was said."""
        return Format(self.format.data) if self.format.data else None

    def handed_over(self) -> str:
        """The file's text; raise what the reader of files raises at ``file``."""
        data = b""
        if getattr(self.file.data, "filename", None):
            data = self.file.data.read()
            self.file.data.close()
        if len(data) > LARGEST:
            raise too_large()
        return text_of(data)

    @property
    def choices(self) -> Mapping[int, Choice]:
        """What was ticked: ``3-fill`` fills the gaps of the fourth entry's source."""
        found: dict[int, Choice] = {}
        for ticked in request.form.getlist("choice"):
            place, _dash, choice = ticked.partition("-")
            if place.isdecimal() and len(place) < 6 and choice in set(Choice):  # noqa: PLR2004 - digits
                found[int(place)] = Choice(choice)
        return found


def too_large() -> TooLarge:
    """The refusal of a file that only the command line takes."""
    return TooLarge(
        "import_page",
        {
            "zh": "这个页面最多读入 1 MB、500 个条目。更大的文件请用 manage.py source import。",
            "en": "This page takes 1 MB and 500 entries at most. "
            "For larger files use manage.py source import.",
        },
        "file",
    )
