"""Dates are those of EDTF level 1, and keep what CSL-JSON can only half say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.edtf import from_csl, is_date, to_csl

GOOD = ["2024", "2024-02-29", "2024-21", "2015~", "2024-05?", "2024%", "2024/2025", "../2030",
        "2024/", "2024-03/2024-04", "2024?/2025"]  # fmt: skip
BAD = ["", "24", "2023-02-29", "2024-13", "2024-25", "2024-21-01", "0000", "/", "../..",
       "2025/2024", "2024-1", "last year", "2024//2025", "2024/x"]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_date_comes_back_from_csl_json(text: str) -> None:
    assert from_csl(to_csl(text)) == text


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_date_is_none(text: str) -> None:
    assert not is_date(text)
    assert to_csl(text) is None


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ({"date-parts": [["2025", 6, "24"]]}, "2025-06-24"),
        ({"date-parts": [[2024]], "season": "1"}, "2024-21"),
        ({"date-parts": [[2020], [2021]], "circa": True}, "2020~/2021~"),
        ({"raw": "2025-06"}, "2025-06"),
        ({"literal": "spring of 2025"}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [[-44]]}, None),
        ("2025", None),
    ],
)
def test_what_zotero_writes_is_read(date: object, text: str | None) -> None:
    assert from_csl(date) == text


@given(st.recursive(st.none() | st.integers() | st.text(max_size=8), st.lists, max_leaves=6))
def test_any_date_parts_are_a_date_or_nothing(parts: object) -> None:
    found = from_csl({"date-parts": parts})
    assert found is None or is_date(found)
