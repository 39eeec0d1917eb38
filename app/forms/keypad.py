"""The keypad of the claim card: one status, its reason, and what becomes of the sentence."""

import uuid
from collections.abc import Sequence
from typing import Self

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.filters import words_text
from app.forms.assessments import LONGEST, PREFIX
from app.forms.base import DeskForm, Readable
from app.forms.choices import choices_of, member_or_none
from app.forms.texts import as_words
from claims.agreement import agreed_reason
from claims.assessments import Verdict, material_figures
from claims.errors import Refused
from claims.material import assessment_in_force
from claims.models import Claim, Evidence, Figure
from claims.queries.card import CardFigure
from claims.readiness import WITHOUT_EVIDENCE
from claims.status import ASSIGNABLE, VerificationStatus, fold, may_lower
from claims.vocabulary import Disposition

KEYS = (
    VerificationStatus.SUPPORTED,
    VerificationStatus.MISLEADING,
    VerificationStatus.CONFLICTING,
    VerificationStatus.REFUTED,
    VerificationStatus.NOT_ENOUGH_EVIDENCE,
    VerificationStatus.OUTDATED,
    VerificationStatus.NOT_CHECKABLE,
)
"""The statuses in the order of their keys, 1 to 7."""
ALL, REST = "all", "rest"


class KeypadForm(DeskForm):
    """What the keypad sends. It speaks of one figure, of those not judged yet, or of all."""

    part = RadioField(_("About"), [Optional()], choices=[], validate_choice=False)
    status = RadioField(
        _("What does the evidence say?"),
        [InputRequired(_("Choose a status."))],
        choices=lambda: choices_of(KEYS),
        coerce=member_or_none(VerificationStatus),
    )
    reasoning = TextAreaField(_("Reasoning"), [Optional(), Length(max=LONGEST), Readable()])
    disposition = SelectField(
        _("The sentence"),
        [Optional()],
        choices=lambda: choices_of(Disposition, gettext("decide later")),
        coerce=member_or_none(Disposition),
    )
    proposed_wording = TextAreaField(
        _("Proposed wording"), [Optional(), Length(max=LONGEST), Readable()]
    )

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """Return the keypad of a claim as it stands; no status is chosen beforehand."""
        form = cls(
            formdata=None,
            version=str(claim.version),
            proposed_wording=_wording(claim),
            kept_for=claim.id,
        )
        return form.offer(claim)

    @classmethod
    def standing(cls, claim: Claim) -> Self:
        """Return what the keypad would have sent for the claim as it stands, for a comparison."""
        known = assessment_in_force(claim)
        form = cls(
            formdata=None,
            version=str(claim.version),
            status=claim.verification_status,
            reasoning=words_text(known.reasoning) if known else None,
            disposition=claim.disposition,
            proposed_wording=_wording(claim),
        )
        return form.offer(claim)

    def offer(self, claim: Claim) -> Self:
        """Offer the parts of a claim: no question where its figures are one, or stand alike."""
        figures = material_figures(claim)
        rest = _unjudged(figures)
        choices = []
        if 0 < len(rest) < len(figures):
            choices.append(SelectChoice(REST, _left(len(rest))))
        choices += [
            SelectChoice(figure.id.hex, f"F{figure.number} {figure.stated_text}")
            for figure in figures
        ]
        choices.append(SelectChoice(ALL, _every(len(figures))))
        self.part.choices = choices if len(figures) > 1 else []
        if self.part.data is None and self.part.choices:
            self.part.data = self._beforehand(figures, rest)
        return self

    @staticmethod
    def _beforehand(figures: Sequence[Figure], rest: Sequence[Figure]) -> str | None:
        """Return what is meant untouched; nothing where that would overwrite what differs."""
        if len({figure.verification_status for figure in figures}) == 1:
            return ALL
        return REST if rest else None

    def figures(self, claim: Claim) -> list[Figure]:
        """Return the figures the status is for; raise Refused where that was not said."""
        figures = material_figures(claim)
        meant = {figure.id.hex: [figure] for figure in figures}
        meant |= {ALL: figures, REST: _unjudged(figures)}
        chosen = meant.get(self.part.data or "", [])
        if len(figures) < 2 and not self.part.data:  # noqa: PLR2004 - one figure is no choice
            return figures
        if not chosen:
            raise Refused(
                "part_missing",
                {
                    "zh": "这些数据的评定不同：请选择评定哪一个。",
                    "en": "The figures stand differently: say which of them you mean.",
                },
                "part",
            )
        return chosen

    def verdict(self, claim: Claim, suggested: Sequence[CardFigure]) -> Verdict:
        """Return what was concluded as the domain takes it.

        Left without a reason, "supported" is recorded with the rule's own, where the evidence
        bears the rule out (:mod:`claims.agreement`); the domain refuses any other silence.
        """
        figures = self.figures(claim)
        status: VerificationStatus = self.status.data
        judged = {figure.id: status for figure in figures}
        chosen = [one.suggestion for one in suggested if one.figure.id in judged]
        return Verdict(
            reasoning=as_words(self.reasoning.data) or agreed_reason(status, chosen) or {},
            disposition=self.disposition.data or _disposition(claim, judged, status),
            figures=judged,
            whole=None if material_figures(claim) else status,
            lowered_to=_still_lowered(claim, judged),
            proposed_wording=(self.proposed_wording.data or "").strip() or None,
        )

    def meant_fields(self, claim: Claim) -> dict[str, VerificationStatus]:
        """Return the fields of the full form that say the same, for when it takes over."""
        if not material_figures(claim):
            return {"whole": self.status.data}
        try:
            return {f"{PREFIX}{figure.id.hex}": self.status.data for figure in self.figures(claim)}
        except Refused:
            return {}


def usable(items: Sequence[Evidence]) -> tuple[VerificationStatus, ...]:
    """Return the statuses that can be given: without evidence only those that claim none."""
    return ASSIGNABLE if any(item.stands for item in items) else tuple(WITHOUT_EVIDENCE)


def _unjudged(figures: Sequence[Figure]) -> list[Figure]:
    return [row for row in figures if row.verification_status is VerificationStatus.UNCHECKED]


def _wording(claim: Claim) -> str | None:
    return claim.proposed_wording


def _left(count: int) -> str:
    return ngettext("%(num)d not judged yet", "%(num)d not judged yet", count)


def _every(count: int) -> str:
    return ngettext("all %(num)d figures", "all %(num)d figures", count)


def _folded(claim: Claim, judged: dict[uuid.UUID, VerificationStatus]) -> VerificationStatus:
    figures = material_figures(claim)
    return fold(judged.get(figure.id, figure.verification_status) for figure in figures)


def _disposition(
    claim: Claim, judged: dict[uuid.UUID, VerificationStatus], status: VerificationStatus
) -> Disposition | None:
    """Decide about the sentence where nobody said: what was decided stays with its conclusion.

    A claim that stands needs no decision: its sentence stays as it is. What had been decided on
    another conclusion is open again, and submission asks for it.
    """
    result = _folded(claim, judged) if judged else status
    if claim.disposition is not None and result is claim.verification_status:
        return claim.disposition
    return Disposition.STET if result is VerificationStatus.SUPPORTED else None


def _still_lowered(
    claim: Claim, judged: dict[uuid.UUID, VerificationStatus]
) -> VerificationStatus | None:
    """Keep a result that somebody lowered while only part of the figures is judged anew."""
    known = assessment_in_force(claim)
    whole = len(judged) == len(material_figures(claim))
    if known is None or known.lowered_from is None or whole:
        return None
    return known.status if may_lower(_folded(claim, judged), known.status) else None
