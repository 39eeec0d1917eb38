"""The forms of a claim's figure: adding one, putting every part of it right, removing it."""

from dataclasses import replace
from enum import StrEnum
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.filters import words_text
from app.forms.base import DeskForm, Readable
from app.forms.choices import choices_of, member_or_none, row_key
from app.forms.texts import reworded
from claims.errors import Refused
from claims.figure_edits import LONGEST as LONGEST_PRINTED
from claims.figure_edits import OTHER_END, FigureFacts
from claims.figure_parts import NUMBERS, Parts, parts_of, read_parts
from claims.figures import ChangeKind, Comparator, ObservationStatus, Role, StatedFigure
from claims.models import Claim, Figure
from claims.proposal_edits import read_edtf
from claims.typed_figures import read_typed
from claims.typed_refusals import FigureError

LONGEST_TEXT = 10_000
LINE = [Optional(), Length(max=500), Readable()]
PART = [Optional(), Length(max=60), Readable()]
PLAIN = {"autocomplete": "off", "spellcheck": "false"}
SCOPE = ("subject", "measure", "geography", "basis", "period_note")
POWER_WORDS = {
    "2": _("hundred (百)"),
    "3": _("thousand (千)"),
    "4": _("ten thousand (万)"),
    "6": _("million (百万)"),
    "7": _("ten million (千万)"),
    "8": _("hundred million (亿)"),
    "9": _("billion (十亿)"),
    "12": _("trillion (万亿)"),
}


class From(StrEnum):
    """Where the number of a figure is read from."""

    PRINTED = "printed"
    TYPED = "typed"
    PARTS = "parts"
    NONE = "none"


FROM_WORDS = {
    From.PRINTED: _("From the words as printed"),
    From.TYPED: _("From what is typed here"),
    From.PARTS: _("Part by part, as set below"),
    From.NONE: _("It states no number, only a direction or an event"),
}


