"""The commonest passwords that are long enough are on a list that ships, and are not taken."""

import hashlib
from itertools import pairwise

import pytest

from app.accounts import common_passwords
from app.accounts.common_passwords import WIDTH, is_common, shipped
from app.accounts.passwords import LEFT, SHORTEST, refuse_weak, worth
from claims.errors import Refused
from tests.app.accounts import commonest

COMMON = (
    "sonyericsson",
    "leavemealone",
    "finalfantasy",
    "chickenwing101",
    "justinbieber",
    "contortionist",
    "websolutions",
    "PolniyPizdec0211",
)
"""What the rules about words and rows take, and everybody else as well."""


@pytest.mark.parametrize("password", COMMON)
def test_what_is_on_the_list_is_refused_in_both_languages(password: str) -> None:
    """T-AUTH-1: among them many that no rule finds."""
    assert worth(password) >= LEFT
    for written in (password, password.upper(), f" {password} "):
        with pytest.raises(Refused) as caught:
            refuse_weak(written)
        assert caught.value.code == "password_listed"
        assert set(caught.value.message) == {"zh", "en"}
        assert password not in repr(caught.value.message)


def test_a_password_of_ones_own_is_on_no_list() -> None:
    drawn = [hashlib.sha256(f"{number}".encode()).hexdigest()[:SHORTEST] for number in range(5000)]
    assert not [password for password in drawn if is_common(password)]
    assert not is_common("kettle under the lighthouse")


def test_more_than_three_thousand_are_listed_each_once_and_in_order() -> None:
    listed = shipped()
    assert len(listed) * WIDTH == len(listed.packed)
    assert len(listed) >= 3000
    assert all(
        first < second for first, second in pairwise(listed[at] for at in range(len(listed)))
    )


def test_what_ships_is_what_the_recipe_names_and_makes() -> None:
    """The lists are no part of the repository; what they must be is, and what they make."""
    assert hashlib.sha256(common_passwords.FILE.read_bytes()).hexdigest() == commonest.SHIPS
    made = commonest.packed([*COMMON, *COMMON, "short", "x" * 300])
    assert len(made) == len(COMMON) * WIDTH
    assert all(common_passwords.digest(word) in made for word in COMMON)


def test_other_lists_than_the_named_ones_make_nothing() -> None:
    before = common_passwords.FILE.stat().st_mtime_ns
    with pytest.raises(SystemExit, match="other lists: none"):
        commonest.main([])
    assert common_passwords.FILE.stat().st_mtime_ns == before
