"""A line of names is read the same way whoever typed it, and written so that it is read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.names import plain, read, shown, written


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Smith, John; World Bank; 张三",
            [{"family": "Smith", "given": "John"}, {"literal": "World Bank"}, {"literal": "张三"}],
        ),
        ("张三、李四", [{"literal": "张三"}, {"literal": "李四"}]),
        ("张三，李四", [{"literal": "张三"}, {"literal": "李四"}]),
        ("King, Martin Luther, Jr.", [
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."}
        ]),
        ("{Procter, Gamble; Sons}", [{"literal": "Procter, Gamble; Sons"}]),
        (r"{a \} b}; c", [{"literal": "a } b"}, {"literal": "c"}]),
        ("{never closed; x", [{"literal": "never closed; x"}]),
        (" ; , ;", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_line_is_read_as_names(line: str, names: list[dict[str, str]]) -> None:
    assert read(line) == names


def test_names_are_shown_without_the_braces_that_keep_them_together() -> None:
    assert shown("Smith, John; {Procter, Gamble}") == "Smith, John; Procter, Gamble"


def test_particles_stay_with_the_name_they_belong_to_and_a_chinese_name_is_one() -> None:
    names = [
        {"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"},
        {"family": "张", "given": "三"},
        {"family": "Plato"},
    ]
    assert plain(names) == [
        {"family": "van Gogh", "given": "Vincent"},
        {"literal": "张三"},
        {"literal": "Plato"},
    ]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
NAME = st.fixed_dictionaries({"literal": WORDS}) | st.fixed_dictionaries(
    {"family": WORDS, "given": WORDS}, optional={"suffix": WORDS}
)


@given(st.lists(NAME, max_size=6))
def test_what_is_written_is_read_back(names: list[dict[str, str]]) -> None:
    assert read(written(names)) == plain(names)


@given(st.text(max_size=200))
def test_any_text_is_some_line_of_names(line: str) -> None:
    assert plain(read(written(read(line)))) == plain(read(line))
