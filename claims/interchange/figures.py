"""A figure in the interchange format, and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.models import Figure
from claims.status import VerificationStatus
from sources.columns import PLAIN_DECIMAL, plain
from sources.interchange import Broken, in_order, kept

WORDED = ("period_note", "subject", "measure", "geography", "basis")


def _exact(entry: Mapping[str, Any], name: str, where: str) -> Decimal | None:
    text = entry.get(name)
    if text is None:
        return None
    if not isinstance(text, str) or PLAIN_DECIMAL.fullmatch(text) is None:
        raise Broken(f"{where}: {name} must be a plain decimal in quotes, not {text!r}")
    return Decimal(text)


def _choice(kind: type[Any], entry: Mapping[str, Any], name: str, where: str) -> Any:
    word = entry.get(name)
    try:
        return None if word is None else kind(word)
    except ValueError as problem:
        raise Broken(f"{where}: {name} cannot be {word!r}") from problem


def read_figure(entry: Mapping[str, Any], where: str, by: str) -> Figure:
    """Return the row of one entry, still without owner; raise Broken naming the place."""
    return Figure(
        number=entry.get("number", 1),
        role=_choice(Role, entry, "role", where) or Role.VALUE,
        stated_text=entry.get("stated_text", ""),
        start=entry.get("start"),
        stop=entry.get("end"),
        comparator=_choice(Comparator, entry, "comparator", where),
        low=_exact(entry, "low", where),
        high=_exact(entry, "high", where),
        low_inclusive=entry.get("low_inclusive"),
        high_inclusive=entry.get("high_inclusive"),
        stated_decimals=entry.get("stated_decimals"),
        unit=entry.get("unit"),
        multiplier=entry.get("multiplier"),
        period=entry.get("period"),
        observation_status=_choice(ObservationStatus, entry, "observation_status", where)
        or ObservationStatus.NORMAL,
        change_kind=_choice(ChangeKind, entry, "change_kind", where),
        pair=entry.get("pair"),
        material=entry.get("material", True),
        verification_status=_choice(VerificationStatus, entry, "status", where)
        or VerificationStatus.UNCHECKED,
        created_by=by,
        **{name: entry.get(name) for name in WORDED},
    )


def write_quantity(row: Figure) -> list[tuple[str, Any]]:
    """Return what a figure states, in the order of the format."""
    return [
        ("comparator", row.comparator and row.comparator.value),
        ("low", None if row.low is None else plain(row.low)),
        ("high", None if row.high is None else plain(row.high)),
        ("low_inclusive", row.low_inclusive),
        ("high_inclusive", row.high_inclusive),
        ("stated_decimals", row.stated_decimals),
        ("unit", row.unit),
        ("multiplier", row.multiplier),
        ("period", row.period),
    ]


def write_scope(row: Figure) -> list[tuple[str, Any]]:
    """Return what a figure is about, in the order of the format."""
    return [
        *((name, in_order(getattr(row, name))) for name in WORDED),
        ("observation_status", row.observation_status.value),
        ("change_kind", row.change_kind and row.change_kind.value),
    ]


def write_evidence_figure(row: Figure | None) -> dict[str, Any] | None:
    """Return the figure a source gives."""
    if row is None:
        return None
    head = [("role", row.role.value), ("stated_text", row.stated_text)]
    return kept([*head, *write_quantity(row), *write_scope(row)])


def write_claim_figure(
    row: Figure, period_text: dict[str, Any] | None, reason: dict[str, str] | None
) -> dict[str, Any]:
    """Return a figure of the claim itself, with its place in the text and its status."""
    return kept(
        [
            ("number", row.number),
            ("role", row.role.value),
            ("stated_text", row.stated_text),
            ("start", row.start),
            ("end", row.stop),
            *write_quantity(row),
            ("period_text", period_text),
            *write_scope(row),
            ("pair", row.pair),
            ("material", row.material),
            ("status", row.verification_status.value),
            ("reason", reason),
        ]
    )
