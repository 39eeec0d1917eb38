"""A password is long, readable, and not the first that anybody would try."""

import pytest

from app.accounts import passwords
from claims.errors import Refused

OWNER = ("wang.xiaoming", "王小明 Wang Xiaoming")


@pytest.mark.parametrize(
    "password",
    [
        "a",
        "elevenchars",
        "x" * 10_000,
        "correct\0battery nail",
        "password1234",
        "P@ssw0rd!2026",
        "qwertyuiop123",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "123456789012",
        "111111111111",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "iloveyou2024",
        "woaini1314520",
        "passwordpassword",
        "Password-Password",
        "manchesterunited",
        "administrator",
        "letmein123456",
        "welcome-2026-",
        "newsroom2026!",
        "claim-desk-2026",
        "sunshine19990704",
        "wang.xiaoming",
        "WangXiaoming88",
        "xiaoming-wang-1",
        "密码密码密码密码密码密码",
        "qwerty-azerty",
    ],
)
def test_what_anybody_would_try_is_refused_in_both_languages(password: str) -> None:
    """T-AUTH-1: form-11 of the bad inputs."""
    with pytest.raises(Refused) as caught:
        passwords.refuse_weak(password, OWNER)
    assert caught.value.field == "password"
    assert set(caught.value.message) == {"zh", "en"}
    assert repr(password) not in repr(caught.value.message)


@pytest.mark.parametrize(
    "password",
    [
        "a long enough password",
        "kettle under the lighthouse",
        "雨天的灯塔里有一只蓝色水壶",
        "tf9KqmZrw2LxVb",
        "84170296553018",
        "%&/()=?+*#~§",
        "        kettle blue",
        "x" * 3 + "olive tractor",
    ],
)
def test_a_sentence_or_what_a_program_drew_is_taken(password: str) -> None:
    assert passwords.worth(password, OWNER) >= passwords.LEFT
    passwords.refuse_weak(password, OWNER)
