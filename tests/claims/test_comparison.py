"""Comparisons are right on the table that was written before them, and never fail."""

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparison import Comparison, Outcome, compare
from claims.figures import ChangeKind, Comparator, ObservationStatus, Role, StatedFigure
from claims.intervals import Interval
from claims.policy import current_policy
from claims.units import convert, from_base, spellings, to_base, unit
from tests.claims.figure_strategies import NUMBERS, figures

POLICY = current_policy()
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
    return compare(figure_of(row["claimed"]), figure_of(row["evidence"]), POLICY)


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


NUMBER = {"number": "18.3", "unit": "%"}


def test_the_sentence_names_the_gap_in_percentage_points() -> None:
    found = compared({"claimed": NUMBER, "evidence": {"number": "17.1", "unit": "%"}})
    assert found.sentence == {
        "zh": "来源给出 17.1 %，比文中区间 18.25 % – 18.35 % 低 1.15 个百分点。",
        "en": "The source gives 17.1 %, 1.15 percentage points below the article's interval of "
        "18.25 % – 18.35 %.",
    }


def test_the_source_keeps_its_own_unit_and_the_number_line_has_ours() -> None:
    found = compared(
        {"claimed": {"number": "5", "unit": "km"}, "evidence": {"number": "6000", "unit": "m"}}
    )
    assert found.evidence == Interval(Decimal("5.9995"), Decimal("6.0005"))
    assert found.sentence["en"].startswith("The source gives 6,000 m, 0.5 km above")


def test_a_gap_without_a_finite_decimal_is_shortened_in_words_only() -> None:
    found = compared(
        {"claimed": {"number": "2", "unit": "h"}, "evidence": {"number": "200", "unit": "min"}}
    )
    assert "0.833333 hours above" in found.sentence["en"]


def test_a_caveat_is_said() -> None:
    found = compared({"claimed": {**NUMBER, "period": "2024"}, "evidence": NUMBER})
    assert found.sentence["zh"].endswith("无法确认一致：时期。")
    assert found.sentence["en"].endswith("Not confirmed to be the same: period.")


def test_a_difference_of_units_is_said() -> None:
    found = compared({"claimed": NUMBER, "evidence": {"number": "18.3", "unit": "pp"}})
    assert found.sentence["zh"] == "单位不同，无法比较：文中为%，来源为个百分点。"


def test_no_chinese_sentence_has_a_space_between_chinese_characters() -> None:
    chinese = re.compile("[\u3000-\u9fff\uff00-\uffef] [\u3000-\u9fff\uff00-\uffef]")
    assert not [row["name"] for row in CASES if chinese.search(compared(row).sentence["zh"])]


@given(figures(with_number=True))
def test_a_figure_is_within_itself(figure: StatedFigure) -> None:
    assert compare(figure, figure, POLICY).outcome is Outcome.WITHIN


@given(figures(), figures())
def test_comparing_never_fails_and_always_speaks(one: StatedFigure, other: StatedFigure) -> None:
    found = compare(one, other, POLICY)
    assert found.sentence["zh"]
    assert found.sentence["en"]
    assert (found.gap is None) == (found.outcome is not Outcome.OUTSIDE)
    assert (found.reason is None) == (found.outcome is not Outcome.NOT_COMPARABLE)
    assert found.gap is None or found.gap >= 0


@given(figures(with_number=True), figures(with_number=True))
def test_outside_is_outside_from_both_sides(one: StatedFigure, other: StatedFigure) -> None:
    there, back = compare(one, other, POLICY), compare(other, one, POLICY)
    if Outcome.NOT_COMPARABLE not in {there.outcome, back.outcome}:
        assert (there.outcome is Outcome.OUTSIDE) == (back.outcome is Outcome.OUTSIDE)


@given(figures(with_number=True), figures(with_number=True), st.sampled_from(["m", "mm", "cm"]))
def test_a_change_of_unit_changes_no_outcome(
    claimed: StatedFigure, evidence: StatedFigure, smaller: str
) -> None:
    metres = replace(claimed, unit="km", role=Role.VALUE)
    source = replace(
        evidence, unit="km", role=Role.VALUE, observation_status=claimed.observation_status
    )
    power = {"m": 3, "cm": 5, "mm": 6}[smaller]
    same = replace(
        source,
        unit=smaller,
        low=None if source.low is None else source.low.scaleb(power),
        high=None if source.high is None else source.high.scaleb(power),
        multiplier=(source.multiplier or 0) + power,
    )
    one, other = compare(metres, source, POLICY), compare(metres, same, POLICY)
    assert (one.outcome, one.gap) == (other.outcome, other.gap)


@given(NUMBERS, st.sampled_from(sorted(spellings())))
def test_a_conversion_to_the_base_and_back_loses_nothing(number: Decimal, name: str) -> None:
    found = spellings()[name]
    assert from_base(to_base(number, found), found) == number


@given(NUMBERS)
def test_two_units_convert_there_and_back(number: Decimal) -> None:
    for one, other in (("km", "m"), ("t", "kg"), ("pp", "bp"), ("%", "1"), ("GW", "kW")):
        first, second = unit(one), unit(other)
        assert first is not None
        assert second is not None
        assert convert(convert(number, first, second), second, first) == number


def test_currencies_never_convert() -> None:
    dollars, yuan = unit("USD"), unit("CNY")
    assert dollars is not None
    assert yuan is not None
    with pytest.raises(ValueError, match="USD is not CNY"):
        convert(Decimal(1), dollars, yuan)


def test_case_is_part_of_a_symbol_but_not_of_a_name() -> None:
    assert unit("MW") != unit("mW")
    assert unit("Companies") == unit("companies")
    found = unit("M")
    assert found is not None
    assert found.kind == "count"
