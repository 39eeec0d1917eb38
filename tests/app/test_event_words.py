"""What an event of the ledger holds reads as words, in the language of the page."""

import pytest
from flask_babel import force_locale

from app.event_words import LISTS, word_in, word_of

pytestmark = pytest.mark.usefixtures("labels")


def test_each_word_of_a_closed_list_has_its_chinese() -> None:
    words = {(field, member) for field, kinds in LISTS.items() for kind in kinds for member in kind}
    with force_locale("zh"):
        assert {one for one in words if str(word_of(*one)).isascii()} == set()


def test_values_are_said_as_a_person_says_them() -> None:
    with force_locale("en"):
        assert word_of("unfamiliar", value=False) == "no"
        assert word_of("proofs", ["password", "totp"]) == "password · code"
        assert word_of("reason", "administer") == "Administer accounts and settings"
        assert word_of("route", "/admin/accounts") == "/admin/accounts"
        assert "2026" in word_of("first", "2026-11-26T11:49:23+00:00")


def test_a_value_is_said_in_either_language_on_one_page() -> None:
    assert word_in("zh")("proof", "passkey") == "通行密钥"
    assert word_in("en")("proof", "passkey") == "passkey"
