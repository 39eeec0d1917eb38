"""What the words chosen in a copy say to a claim, told before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.forms.evidence import PassageForm
from app.forms.placed import span_or_none, span_text
from app.forms.texts import as_words
from app.i18n import language
from claims.errors import DeskError
from claims.evidence_places import Settled
from claims.figures import ObservationStatus
from claims.fitting import Compared, compared, fitting
from claims.models import Claim, Evidence, Figure
from claims.passage_figures import PassageFigure, matching
from claims.policy import current_policy
from claims.selections import Copy, Selected, select
from claims.source_figures import read_source_period
from claims.typed_figures import TypedFigure
from sources.quotes import Span

AROUND = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several places of a quote, with the words around it."""

    place: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found: the passage, or places to choose from; its figures; what they answer.

    ``differs`` says that the passage states figures and none of them is the typed one; ``problem``
    why a typed figure cannot be read. ``fill`` is what the fields are to hold.
    """

    asked: bool = False
    selected: Selected | None = None
    several: Sequence[Candidate] = ()
    figure: PassageFigure | None = None
    compared: Sequence[Compared] = ()
    differs: bool = False
    problem: str | None = None
    fill: dict[str, str] = field(default_factory=dict)

    @property
    def others(self) -> list[PassageFigure]:
        """The figures of the passage that were not taken."""
        found = self.selected.figures if self.selected else ()
        return [one for one in found if one is not self.figure]


def reading(form: PassageForm, claim: Claim, item: Evidence | None, copy: Copy | None) -> Reading:
    """Read what a form says of a copy, and set its figure against those of the claim."""
    problem = _take_selection(form, copy)
    settled = form.settled_in(copy) if problem is None else Settled()
    selected, claimed = settled.selected, _claimed(form, claim)
    typed, read, answers = bool((form.figure.data or "").strip()), None, list[Compared]()
    try:
        read = _figure(form, claim, item, selected, claimed)
        given = read.figure if read else form.figure_given(claim, item, None)
        if given is not None:
            same = bool(form.same_scope.data)
            answers = compared(_about(form, given), claimed, current_policy(), same_scope=same)
    except DeskError as error:
        problem = problem or error.message.get(language())
    return Reading(
        asked=bool(copy and (form.quote_typed or form.cell_typed)),
        selected=selected,
        several=[_candidate(copy, span) for span in settled.several] if copy else (),
        figure=read,
        compared=answers,
        differs=bool(typed and read is None and selected and selected.figures),
        problem=problem,
        fill=_fill(form, selected, read),
    )


def _take_selection(form: PassageForm, copy: Copy | None) -> str | None:
    """Quote what was marked in the text, where only its place was sent; say why that is none."""
    place = span_or_none(form.place.data)
    if copy is None or place is None or form.quote_typed:
        return None
    try:
        found = select(copy, *place)
    except DeskError as problem:
        return problem.message.get(language())
    form.quote.data, form.place.data = found.quote, span_text(found.span)
    return None


def _claimed(form: PassageForm, claim: Claim) -> list[Figure]:
    """The figures that the passage is said to speak to, else all of the claim."""
    chosen = set(form.addresses.data or ())
    return [one for one in claim.figures if one.id in chosen] or list(claim.figures)


def _figure(
    form: PassageForm,
    claim: Claim,
    item: Evidence | None,
    selected: Selected | None,
    claimed: Sequence[Figure],
) -> PassageFigure | None:
    """The figure that is meant: the one whose words or number the field holds, else what fits.

    Raises Refused for a typed figure that cannot be read.
    """
    if selected is None:
        return None
    if not (form.figure.data or "").strip():
        hint = span_or_none(form.figure_place.data)
        meant = next((one for one in selected.figures if one.span == hint), None)
        return meant or fitting(selected.figures, claimed, current_policy())
    found = form.figure_found(selected)
    if found is not None:
        return found
    typed = form.figure_given(claim, item, None)
    return next(iter(matching(selected.figures, typed)), None) if typed else None


def _about(form: PassageForm, given: TypedFigure) -> TypedFigure:
    """A figure with the period and the basis that the form gives it."""
    return replace(
        given,
        period=read_source_period(form.period.data) or given.period,
        basis=as_words(form.basis.data) or given.basis,
        observation_status=form.observation_status.data or given.observation_status,
    )


def _candidate(copy: Copy, span: Span) -> Candidate:
    start, stop = span
    return Candidate(
        span_text(span),
        copy.text[max(0, start - AROUND) : start],
        copy.text[start:stop],
        copy.text[stop : stop + AROUND],
    )


def _fill(
    form: PassageForm, selected: Selected | None, read: PassageFigure | None
) -> dict[str, str]:
    """Fill the form with what was found, and return it by field; what was typed is kept.

    A field that the passage says nothing about is not touched. A typed figure of which the person
    is told that the passage states another is noted, so that saving asks no second time.
    """
    found: dict[str, Any] = {"place": "", "figure_place": ""}
    if selected is not None:
        found |= {"place": span_text(selected.span), "quote": selected.quote}
    if selected is not None and selected.locator_kind is not None:
        found |= {"locator_kind": selected.locator_kind, "locator": selected.locator}
    if read is not None:
        found |= {
            "figure": " ".join(read.figure.text.split()),
            "figure_place": span_text(read.span),
        }
        found |= _said_of(form, read.figure)
    else:
        # One that was read in another passage was sent empty, and does not stay beside this one.
        found["figure"] = found["known_to_differ"] = form.figure.data or ""
    for name, value in found.items():
        form[name].data = value
    return {name: str(value) for name, value in found.items()}


def _said_of(form: PassageForm, figure: TypedFigure) -> dict[str, Any]:
    """The period and the firmness that the passage gives a figure, where the form gives none."""
    said: dict[str, Any] = {}
    if figure.period and not (form.period.data or "").strip():
        said["period"] = figure.period
    firm = form.observation_status.data in {None, ObservationStatus.NORMAL}
    if firm and figure.observation_status is not ObservationStatus.NORMAL:
        said["observation_status"] = figure.observation_status
    return said
