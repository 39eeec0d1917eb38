"""Comparisons are right on the table that was written before them, and never fail."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims.comparison import Comparison, Outcome, compare
from claims.figures import ChangeKind, Comparator, ObservationStatus, Role, StatedFigure
from claims.policy import current_policy

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("comparison_cases.toml").read_text(encoding="utf-8")
)["case"]


def figure_of(row: dict[str, Any]) -> StatedFigure:
    """Read a figure of the table: numbers as printed, decimals read off them."""
    scale = row.get("scale")
    low, high = row.get("low", row.get("number")), row.get("high", row.get("number"))
    comparator = Comparator(row.get("comparator", "range" if "low" in row else "exactly"))
    decimals = len((low or "").partition(".")[2]) if low else None
    if comparator in {Comparator.OVER, Comparator.AT_LEAST}:
        high = None
    if comparator in {Comparator.UNDER, Comparator.AT_MOST}:
        low = None
    return StatedFigure(
        role=Role(row.get("role", "value")),
        comparator=comparator,
        low=None if low is None else Decimal(f"{low}E{scale or 0}"),
        high=None if high is None else Decimal(f"{high}E{scale or 0}"),
        high_inclusive=not row.get("high_out"),
        stated_decimals=None if row.get("exact") else row.get("decimals", decimals),
        unit=row.get("unit"),
        multiplier=scale,
        period=row.get("period"),
        geography=row.get("geography"),
        basis=row.get("basis"),
        measure=row.get("measure"),
        subject=row.get("subject"),
        change_kind=ChangeKind(row["change"]) if "change" in row else None,
        observation_status=ObservationStatus(row.get("status", "normal")),
    )


def compared(row: dict[str, Any]) -> Comparison:
    return compare(figure_of(row["claimed"]), figure_of(row["evidence"]), current_policy())


@pytest.mark.parametrize("row", CASES, ids=[row["name"] for row in CASES])
def test_a_comparison_is_what_the_desk_decided(row: dict[str, Any]) -> None:
    found = compared(row)
    wanted = {
        "outcome": row["outcome"],
        "gap": Decimal(row["gap"]) if "gap" in row else None,
        "reason": row.get("reason"),
        "rule": row.get("rule", found.rule),
        "caveats": tuple(row.get("caveats", found.caveats)),
    }
    assert {key: getattr(found, key) for key in wanted} == wanted


def test_the_table_is_large_and_names_each_case_once() -> None:
    assert len(CASES) >= 120
    assert len({row["name"] for row in CASES}) == len(CASES)
    assert {row["outcome"] for row in CASES} == {outcome.value for outcome in Outcome}
