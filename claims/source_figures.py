"""The figure a source gives, read from what a reviewer typed and what it is said to be about."""

from collections.abc import Sequence
from dataclasses import replace

from claims.errors import Refused
from claims.figures import ObservationStatus
from claims.models import Figure
from claims.periods import PeriodError, read_period
from claims.typed_figures import TypedFigure, read_typed
from sources.columns import Words


def read_source_figure(
    text: str,
    *,
    period: str | None = None,
    basis: Words | None = None,
    observation_status: ObservationStatus = ObservationStatus.NORMAL,
    like: Figure | None = None,
    found: TypedFigure | None = None,
) -> TypedFigure:
    """Read a typed figure with its period (EDTF) and basis.

    ``like`` is the claim's figure of whose subject, measure and place the source speaks too;
    ``found`` what was read in the source in these words, which then needs no reading.
    Raises Refused naming ``figure`` or ``period``.
    """
    read = replace(
        found or read_typed(text),
        period=read_source_period(period),
        basis=basis,
        observation_status=observation_status,
    )
    if like is None:
        return read
    return replace(
        read,
        subject=like.subject,
        measure=like.measure,
        geography=like.geography,
        change_kind=read.change_kind or like.change_kind,
    )


def read_source_period(text: str | None) -> str | None:
    """Return a typed period; nothing typed is None. Raises Refused (field ``period``)."""
    written = (text or "").strip()
    if not written:
        return None
    try:
        return read_period(written).text
    except PeriodError as problem:
        raise Refused(
            "period_unreadable",
            {
                "zh": "时期请写成 2024、2024-10、2023/2024 或 2015~（约）。",
                "en": "Write the period as 2024, 2024-10, 2023/2024 or 2015~ (about).",
            },
            "period",
        ) from problem


def figure_meant(figures: Sequence[Figure], addressed: Sequence[Figure]) -> Figure | None:
    """Return the one figure of a claim a passage can only mean, or None."""
    candidates = addressed or figures
    return candidates[0] if len(candidates) == 1 else None
