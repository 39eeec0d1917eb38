"""A key leads to its source: it is never read as another word of the desk's addresses."""

import pytest

from sources.keys import is_key


@pytest.mark.parametrize("key", ["smith2021", "S1", "a.b-c_d", "newspaper", "rotterdam", "json"])
def test_what_can_stand_in_an_address_is_a_key(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "key",
    [
        *("new", "Rot", "export", "import", "rot.csv", "a.json"),
        *("", "a/b", "-a", "x" * 81, "a\n", "confidential-" + "0" * 32),
    ],
)
def test_a_word_of_an_address_or_the_neutral_key_of_another_is_none(key: str) -> None:
    assert not is_key(key)
