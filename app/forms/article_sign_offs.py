"""The forms by which an article is signed, or published unfinished."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms.base import DeskForm, Readable

LONGEST = 10_000


class ArticleSignOffForm(DeskForm):
    """Signing the article in the state whose hash the form carries."""

    shown = frozenset({"version", "state_sha256"})
    state_sha256 = HiddenField()


class EmergencyForm(DeskForm):
    """Publishing an unfinished article: a reason, and the knowledge that it stays on record."""

    shown = frozenset({"version", "state_sha256"})
    state_sha256 = HiddenField()
    reason = TextAreaField(
        _("Why it must go out now"),
        [InputRequired(_("Give the reason.")), Length(max=LONGEST), Readable()],
        description=_("It stands on the article, in the history and in every appendix."),
    )
    known = BooleanField(
        _("I know what is missing and answer for publishing it like this"),
        [InputRequired(_("Confirm that you know what is missing."))],
    )
