"""The forms of evidence: attaching a passage of a source, putting it right, withdrawing it."""

from enum import StrEnum
from typing import Any, Self

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.filters import words_text
from app.forms.base import DeskForm, Readable
from app.forms.brought import encoding_field, file_field
from app.forms.choices import CheckboxListField, choices_of, member_or_none, row_key
from app.forms.placed import PlacedFields, span_or_none, span_text
from app.forms.said import SaidFields, said_data
from app.forms.source_choices import origin_field, source_line
from app.forms.texts import reworded
from claims.evidence import Passage
from claims.evidence_places import Settled, figure_read, settle
from claims.figures import ObservationStatus
from claims.models import Claim, Evidence, Figure
from claims.passage_figures import PassageFigure
from claims.queries.choices import Offered
from claims.selections import Copy, Selected
from claims.source_figures import figure_meant, read_source_figure
from claims.typed_figures import TypedFigure
from claims.vocabulary import EvidenceKind, LocatorKind, Stance
from sources.models import Source
from sources.registry import LONGEST as LONGEST_LINE
from sources.urls import LONGEST as LONGEST_URL
from sources.vocabulary import SourceKind, Tier

LONGEST_TEXT = 10_000
LONGEST_FIGURE = 1_000
"""Longer than any figure: the domain then says what is wrong with one that is too long."""
LINE = [Optional(), Length(max=LONGEST_LINE), Readable()]
TEXT = [Optional(), Length(max=LONGEST_TEXT), Readable()]


class From(StrEnum):
    """Where a passage comes from."""

    KNOWN = "known"
    NEW = "new"
    PERSON = "person"


FROM_WORDS = {
    From.KNOWN: _("A source on the register"),
    From.NEW: _("A new source"),
    From.PERSON: _("Said to us: a call, an e-mail, a meeting"),
}


