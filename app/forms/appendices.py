"""The options of an appendix in the address of its preview, and the form that issues it."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.exports import FORMATS
from app.forms.base import DeskForm
from app.forms.choices import CheckboxListField, choices_of
from app.i18n import language
from claims.models import ArticleVersion
from claims.vocabulary import Profile
from sources.citation_styles import NAMES as STYLE_NAMES

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
FIRST_FORMATS = ("html", "json")
LONGEST = 40


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

    def refuse(self, typed: str, problem: Mapping[str, str]) -> None:
        """Show what was typed as the moment, and what is wrong with it."""
        self.as_of.data = typed
        self.as_of.errors = (problem.get(language()) or problem["en"],)


class IssueForm(DeskForm):
    """Issuing what was previewed: its options as they were, and the formats to make at once.

    ``seen`` is the root of what was previewed: something else is not issued unseen.
    """

    profile = HiddenField()
    language = HiddenField()
    # The field of every form named so is the version of the row it was opened on.
    of_version = HiddenField()
    style = HiddenField()
    as_of = HiddenField()
    seen = HiddenField()
    formats = CheckboxListField(
        _("Files"),
        default=FIRST_FORMATS,
    )

    def validate_formats(self, field: CheckboxListField) -> None:
        """Ask for one at least; a browser that was told so would ask for every single box."""
        if not field.data:
            raise ValidationError(_("Choose at least one file format."))

    def offer_formats(self, names: Iterable[str] = FORMATS) -> None:
        """List the formats there are, or those of them that are named."""
        self.formats.choices = [SelectChoice(name, format_name(name)) for name in names]

    def offer(self, options: Mapping[str, str], root: str, formats: Iterable[str]) -> None:
        """Fill in what was previewed: the options as an address has them, and the root."""
        self.offer_formats(formats)
        for name, field in self._options.items():
            field.data = options[name]
        self.seen.data = root

    @property
    def options(self) -> dict[str, str]:
        """What was sent, by the names that the options have in an address."""
        return {name: field.data or "" for name, field in self._options.items()}

    @property
    def _options(self) -> dict[str, HiddenField]:
        return {
            "profile": self.profile,
            "language": self.language,
            "version": self.of_version,
            "style": self.style,
            "as_of": self.as_of,
        }


class FileForm(DeskForm):
    """Making one more file of an issue."""

    format = HiddenField()
