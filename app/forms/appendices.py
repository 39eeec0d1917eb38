"""The options of an appendix in the address of its preview, and the form that issues it."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.exports import FORMATS
from app.filters import label
from app.forms.base import DeskForm
from app.forms.choices import CheckboxListField, choices_of
from claims.errors import Refused
from claims.models import ArticleVersion
from claims.vocabulary import Profile
from sources.citation_styles import NAMES as STYLE_NAMES
from sources.citation_styles import Style

TONGUES = {"zh": "中文", "en": "English", "both": "中文 + English"}
FORMAT_NAMES = {
    "html": _("HTML, one file that checks itself"),
    "pdf": _("PDF, to print and to file"),
    "docx": _("Word document"),
    "xlsx": _("Excel workbook"),
    "md": _("Markdown"),
    "csv": _("CSV, one row per figure"),
    "sheet": _("CSV with the columns of a fact-check sheet"),
    "claimreview": _("ClaimReview, for search engines"),
    "json": _("JSON, the whole content"),
}
LONGEST = 40
UNKNOWN = {
    "zh": "附录没有这样的选项。",
    "en": "An appendix has no such option.",
}


def format_name(name: str) -> str:
    """What a person calls a format."""
    return str(FORMAT_NAMES.get(name, name))


class OptionsForm(Form):
    """What the preview is asked for: it stands in the address, so that it can be handed on."""

    profile = RadioField(_("Who it is for"))
    language = RadioField(_("Language"), choices=[SelectChoice(*one) for one in TONGUES.items()])
    version = SelectField(_("Version of the article"))
    style = SelectField(
        _("Citation style"),
        choices=[SelectChoice(style.value, name) for style, name in STYLE_NAMES.items()],
    )
    as_of = StringField(
        _("As of"),
        description=_("A moment like 2026-11-24 18:00, or a ledger number. Empty: now."),
        render_kw={"maxlength": LONGEST, "autocomplete": "off"},
    )

    def offer(self, versions: Sequence[ArticleVersion], newest: str) -> None:
        """Fill the lists whose members are known only now; ``newest`` names the first choice."""
        self.profile.choices = choices_of(Profile)
        self.version.choices = [
            SelectChoice("", newest),
            *(SelectChoice(str(one.number), f"v{one.number}") for one in versions),
        ]


class IssueForm(DeskForm):
    """Issuing what was previewed: its options as they were, and the formats to make at once."""

    profile = HiddenField()
    language = HiddenField()
    version_number = HiddenField()
    style = HiddenField()
    as_of = HiddenField()
    seen = HiddenField()
    """The root of what was previewed: something else is not issued unseen."""
    formats = CheckboxListField(
        _("Files"),
        validators=[InputRequired(_("Choose at least one file format."))],
    )

    def offer(self, chosen: Sequence[str] = ()) -> None:
        """List the formats there are; ``chosen`` are ticked."""
        self.formats.choices = [SelectChoice(name, format_name(name)) for name in FORMATS]
        if chosen and not self.is_submitted():
            self.formats.data = list(chosen)


class FileForm(DeskForm):
    """Making one more file of an issue."""

    format = HiddenField()


def member(asked: Mapping[str, str], name: str, known: Sequence[str], default: str) -> str:
    """Return an option out of its closed list; raise Refused for any other word."""
    text = asked.get(name) or default
    if text not in known:
        raise Refused("no_such_option", UNKNOWN, name)
    return text


def version_number(text: str | None) -> int | None:
    """Return the number of the version asked for, None for the newest; raise Refused."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - fits the column
        raise Refused("no_such_option", UNKNOWN, "version")
    return int(text)


def style_of(asked: Mapping[str, str], default: Style) -> Style:
    """Return the citation style asked for; raise Refused."""
    return Style(member(asked, "style", list(Style), default.value))


def label_of(profile: Profile) -> str:
    """What a person calls a profile."""
    return label(profile)
