"""The table has a row for each figure; the checklist the columns newsrooms keep by hand."""

from io import BytesIO

import pytest

from app.exports.plain_table import read_back
from tests.app.exports.an_issue import Document
from tests.app.exports.checked import a_checked_claim, a_figure, written

pytestmark = pytest.mark.usefixtures("labels")


def rows(form: str, *claims: Document, **facts: str) -> list[dict[str, str]]:
    return list(read_back(BytesIO(written(form, *claims, **facts))))


def test_each_figure_has_a_row_with_all_of_its_claim() -> None:
    bare = a_checked_claim(7, figures=[])
    found = rows("csv", a_checked_claim(figures=[a_figure(1, low="-4.5"), a_figure(2)]), bare)
    assert [(row["Claim"], row["Figure"]) for row in found] == [
        ("C-04", "F1"),
        ("C-04", "F2"),
        ("C-07", ""),
    ]
    first = found[0]
    assert (first["At least"], first["At most"], first["Unit"]) == ("-4.5", "5.5", "%")
    assert (first["Figure status"], first["Claim status"]) == ("Supported", "Supported")
    assert first["Ledger number"] == "700"
    assert first["Commitment"] == "1" * 64


def test_both_languages_have_a_column_for_each_sentence() -> None:
    first, *_ = rows("csv", a_checked_claim(), language="both")
    assert (first["论断原文"], first["Statement"]) == ("份额是 5%。", "The share was 5 %.")


def test_the_checklist_is_what_a_fact_checker_would_have_typed() -> None:
    (row,) = rows("sheet", a_checked_claim(proposed_wording="about 5 %", disposition="correct"))
    assert row["fact"] == "C-04 · The share was 5 %."
    assert row["source"].startswith("S1 · Supports: Example plc")
    assert row["date"] == "2026-11-20"
    assert row["verified"] == "Supported · Signed off"
    assert "about 5 %" in row["note"]
    (chinese,) = rows("sheet", a_checked_claim(), language="zh")
    assert list(chinese) == ["事实", "核查方法", "来源", "日期", "已核实", "备注"]
