"""The forms of an import: choosing a file, and saying what is done with each of its entries."""

import re
import uuid
from collections.abc import Mapping

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import Optional

from app.forms.base import DeskForm
from sources.errors import TooLarge
from sources.exchange.formats import FORMS, Format, text_of
from sources.exchange.incoming import Choice, Incoming, Seen

LARGEST = 1_000_000
"""Bytes of a file the page takes: its text goes to the browser and back."""
TICKED = re.compile(rf"[0-9]{{1,5}}-(?:{'|'.join(Choice)})(?:-|$)")
COMPARED = re.compile(r"([0-9a-f]{32})\.([0-9]{1,9})")
MOST = 500
"""Entries the page shows; a longer file is for the command line."""


class ImportForm(DeskForm):
    """A file of BibTeX, RIS or CSL-JSON; then its text, with what was ticked for each entry."""

    keeps = False

    file = FileField(
        _("File"),
        description=_("BibTeX, RIS or CSL-JSON in UTF-8, at most 1 MB and 500 entries."),
        render_kw={"data-most": str(LARGEST // 1_000_000)},
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
        found = {}
        for ticked in self.ticked():
            place, choice, *_seen = ticked.split("-", 2)
            found[int(place)] = Choice(choice)
        return found

    @property
    def seen(self) -> Mapping[int, Seen]:
        """What the ticked entries were compared with: ``3-fill-<key in hexadecimal>.7``."""
        found = {}
        for ticked in self.ticked():
            place, _choice, *told = ticked.split("-", 2)
            compared = COMPARED.fullmatch(told[0]) if told else None
            if compared is not None:
                found[int(place)] = uuid.UUID(hex=compared[1]), int(compared[2])
        return found

    @staticmethod
    def ticked() -> list[str]:
        """The boxes that were ticked, as the page wrote them; what it never wrote is left out."""
        return [text for text in request.form.getlist("choice") if TICKED.match(text)]

    @staticmethod
    def box(place: int, choice: str, one: Incoming) -> str:
        """What a box says: the entry's place, what is done with it, and what it was compared with.

        A source that is another by now has another box, which nobody has ticked.
        """
        if one.seen is None:
            return f"{place}-{choice}"
        key, version = one.seen
        return f"{place}-{choice}-{key.hex}.{version}"


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
