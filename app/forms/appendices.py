"""The form that issues an appendix."""

from typing import cast

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from app.exports import FORMATS
from app.forms.base import DeskForm

NAMES = {
    "html": _("HTML, one file"),
    "md": _("Markdown"),
    "csv": _("CSV, one row per figure"),
    "json": _("JSON, the whole content"),
}


class AppendixForm(DeskForm):
    """Which file format to issue."""

    format = RadioField(
        _("File format"),
        choices=[SelectChoice(value=name, label=cast("str", NAMES[name])) for name in FORMATS],
        default="html",
    )
