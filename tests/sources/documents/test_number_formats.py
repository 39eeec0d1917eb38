"""A number reads as the spreadsheet shows it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.documents.number_formats import moment, shown


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.183, "0.0%", "18.3%"),
        (0.183, "0%", "18%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0,", "1,235"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (-12, "$#,##0_);($#,##0)", "($12)"),
        (0, '0;-0;"–"', "–"),
        (41.5, "General", "41.5"),
        (0.1 + 0.2, "General", "0.3"),
        (12.5, '0.00" 万元"', "12.50 万元"),
        (5, "[$¥-804]#,##0.00", "¥5.00"),
        (12, "[Red]0;[Blue]0", "12"),
        (12345, "0.00E+00", "1.23E+04"),
        (9.996e-5, "0.00E+00", "1.00E-04"),
        (7, "000", "007"),
        (3.456, "0.##", "3.46"),
        (3, "0.##", "3"),
        (1.005, "0.00", "1.01"),
        (-0.001, "0.0", "0.0"),
        (0.5, "# ?/?", "0.5"),
        (12, "[>100]0;0.0", "12"),
        (5, "@", "5"),
    ],
)
def test_a_number_is_written_as_its_format_shows_it(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == seen


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (dt.datetime(2024, 3, 11), "yyyy-mm-dd", "2024-03-11"),  # noqa: DTZ001 - a cell has no zone
        (dt.datetime(2024, 3, 11), "mmm-yy", "2024-03"),  # noqa: DTZ001 - as above
        (dt.datetime(2024, 3, 11), 'yyyy"年度"', "2024"),  # noqa: DTZ001 - as above
        (dt.datetime(2024, 3, 11, 9, 30), "d/m/yy h:mm", "2024-03-11 09:30:00"),  # noqa: DTZ001 - as above
        (dt.time(9, 30), "h:mm", "09:30:00"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
    ],
)
def test_a_day_is_written_no_more_precisely_than_it_is_shown(
    value: dt.datetime | dt.time | dt.timedelta, code: str, seen: str
) -> None:
    assert moment(value, code) == seen


@given(
    st.one_of(st.integers(), st.floats()),
    st.text(st.sampled_from('0#.,%;"@E+[]-_*\\/? 元GeneralAM'), max_size=20),
)
def test_no_format_breaks_the_reading_of_a_number(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_an_unformatted_number_reads_back_as_itself(value: object) -> None:
    assert float(shown(float(str(value)), "General")) == float(str(value))
