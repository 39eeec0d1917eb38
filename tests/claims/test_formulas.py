"""Formulas: the school's grammar, refused with the place where they stop making sense."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import Refused
from claims.formulas import read_formula
from claims.interval_arithmetic import point
from claims.intervals import Interval

FIGURES = {
    "F1": point(Decimal(200)),
    "F2": point(Decimal(250)),
    "F3": Interval(Decimal(1), Decimal(2)),
}


def value(text: str) -> Interval:
    return read_formula(text).value(FIGURES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(f2 - f1) / f1 * 100", "25"),
        ("（Ｆ２－Ｆ１）÷f1×100", "25"),
        ("1+2*3", "7"),
        ("8/4/2", "1"),
        ("7-4-2", "1"),
        ("--3", "3"),
        ("-(f1)", "-200"),
        ("0.5*f1", "100"),
    ],
)
def test_formulas_are_calculated_as_at_school(text: str, expected: str) -> None:
    assert value(text) == point(Decimal(expected))


def test_a_figure_that_allows_more_makes_the_answer_allow_more() -> None:
    assert value("f1 * f3") == Interval(Decimal(200), Decimal(400))


def test_the_figures_a_formula_needs_are_known() -> None:
    assert read_formula("f1/f12+E3").handles == ("F1", "F12", "E3")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula_empty"),
        ("1+", "formula_unfinished"),
        ("(1", "formula_bracket"),
        ("1 1", "formula_sign"),
        ("__import__('os')", "formula_sign"),
        ("f1 ** 2", "formula_sign"),
        ("f9", "formula_figure"),
        ("(" * 60 + "1" + ")" * 60, "formula_deep"),
        ("1+" * 150 + "1", "formula_long"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        value(text)

    assert refused.value.code == code
    assert refused.value.field == "formula"


@given(st.text(max_size=250))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert read_formula(text).steps
