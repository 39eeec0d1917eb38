"""A ring of keys: its owner's only, drawn once whoever comes first, whole whenever it is read."""

import threading
from pathlib import Path

import pytest

from sources.contact_keys import ContactKeys
from sources.errors import Locked


@pytest.fixture
def keys(tmp_path: Path) -> ContactKeys:
    return ContactKeys(tmp_path / "keys" / "contacts")


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o620, 0o601])
def test_a_file_on_which_others_have_rights_opens_nothing_and_says_what_to_do(
    keys: ContactKeys, mode: int
) -> None:
    """T-SEC: a key that other users of the machine can read or change is no key."""
    kept = keys.seal("Zibellina", "one", first=True)
    keys.file.chmod(mode)
    with pytest.raises(Locked) as refused:
        keys.open(kept, "one")
    assert "run chmod 600" in refused.value.message["en"]
    assert "chmod 600" in refused.value.message["zh"]
    assert keys.complaint() is not None
    keys.file.chmod(0o640)
    assert keys.open(kept, "one") == "Zibellina"
    assert keys.complaint() is None


def test_of_many_who_seal_the_first_text_at_once_one_draws_the_key(keys: ContactKeys) -> None:
    start = threading.Barrier(8)
    kept = []

    def seal() -> None:
        start.wait()
        kept.append(keys.seal("Zibellina", "one", first=True))

    crowd = [threading.Thread(target=seal) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert [keys.open(one, "one") for one in kept] == ["Zibellina"] * 8


def test_no_nonce_and_no_key_is_ever_used_twice(keys: ContactKeys) -> None:
    """T-SEC: the same text sealed twice shares no byte that could be compared."""
    sealed = [keys.seal("Zibellina", "one", first=True) for _ in range(200)]
    assert len({one.sealed[:12] for one in sealed}) == 200
    assert len({one.wrapped_key[:12] for one in sealed}) == 200
    assert len({one.sealed[12:] for one in sealed}) == 200
    first, second = sealed[:2]
    swapped = type(first)(first.sealed, second.wrapped_key, first.key_name)
    with pytest.raises(Locked):
        keys.open(swapped, "one")


def test_what_a_killed_writer_left_beside_the_file_goes_with_the_next_rotation(
    keys: ContactKeys,
) -> None:
    keys.seal("Zibellina", "one", first=True)
    left = keys.file.with_name(f".{keys.file.name}.{'0' * 16}")
    left.write_text(keys.file.read_text())
    keys.renew()
    assert not left.exists()
    assert keys.retire() == 1


def test_a_key_that_still_wraps_something_is_not_forgotten(keys: ContactKeys) -> None:
    kept = keys.seal("Zibellina", "one", first=True)
    keys.renew()
    keys.renew()
    assert keys.retire({kept.key_name}) == 1
    assert keys.open(kept, "one") == "Zibellina"


def test_a_name_that_stands_twice_is_damage(keys: ContactKeys) -> None:
    kept = keys.seal("Zibellina", "one", first=True)
    keys.file.write_text(keys.file.read_text() + kept.key_name + " " + "0" * 64 + "\n")
    with pytest.raises(Locked, match="damaged"):
        keys.open(kept, "one")
