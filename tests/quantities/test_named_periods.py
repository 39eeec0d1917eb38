"""Periods that Japanese and Korean name in words, seen from the day of publication."""

import datetime as dt
from decimal import Decimal

import pytest

from claims.quantities import read

_PUBLISHED = dt.date(2024, 11, 25)


@pytest.mark.parametrize(
    ("text", "lang", "period"),
    [
        ("昨年の売上高", "ja", "2023"),
        ("昨年10月に始まった", "ja", "2023-10"),
        ("来年3月から", "ja", "2025-03"),
        ("先月の訪日客", "ja", "2024-10"),
        ("先月20日に亡くなった", "ja", "2024-10-20"),
        ("今年度の予算", "ja", "2024-04/2025-03"),
        ("令和6年5月8日に逮捕した", "ja", "2024-05-08"),
        ("平成元年の法律", "ja", "1989"),
        ("2025年度の予算", "ja", "2025-04/2026-03"),
        ("2024年3月期の純利益", "ja", "2023-04/2024-03"),
        ("24年4〜9月期の純利益", "ja", "2024-04/2024-09"),
        ("2023年12月期の決算", "ja", "2023-01/2023-12"),
        ("2024年度上半期の輸出", "ja", "2024-04/2024-09"),
        ("2024年度第3四半期", "ja", "2024-10/2024-12"),
        ("第1四半期の売上高", "ja", None),
        ("지난해 매출", "ko", "2023"),
        ("지난해 10월 매출", "ko", "2023-10"),
        ("올해 3분기 매출", "ko", "2024-35"),
        ("올해 1∼3분기 매출", "ko", "2024-33/2024-35"),
        ("내년 상반기에 착공한다", "ko", "2025-40"),
        ("지난달 취업자", "ko", "2024-10"),
        ("1∼9월 누적 수출", "ko", "2024-01/2024-09"),
    ],
)
def test_a_named_period_is_read(text: str, lang: str, period: str | None) -> None:
    (found,) = read(text, lang, published=_PUBLISHED)

    assert found.kind.startswith("date")
    assert found.period == period


def test_a_relative_year_has_no_period_without_a_day_of_publication() -> None:
    (found,) = read("지난해 매출", "ko")

    assert (found.kind, found.value, found.unit, found.period) == (
        "date_relative",
        Decimal(-1),
        "year",
        None,
    )


@pytest.mark.parametrize(
    "text", ["将来年金を受け取る", "以上期待できない", "올림픽 대회", "이달의 소녀시대는"]
)
def test_letters_of_other_words_name_no_period(text: str) -> None:
    assert [item for item in read(text, "ja" if text < "가" else "ko") if item.unit == "year"] == []
