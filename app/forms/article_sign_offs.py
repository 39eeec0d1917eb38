"""The forms by which an article is signed, published unfinished, or its places confirmed."""

from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from app.filters import words_text
from app.forms.base import DeskForm, Readable
from app.forms.choices import CheckboxListField
from claims.article_gate import STATE_WORDS, ArticleState

LONGEST = 10_000


class ArticleSignOffForm(DeskForm):
    """Signing the article in the state whose hash the form carries."""

    state_sha256 = HiddenField()


class EmergencyForm(DeskForm):
    """Publishing an unfinished article: a reason, and the knowledge that it stays on record."""

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


class PlacesForm(DeskForm):
    """Confirming that claims stand where they were found again."""

    places = CheckboxListField(_("Claims whose place is right"), coerce=int)

    def offer(self, state: ArticleState) -> Self:
        """Offer the claims whose place waits for a person."""
        self.places.choices = [
            SelectChoice(
                str(claim.number),
                f"C-{claim.number:02d} · {words_text(STATE_WORDS[anchor.state])} · {anchor.exact}",
            )
            for claim, anchor in state.unconfirmed
        ]
        return self
