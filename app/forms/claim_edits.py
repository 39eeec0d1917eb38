"""The form that puts right what a claim states, apart from its figures."""

from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.forms.base import DeskForm, Readable
from claims.claim_edits import LONGEST, ClaimFacts
from claims.models import Claim

TONGUES = {"zh": _("Statement in Chinese"), "en": _("Statement in English")}


class ClaimForm(DeskForm):
    """What a claim says; a field for each language is added by :func:`claim_form`."""

    kind = StringField(
        _("Kind"),
        [Optional(), Length(max=40), Readable()],
        description=_("For lists and filters: share, count, forecast, rank, event …"),
    )
    checkability = StringField(
        _("How it can be checked"), [Optional(), Length(max=LONGEST), Readable()]
    )
    where_to_check = StringField(_("Where to check"), [Optional(), Length(max=LONGEST), Readable()])

    @property
    def statements(self) -> list[Any]:
        """The fields of the statement, one for each language."""
        return [field for field in self if field.name.startswith("statement_")]

    def facts(self) -> ClaimFacts:
        """Return what was typed as the domain takes it."""
        return ClaimFacts(
            statement={
                field.name.removeprefix("statement_"): field.data or "" for field in self.statements
            },
            kind=self.kind.data or "",
            checkability=self.checkability.data,
            where_to_check=self.where_to_check.data,
        )


def claim_form(claim: Claim, *, fresh: bool = False) -> ClaimForm:
    """Return the form of a claim, filled with what it says unless it was sent."""
    tongue = claim.article.language.split("-", maxsplit=1)[0]
    fields = {
        f"statement_{name}": TextAreaField(
            TONGUES.get(name) or gettext("Statement (%(language)s)", language=name),
            [Optional(), Length(max=LONGEST), Readable()],
        )
        for name in dict.fromkeys([tongue, *claim.statement, *TONGUES])
    }
    made = cast("type[ClaimForm]", type("ClaimForm", (ClaimForm,), fields))
    data: dict[str, Any] = {f"statement_{name}": said for name, said in claim.statement.items()}
    data |= {name: getattr(claim, name) for name in ("kind", "checkability", "where_to_check")}
    return made(formdata=None, data=data | {"version": str(claim.version)}) if fresh else made()