class FigureForm(DeskForm):
    """Everything that a figure of a claim is."""

    stated_text = StringField(
        _("Figure as printed"),
        [InputRequired(_("Write it as it is printed.")), Length(max=LONGEST_PRINTED), Readable()],
        description=_("Exactly as it stands in the article."),
        render_kw=PLAIN,
    )
    reading = RadioField(
        _("How its number is read"),
        [InputRequired()],
        choices=lambda: [SelectChoice(one.value, str(FROM_WORDS[one])) for one in From],
        coerce=From,
        default=From.PRINTED,
    )
    figure = StringField(
        _("Typed figure"),
        [Optional(), Length(max=1_000)],
        description=_(
            "As you would write it: 4.6%, over 75%, 5–10, about 20 trillion KRW, 四分之三."
        ),
        render_kw=PLAIN,
    )
    comparator = SelectField(
        _("Comparator"),
        [Optional()],
        choices=lambda: choices_of(Comparator, "—"),
        coerce=member_or_none(Comparator),
    )
    low = StringField(
        _("Number, or lower bound"),
        PART,
        description=_("In the scale that is printed: 20 for 20 trillion."),
        render_kw=PLAIN,
    )
    high = StringField(_("Upper bound of a range"), PART, render_kw=PLAIN)
    low_inclusive = BooleanField(_("The lower bound is included"), default=True)
    high_inclusive = BooleanField(_("The upper bound is included"), default=True)
    decimals = StringField(
        _("Decimals printed"),
        PART,
        description=_("1 for 4.6, 0 for 5, -3 where rounded to thousands; empty: it is exact."),
        render_kw=PLAIN,
    )
    unit = StringField(_("Unit"), PART, description=_("%, KRW, GW, stores …"), render_kw=PLAIN)
    power = SelectField(_("Power of ten"), [Optional()], choices=[], validate_choice=False)
    role = SelectField(
        _("Role in the claim"),
        [InputRequired()],
        choices=lambda: choices_of(Role),
        coerce=Role,
        default=Role.VALUE,
    )
    partner = SelectField(
        _("The other end"),
        [Optional()],
        choices=[],
        validate_choice=False,
        description=_("For “from” and “to”: which figure is the other one."),
    )
    change_kind = SelectField(
        _("Level or change"),
        [Optional()],
        choices=lambda: choices_of(ChangeKind, "—"),
        coerce=member_or_none(ChangeKind),
    )
    period = StringField(
        _("Period"), PART, description=_("2024, 2024-10, 2014/2024 or ../2030"), render_kw=PLAIN
    )
    period_note = StringField(
        _("How the period was found"),
        LINE,
        description=_("As in: “ten years ago”, counted from the day of the article."),
    )
    subject = StringField(_("Subject"), LINE, description=_("Whose figure it is."))
    measure = StringField(_("Measure"), LINE, description=_("What is measured: market share."))
    geography = StringField(_("Place"), LINE)
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
    material = BooleanField(_("Material: it must be checked"), default=True)

    @classmethod
    def of(cls, figure: Figure) -> Self:
        """Return the form of a figure as it is now."""
        parts = parts_of(figure)
        return cls(
            formdata=None,
            version=str(figure.version),
            stated_text=figure.stated_text,
            reading=_reading(figure),
            **{name: getattr(parts, name) for name in Parts.__slots__},
            role=figure.role,
            partner=_partner(figure),
            change_kind=figure.change_kind,
            period=figure.period,
            **{name: words_text(getattr(figure, name)) for name in SCOPE},
            observation_status=figure.observation_status,
            material=figure.material,
        )

    def offer(self, claim: Claim, figure: Figure | None = None) -> Self:
        """Fill the lists with the claim's other figures and the powers of ten."""
        self.partner.choices = [
            SelectChoice("", "—"),
            *(
                SelectChoice(str(row.id), f"F{row.number} · {row.stated_text}")
                for row in claim.figures
                if row is not figure
            ),
        ]
        known = [SelectChoice(power, str(said)) for power, said in POWER_WORDS.items()]
        held = self.power.data
        other = [SelectChoice(held, f"10^{held}")] if held and held not in POWER_WORDS else []
        self.power.choices = [SelectChoice("", "—"), *known, *other]
        return self

    def facts(self, figure: Figure | None = None) -> FigureFacts:
        """Return what was typed as the domain takes it; raise Refused naming a field.

        ``figure`` is the row that is edited: what nobody touched stays as it is, to the digit.
        """
        read = self._read(figure)
        fresh = read is not figure
        scope: dict[str, Any] = {}
        for name in SCOPE:
            known = getattr(figure, name) if figure is not None else None
            scope[name] = reworded(known, words_text(known), self[name].data)
        ranked = fresh and read.role is Role.RANK and self.role.data is Role.VALUE
        return FigureFacts(
            text=(self.stated_text.data or "").strip(),
            **{name: getattr(read, name) for name in NUMBERS},
            role=Role.RANK if ranked else self.role.data,
            change_kind=self.change_kind.data or (read.change_kind if fresh else None),
            period=read_edtf(self.period.data, "period"),
            observation_status=self.observation_status.data,
            material=bool(self.material.data),
            partner=self._other_end(),
            **scope,
        )

    def _read(self, figure: Figure | None) -> StatedFigure | Figure:
        """Return the number as it is to be read; raise Refused where two ways are meant at once."""
        way: From = self.reading.data
        typed = self._parts()
        held = parts_of(figure) if figure is not None else Parts()
        if way is From.PARTS:
            return self._by_parts(typed, held, figure)
        if way is From.NONE:
            return StatedFigure(comparator=None, unit=None)
        field = "figure" if way is From.TYPED else "stated_text"
        read = read_typed(self[field].data, field)
        if typed not in {held, parts_of(read), Parts()}:
            raise _both_ways()
        same = figure is not None and parts_of(read) == held
        return figure if figure is not None and same else read

    def _by_parts(self, typed: Parts, held: Parts, figure: Figure | None) -> StatedFigure | Figure:
        if figure is None or typed != held:
            return read_parts(typed)
        printed = (self.stated_text.data or "").strip()
        if printed != figure.stated_text and _printed(printed) not in {None, held}:
            raise _printed_otherwise()
        return figure

    def _parts(self) -> Parts:
        texts = {
            name: (self[name].data or "").strip()
            for name in ("low", "high", "decimals", "unit", "power")
        }
        ranging = self.comparator.data is Comparator.RANGE
        return Parts(
            comparator=self.comparator.data,
            low_inclusive=not ranging or bool(self.low_inclusive.data),
            high_inclusive=not ranging or bool(self.high_inclusive.data),
            **texts,
        )

    def _other_end(self) -> Any:
        """The chosen figure at the other end; whose it is the domain asks."""
        try:
            return row_key(self.partner.data) if self.partner.data else None
        except ValueError:
            return None


class RemoveFigureForm(DeskForm):
    """Why a figure is taken out of its claim."""

    reason = TextAreaField(
        _("Reason"),
        [InputRequired(_("Give a reason.")), Length(max=LONGEST_TEXT), Readable()],
    )


def _printed(text: str) -> Parts | None:
    """What the printed words read as; None where they cannot be read by themselves."""
    try:
        return parts_of(read_typed(text))
    except FigureError:
        return None


def _reading(figure: Figure) -> From:
    """How a figure that is there was read: by its words where they say the same."""
    held = parts_of(figure)
    if held == replace(Parts(), unit=held.unit):
        return From.NONE
    return From.PRINTED if _printed(figure.stated_text) == held else From.PARTS


def _partner(figure: Figure) -> str:
    """The identifier of the figure at the other end, if there is one."""
    others = figure.claim.figures if figure.claim is not None else []
    ends = [
        row.id
        for row in others
        if figure.role in OTHER_END and row is not figure and row.pair == figure.pair
    ]
    return str(ends[0]) if ends else ""


def _both_ways() -> Refused:
    return Refused(
        "figure_two_ways",
        {
            "zh": "下面的各部分改过了，却选择从文字读取。请改选“按下面各部分”，或把它们还原。",
            "en": "Parts below were changed although the number is to be read from words. "
            "Choose “part by part”, or put them back.",
        },
        "reading",
    )


def _printed_otherwise() -> Refused:
    return Refused(
        "figure_printed_otherwise",
        {
            "zh": "原文改了，下面的各部分还是原来的数。请改选“从原文读取”，或把各部分也改过来。",
            "en": "The printed words were changed, but the parts below still say the former "
            "number. Choose to read it from the words, or set the parts as well.",
        },
        "reading",
    )
