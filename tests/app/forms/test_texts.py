"""A typed text is filed under its own language, and an untouched one keeps them all."""

import pytest

from app.forms.texts import as_words, reworded
from sources.columns import Words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("与年报一致。", {"zh": "与年报一致。"}),
        (" By revenue. ", {"en": "By revenue."}),
        ("NAND 份额", {"zh": "NAND 份额"}),
        ("  ", None),
        (None, None),
    ],
)
def test_the_script_tells_the_language(typed: str | None, words: Words | None) -> None:
    assert as_words(typed) == words


def test_what_nobody_touched_keeps_both_languages() -> None:
    known = {"zh": "按营收", "en": "by revenue"}
    assert reworded(known, "按营收", "按营收") == known
    assert reworded(known, "按营收", "按出货量") == {"zh": "按出货量"}
    assert reworded(known, "按营收", "") is None
    assert reworded(None, "", "by revenue") == {"en": "by revenue"}
