"""What a workbook cannot hold is neither changed nor lost: numbers, long texts, names of sheets."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.xlsx.limits import LONGEST, NAME, exact, in_cells, sheet_name, units

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6).map(lambda d: f"{d:f}")


@given(st.one_of(DECIMALS, st.integers().map(str)))
def test_a_number_is_written_only_where_it_stays_the_same(text: str) -> None:
    number = exact(text)
    assert number is None or Decimal(f"{number:.16G}") == Decimal(text)


def test_everyday_figures_are_numbers_and_others_stay_text() -> None:
    assert [exact(text) for text in ("5.3", "-0.1", "20000000000000", "18.25")] == [
        5.3,
        -0.1,
        20000000000000.0,
        18.25,
    ]
    assert exact("1234567890.123456789") is None
    assert exact("12345678901234567") is None


@settings(max_examples=10)
@given(st.text("a😀\n", max_size=12).map(lambda text: text * 9000))
def test_a_long_text_goes_on_in_other_cells_and_says_so(text: str) -> None:
    pieces = in_cells(text, "…")
    assert "".join([*(piece.removesuffix("\n…") for piece in pieces[:-1]), pieces[-1]]) == text
    assert all(units(piece) <= LONGEST for piece in pieces)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_every_sheet_has_a_name_of_its_own_that_is_allowed(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(one, taken) for one in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < units(name) <= NAME
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
