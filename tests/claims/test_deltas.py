"""The difference of two printed numbers, in the claimed unit and as a share."""

from dataclasses import replace
from decimal import Decimal

import pytest

from claims.comparison import compare
from claims.deltas import Delta, delta
from claims.policy import current_policy
from claims.typed_figures import read_typed


def between(claimed: str, given: str, period: str | None = "2024") -> Delta | None:
    ours = replace(read_typed(claimed), period="2024")
    theirs = replace(read_typed(given), period=period)
    return delta(ours, theirs, compare(ours, theirs, current_policy()))


@pytest.mark.parametrize(
    ("claimed", "given", "absolute", "share"),
    [
        ("5%", "4.6%", "−0.4 percentage points", "−8 %"),
        ("5%", "5.1%", "+0.1 percentage points", "+2 %"),
        ("5%", "5%", "0 percentage points", "0 %"),
        ("20 km", "19500 m", "−0.5 km", "−2.5 %"),
        ("0%", "2%", "+2 percentage points", "—"),
        ("300 tonnes", "400 tonnes", "+100 tonnes", "+33.3 %"),
    ],
)
def test_a_difference_has_its_sign_its_unit_and_its_share(
    claimed: str, given: str, absolute: str, share: str
) -> None:
    found = between(claimed, given)
    assert found is not None
    assert found.absolute_words["en"] == absolute
    assert found.share_words["en"] == share


def test_what_cannot_be_compared_or_is_a_range_has_no_difference() -> None:
    assert between("5%", "4.6%", period="2019") is None
    assert between("5%", "5 km") is None
    assert between("5%", "4-6%") is None


def test_a_difference_is_exact() -> None:
    found = between("0.1%", "0.3%")
    assert found is not None
    assert found.absolute == Decimal("0.2")