class PassageForm(PlacedFields, SaidFields, DeskForm):
    """What a source says, where in it, with which figure, and what that does to the claim."""

    source = SelectField(_("Source"), [Optional()], choices=[], validate_choice=False)
    quote = TextAreaField(
        _("Quoted passage"), TEXT, description=_("Word for word, in the language of the source.")
    )
    locator_kind = SelectField(
        _("Place in the source"),
        [Optional()],
        choices=lambda: choices_of(LocatorKind),
        coerce=member_or_none(LocatorKind),
    )
    locator = StringField(
        _("Which one"),
        LINE,
        description=_("For example 37, 2.1 or 12:40. Without quote and place it does not count."),
    )
    says = StringField(_("In short, it says"), [Optional(), Length(max=1000), Readable()])
    figure = StringField(
        _("Figure the source gives"),
        [Optional(), Length(max=LONGEST_FIGURE)],
        description=_("As printed: 4.6%, over 75%, 5–10, about 20 trillion KRW, 四分之三."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    period = StringField(
        _("Period of the figure"),
        [Optional(), Length(max=60), Readable()],
        description=_("2024, 2024-10, 2023/2024; 2015~ is about 2015."),
        render_kw={"autocomplete": "off"},
    )
    basis = StringField(
        _("Basis"), LINE, description=_("What is counted, and how: by revenue, adults, shipments.")
    )
    observation_status = SelectField(
        _("How firm the figure is"),
        [InputRequired()],
        choices=lambda: choices_of(ObservationStatus),
        coerce=ObservationStatus,
        default=ObservationStatus.NORMAL,
    )
    same_scope = BooleanField(
        _("It speaks of the same subject, measure and place as the claim's figure")
    )
    stance = RadioField(
        _("What it does to the claim"),
        [InputRequired(_("Say what it does to the claim."))],
        choices=lambda: choices_of(Stance),
        coerce=Stance,
    )
    addresses = CheckboxListField(
        _("Which figures it speaks to"),
        [Optional()],
        choices=[],
        coerce=row_key,
        validate_choice=False,
        description=_("None ticked means the claim as a whole."),
    )
    note = TextAreaField(
        _("Note"), TEXT, description=_("For colleagues. A note is no part of what is signed.")
    )
    file = file_field(_("File to keep as a snapshot"))
    encoding = encoding_field()

    def offer(self, claim: Claim, offered: Offered) -> Self:
        """Fill the lists with this claim's figures and some sources on the register."""
        self.addresses.choices = [
            SelectChoice(str(figure.id), figure.stated_text) for figure in claim.figures
        ]
        self.source.choices = [
            SelectChoice("", "—"),
            *(SelectChoice(row.key, source_line(row)) for row in offered.rows),
        ]
        return self

    @property
    def upload(self) -> FileStorage | None:
        """The uploaded file, or None: browsers send an empty one when nothing was chosen."""
        chosen = self.file.data
        return chosen if isinstance(chosen, FileStorage) and chosen.filename else None

    def passage(
        self, claim: Claim, source: Source | None, item: Evidence | None, settled: Settled
    ) -> Passage:
        """Return what was typed as the domain takes it; raise Refused for an unreadable figure.

        ``item`` is the row that is edited: languages of its texts that nobody touched are kept.
        ``settled`` is where the quote was found in the chosen copy, if it was.
        """
        says, note = (item.says, item.note) if item is not None else (None, None)
        selected = settled.selected
        read = self.figure_found(selected)
        return Passage(
            stance=self.stance.data,
            kind=EvidenceKind.SOURCE if source else EvidenceKind.PERSONAL_COMMUNICATION,
            source=source,
            quote=selected.quote if selected else self.quote_typed,
            locator_kind=self.locator_kind.data or (selected.locator_kind if selected else None),
            locator=self.locator.data or (selected.locator if selected else None),
            figure=self.figure_given(claim, item, read),
            addresses=self.addresses.data or (),
            says=reworded(says, words_text(says), self.says.data),
            note=reworded(note, words_text(note), self.note.data),
            place=selected.span if selected else None,
            figure_place=read.span if read else None,
            said=self.said(),
        )

    @property
    def quote_typed(self) -> str:
        """The quote with line ends as texts have them; browsers send others."""
        return (self.quote.data or "").replace("\r\n", "\n").replace("\r", "\n").strip()

    @property
    def cell_typed(self) -> str | None:
        """The address of a cell, where that is the kind of place."""
        return self.locator.data if self.locator_kind.data is LocatorKind.TABLE_CELL else None

    def settled_in(self, copy: Copy | None) -> Settled:
        """Find the quote, or the cell, in the text of a copy."""
        if copy is None:
            return Settled()
        return settle(copy, self.quote_typed, span_or_none(self.place.data), self.cell_typed)

    def figure_found(self, selected: Selected | None) -> PassageFigure | None:
        """Return the figure of the passage in whose words the field is filled."""
        typed, hint = self.figure.data or "", span_or_none(self.figure_place.data)
        return figure_read(selected, typed, hint) if selected and typed.strip() else None

    def figure_given(
        self, claim: Claim, item: Evidence | None, read: PassageFigure | None
    ) -> TypedFigure | None:
        """Return the figure of the field, as it was read or else as it is typed; None: empty."""
        if not (self.figure.data or "").strip():
            return None
        chosen = set(self.addresses.data or ())
        addressed = [figure for figure in claim.figures if figure.id in chosen]
        known = item.figure if item is not None else None
        like = figure_meant(claim.figures, addressed) if self.same_scope.data else None
        basis = known.basis if known is not None else None
        return read_source_figure(
            self.figure.data,
            period=self.period.data,
            basis=reworded(basis, words_text(basis), self.basis.data),
            observation_status=self.observation_status.data,
            like=like or (known if self.same_scope.data else None),
            found=read.figure if read else None,
        )


class EvidenceForm(PassageForm):
    """A new item: its passage, and a source that may be new as well."""

    source = SelectField(_("Source"), choices=[], validate_choice=False)
    origin = RadioField(
        _("Where it comes from"),
        [InputRequired()],
        choices=lambda: [SelectChoice(one.value, str(FROM_WORDS[one])) for one in From],
        coerce=From,
        default=From.KNOWN,
    )
    url = StringField(
        _("Web address"),
        [Optional(), Length(max=LONGEST_URL), Readable()],
        description=_("Where anybody can look. http or https only."),
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
    keep = BooleanField(
        _("Keep a snapshot of the page now"),
        default=True,
        description=_("It is fetched in the background and attached when it arrives."),
    )
    title = StringField(_("Title"), LINE)
    publisher = StringField(_("Publisher"), LINE)
    kind = SelectField(
        _("Kind"),
        [InputRequired()],
        choices=lambda: choices_of(SourceKind),
        coerce=SourceKind,
        default=SourceKind.NEWS_REPORT,
    )
    tier = SelectField(
        _("Nearness to the fact"),
        [InputRequired()],
        choices=lambda: choices_of(Tier),
        coerce=Tier,
        default=Tier.ESTABLISHED,
        description=_("Primary is the body the figure comes from: its filing, its statistics."),
    )
    issued = StringField(
        _("Date"), [Optional(), Length(max=20)], description=_("2025, 2025-03 or 2025-03-11.")
    )
    language = StringField(
        _("Language"), [Optional(), Length(max=35)], description=_("As in zh, en, ko or ja.")
    )
    derived_from = origin_field()

    def validate_source(self, field: Any) -> None:
        """Want a source of the register where that is where the passage comes from."""
        if self.origin.data is From.KNOWN and not field.data:
            raise ValidationError(_("Choose a source or describe a new one."))


class EvidenceEditForm(PassageForm):
    """An item as it is, to be put right."""

    @classmethod
    def of(cls, item: Evidence) -> "EvidenceEditForm":
        """Return the form of an item as it is now."""
        figure = item.figure
        return cls(
            formdata=None,
            version=str(item.version),
            source=item.source.key if item.source else "",
            quote=item.quote,
            locator_kind=item.locator_kind,
            locator=item.locator,
            says=words_text(item.says),
            note=words_text(item.note),
            stance=item.stance,
            addresses=[target.figure_id for target in item.targets],
            snapshot=str(item.snapshot_id or ""),
            read_in=str(item.snapshot_id or ""),
            place=span_text(item.quote_place),
            figure_place=span_text(item.figure_place),
            **said_data(item),
            **_figure_data(figure),
        )


class WithdrawForm(DeskForm):
    """Why an item no longer counts."""

    reason = TextAreaField(
        _("Reason"),
        [InputRequired(_("Give a reason.")), Length(max=LONGEST_TEXT), Readable()],
        description=_("The item stays in the record, struck through, with this reason."),
    )


def _figure_data(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"observation_status": ObservationStatus.NORMAL}
    return {
        "figure": figure.stated_text,
        "period": figure.period,
        "basis": words_text(figure.basis),
        "observation_status": figure.observation_status,
        "same_scope": bool(figure.subject or figure.measure or figure.geography),
    }
