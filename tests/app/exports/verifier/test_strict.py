"""No two programs may read two things in one text."""

import pytest

from app.exports.verifier.strict import Unreadable, exact, fields, parsed


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '{"a":1,"\\u0061":2}',
        '{"a":{"b":1,"b":1}}',
        "NaN",
        "[Infinity]",
        "1.0",
        "1e3",
        "-0",
        "9007199254740992",
        "1" * 5000,
        '{"a\\u0000b":1}',
        "\ufeff{}",
        "[" * 100_000,
        '{"a":1}x',
    ],
)
def test_a_text_that_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parsed(text.encode())


def test_white_space_and_escapes_are_no_difference() -> None:
    assert parsed(b' {"a" : [1 , "\\u4e2d"]}\n') == {"a": [1, "中"]}


@pytest.mark.parametrize("text", ["YQ", "YR==", " YQ==", "YQ==\n", "Y*==", None, 5])
def test_base64_is_written_in_one_way(text: object) -> None:
    with pytest.raises(Unreadable):
        exact(text)


def test_an_object_has_the_fields_it_must_have_and_no_others() -> None:
    assert fields({"a": 1}, "a", "b?")
    bad: list[object] = [{}, {"a": 1, "c": 2}, [], None]
    for wrong in bad:
        with pytest.raises(Unreadable):
            fields(wrong, "a", "b?")
