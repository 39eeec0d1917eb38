"""The form by which an article is taken in: its text, or the file it stands in."""

from typing import Any, cast

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.forms.base import DeskForm, Readable
from claims.intake import DAY, LONGEST_TITLE
from claims.periods import PeriodError, read_period
from claims.text import ENCODINGS

LANGUAGES = {
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "en": "English",
    "ja": "日本語",
    "ko": "한국어",
}
EXTENSIONS = {".txt": "text/plain", ".md": "text/markdown"}


def media_type(name: str) -> str | None:
    """Return the media type of a file name this desk reads, else None."""
    return next((kind for end, kind in EXTENSIONS.items() if name.lower().endswith(end)), None)


class ArticleForm(DeskForm):
    """A text, pasted or as a file, and what is known about it."""

    text = TextAreaField(
        _("Text"),
        description=_("Paste the whole text. Every number in it is listed when you save."),
    )
    file = FileField(
        _("Or a file"),
        description=_("A .txt or .md file of at most 2 MB."),
        render_kw={"accept": ".txt,.md,text/plain,text/markdown"},
    )
    encoding = SelectField(
        _("Encoding of the file"),
        choices=[
            SelectChoice("", cast("str", _("UTF-8, or as the file says"))),
            *(SelectChoice(name, name.upper()) for name in ENCODINGS[1:]),
        ],
        default="",
        description=_("Named by you, never guessed."),
    )
    title = StringField(
        _("Title"),
        [
            Optional(),
            Length(max=LONGEST_TITLE, message=_("A title has at most %(max)d characters.")),
            Readable(),
        ],
        description=_("Left empty, the first line of the text is taken."),
    )
    language = SelectField(
        _("Language"),
        [InputRequired()],
        choices=[SelectChoice(tag, name) for tag, name in LANGUAGES.items()],
        default="zh-Hans",
    )
    published = StringField(
        _("Published or planned"),
        [Optional()],
        description=_("As 2025-02-24. “Last year” in the text is counted from it."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "placeholder": "YYYY-MM-DD"},
    )

    def validate_text(self, field: Any) -> None:
        """Want either a text or a file, not both and not neither."""
        given = bool((field.data or "").strip())
        if given and self.upload is not None:
            raise ValidationError(_("Paste a text or choose a file, not both."))
        if not given and self.upload is None:
            raise ValidationError(_("Paste the text, or choose a file below."))

    def validate_file(self, _field: Any) -> None:
        """Refuse files this desk does not read."""
        if self.upload is not None and media_type(self.upload.filename or "") is None:
            raise ValidationError(_("Only .txt and .md files are read."))

    def validate_published(self, field: Any) -> None:
        """Want a year, month or day that the calendar has."""
        try:
            known = DAY.fullmatch(field.data.strip()) and read_period(field.data.strip())
        except PeriodError:
            known = None
        if not known:
            raise ValidationError(_("Write a day as 2025-02-24, a month as 2025-02."))

    @property
    def upload(self) -> FileStorage | None:
        """The uploaded file, or None: browsers send an empty one when nothing was chosen."""
        chosen = self.file.data
        return chosen if isinstance(chosen, FileStorage) and chosen.filename else None
