"""The form of an assessment: a status per figure, its reasons, and what happens to the sentence."""

import uuid
from typing import Any, cast

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.filters import words_text
from app.forms.base import DeskForm, Readable
from app.forms.choices import choices_of, member_or_none
from app.forms.texts import reworded
from claims.assessments import Verdict, material_figures
from claims.material import assessment_in_force
from claims.models import Claim, Figure
from claims.status import ASSIGNABLE, VerificationStatus
from claims.vocabulary import Disposition

PREFIX = "figure_"
LONGEST = 10_000


class AssessmentForm(DeskForm):
    """What a checker concludes; a field for each figure is added by :func:`form_class`."""

    whole: RadioField | None = None
    lowered_to = SelectField(
        _("Lower the result to"),
        [Optional()],
        choices=lambda: choices_of(ASSIGNABLE, gettext("Leave it as the figures give it")),
        coerce=member_or_none(VerificationStatus),
        description=_("Graver is your right, with the reason below; better never is."),
    )
    reasoning = TextAreaField(
        _("Reasoning"),
        [InputRequired(_("Say what the conclusion rests on.")), Length(max=LONGEST), Readable()],
        description=_("For the second reader and the public: basis, period, size of the gap."),
    )
    disposition = RadioField(
        _("What happens to the sentence"),
        [InputRequired(_("Decide what happens to the sentence."))],
        choices=lambda: choices_of(Disposition),
        coerce=Disposition,
    )
    proposed_wording = TextAreaField(
        _("Proposed wording"),
        [Optional(), Length(max=LONGEST), Readable()],
        description=_("Needed when the sentence is to be corrected."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a status for a figure this claim does not have, besides the usual checks."""
        sound: bool = super().validate(extra_validators)  # type: ignore[no-untyped-call]
        known = set(self._fields)
        if any(name.startswith(PREFIX) and name not in known for name in request.form):
            self.form_errors.append(gettext("figure: it belongs to another claim."))
            return False
        return sound

    @property
    def figure_fields(self) -> dict[uuid.UUID, RadioField]:
        """The fields of the figures by the figures' identifiers."""
        return {
            uuid.UUID(name.removeprefix(PREFIX)): field
            for name, field in self._fields.items()
            if name.startswith(PREFIX)
        }

    def verdict(self, claim: Claim) -> Verdict:
        """Return what was concluded as the domain takes it."""
        known = assessment_in_force(claim)
        reasoning = known.reasoning if known else None
        return Verdict(
            reasoning=reworded(reasoning, words_text(reasoning), self.reasoning.data) or {},
            disposition=self.disposition.data,
            figures={key: field.data for key, field in self.figure_fields.items() if field.data},
            whole=self.whole.data if self.whole is not None else None,
            lowered_to=self.lowered_to.data,
            proposed_wording=(self.proposed_wording.data or "").strip() or None,
        )


def form_class(claim: Claim) -> type[AssessmentForm]:
    """Return the form with one field for each figure, or one for a claim without any."""
    fields = {f"{PREFIX}{figure.id.hex}": _status_field(figure) for figure in claim.figures}
    if not material_figures(claim):
        fields["whole"] = RadioField(
            _("What the evidence says"),
            [InputRequired(_("Choose a status."))],
            choices=lambda: choices_of(ASSIGNABLE),
            coerce=VerificationStatus,
        )
    return cast("type[AssessmentForm]", type("AssessmentForm", (AssessmentForm,), fields))


def form_of(claim: Claim, *, judged: bool = False) -> AssessmentForm:
    """Return the form of a claim as it is assessed now; no status is chosen beforehand.

    ``judged`` fills in the statuses too, so that two conclusions can be held against each other.
    """
    known = assessment_in_force(claim)
    return form_class(claim)(
        formdata=None,
        data=_statuses(claim) if judged else None,
        version=str(claim.version),
        reasoning=words_text(known.reasoning) if known else None,
        disposition=claim.disposition,
        proposed_wording=claim.proposed_wording,
    )


def _statuses(claim: Claim) -> dict[str, Any]:
    """What is concluded now, figure by figure and as a whole."""
    known = assessment_in_force(claim)
    lowered = known is not None and known.lowered_from is not None
    return {
        **{f"{PREFIX}{row.id.hex}": row.verification_status for row in claim.figures},
        "whole": claim.verification_status,
        "lowered_to": claim.verification_status if lowered else None,
    }


def _status_field(figure: Figure) -> RadioField:
    """Offer the statuses for one figure; an unanswered figure keeps the one it has."""
    unanswered = figure.material and figure.verification_status is VerificationStatus.UNCHECKED
    wanted = InputRequired(_("Choose a status.")) if unanswered else Optional()
    return RadioField(
        figure.stated_text,
        [wanted],
        choices=lambda: choices_of(ASSIGNABLE),
        coerce=member_or_none(VerificationStatus),
    )
