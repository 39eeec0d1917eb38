"""The form by which an article is taken in: its text, a file, or an address where it stands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, cast

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.forms.base import DeskForm, Readable
from claims.errors import DeskError
from claims.intake import DAY, LONGEST_TITLE
from claims.manuscript import Manuscript, from_address, from_file, from_paste
from claims.periods import PeriodError, read_period
from claims.text import ENCODINGS
from sources.documents.kinds import ENDINGS, SERVED
from sources.fetching import Fetcher
from sources.urls import LONGEST

LANGUAGES = {
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "en": "English",
    "ja": "日本語",
    "ko": "한국어",
}


class Way(StrEnum):
    """How the text comes."""

    PASTE = "paste"
    FILE = "file"
    ADDRESS = "address"


class ArticleForm(DeskForm):
    """A text, pasted, as a file or at an address, and what is known about it."""

    way = RadioField(
        _("How the text comes"),
        choices=[
            SelectChoice(Way.PASTE.value, cast("str", _("Paste the text"))),
            SelectChoice(Way.FILE.value, cast("str", _("Upload a file"))),
            SelectChoice(Way.ADDRESS.value, cast("str", _("Fetch an address"))),
        ],
        default=Way.PASTE.value,
        validate_choice=False,
    )
    text = TextAreaField(
        _("Text"),
        description=_("The whole text, at most 2 MB. Every number in it is listed when you save."),
    )
    file = FileField(
        _("File"),
        description=_(
            "Word (.docx) or PDF of at most 20 MB, a web page (.html) of at most 5 MB, "
            ".txt or .md of at most 2 MB."
        ),
        render_kw={"accept": ",".join([*ENDINGS, *SERVED])},
    )
    address = StringField(
        _("Address"),
        [Optional(), Length(max=LONGEST)],
        description=_(
            "Of a page, PDF or text anybody can read without signing in, as in "
            "https://example.org/news. It is fetched once, now, at most 20 MB."
        ),
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
    encoding = SelectField(
        _("Encoding of the file"),
        choices=[
            SelectChoice("", cast("str", _("UTF-8, or as the file says"))),
            *(SelectChoice(name, name.upper()) for name in ENCODINGS[1:]),
        ],
        default="",
        description=_("Named by you, never guessed. Word and PDF need none."),
    )
    title = StringField(
        _("Title"),
        [
            Optional(),
            Length(max=LONGEST_TITLE, message=_("A title has at most %(max)d characters.")),
            Readable(),
        ],
        description=_("Left empty, the document's own title is taken, or the first line."),
    )
    language = SelectField(
        _("Language"),
        choices=[
            SelectChoice("", cast("str", _("As the text shows"))),
            *(SelectChoice(tag, name) for tag, name in LANGUAGES.items()),
        ],
        default="",
    )
    published = StringField(
        _("Published or planned"),
        [Optional()],
        description=_("As 2025-02-24. “Last year” in the text is counted from it."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "placeholder": "YYYY-MM-DD"},
    )

    def validate_text(self, field: Any) -> None:
        """Want a text where one is to be pasted."""
        if self.chosen is Way.PASTE and not (field.data or "").strip():
            raise ValidationError(_("Paste the text, or choose another way above."))

    def validate_file(self, _field: Any) -> None:
        """Want a file where one is to be uploaded."""
        if self.chosen is Way.FILE and self.upload is None:
            raise ValidationError(_("Choose a file."))

    def validate_address(self, field: Any) -> None:
        """Want an address where one is to be fetched."""
        if self.chosen is Way.ADDRESS and not (field.data or "").strip():
            raise ValidationError(_("Type the address of the page."))

    def validate_published(self, field: Any) -> None:
        """Want a year, month or day that the calendar has."""
        try:
            known = DAY.fullmatch(field.data.strip()) and read_period(field.data.strip())
        except PeriodError:
            known = None
        if not known:
            raise ValidationError(_("Write a day as 2025-02-24, a month as 2025-02."))

    @property
    def chosen(self) -> Way:
        """The way that was chosen, or the only one in which anything came."""
        filled = {
            Way.PASTE: bool((self.text.data or "").strip()),
            Way.FILE: self.upload is not None,
            Way.ADDRESS: bool((self.address.data or "").strip()),
        }
        wanted = next((way for way in Way if way.value == self.way.data), Way.PASTE)
        came = [way for way, full in filled.items() if full]
        return came[0] if len(came) == 1 else wanted

    @property
    def upload(self) -> FileStorage | None:
        """The uploaded file, or None: browsers send an empty one when nothing was chosen."""
        chosen = self.file.data
        return chosen if isinstance(chosen, FileStorage) and chosen.filename else None


@dataclass(frozen=True, slots=True)
class Handed:
    """A form with what it brought: a manuscript, or the reason why there is none."""

    form: ArticleForm
    found: Manuscript | None
    problem: DeskError | None

    @classmethod
    def read(cls, form: ArticleForm, fetcher: Fetcher) -> Self:
        """Read what a form brings, where the form itself is in order."""
        if not form.validate_on_submit():
            return cls(form, None, None)
        try:
            return cls(form, _manuscript(form, fetcher), None)
        except DeskError as problem:
            return cls(form, None, problem)

    @property
    def manuscript(self) -> Manuscript:
        """The manuscript; raises why there is none."""
        if self.problem is not None:
            raise self.problem
        if self.found is None:
            message = "a form that is not in order brings nothing"
            raise LookupError(message)
        return self.found


def _manuscript(form: ArticleForm, fetcher: Fetcher) -> Manuscript:
    encoding = form.encoding.data or None
    upload = form.upload
    if form.chosen is Way.ADDRESS:
        return from_address(fetcher, form.address.data or "", encoding)
    if form.chosen is Way.FILE and upload is not None:
        return from_file(upload.read(), upload.filename, encoding)
    return from_paste(form.text.data or "")
