"""Keys of one's own: one character each, no digit, none with two meanings."""

import pytest

from app.key_map import KEYS, changed_keys, read, stored
from claims.errors import Refused


def test_only_what_differs_is_kept_and_an_empty_field_gives_a_key_up() -> None:
    changed = changed_keys({"e": "w", "f": "", "j": "j"})
    assert changed == {"e": "w", "f": ""}
    assert read(stored(changed)) == changed


def test_two_keys_may_change_places() -> None:
    assert changed_keys({"j": "k", "k": "j"}) == {"j": "k", "k": "j"}


@pytest.mark.parametrize("wanted", [{"e": "ww"}, {"e": "1"}, {"e": "j"}, {"e": "\u200e"}])
def test_what_no_key_can_be_is_refused_at_its_field(wanted: dict[str, str]) -> None:
    with pytest.raises(Refused) as problem:
        changed_keys(wanted)
    assert problem.value.field.startswith("key_")  # type: ignore[union-attr]


def test_a_full_width_letter_is_the_same_key() -> None:
    assert changed_keys({"e": "ｗ"}) == {"e": "w"}


def test_a_key_the_desk_no_longer_has_is_forgotten() -> None:
    assert read('{"ü":"x","e":"w"}') == {"e": "w"}
    assert "ü" not in KEYS
