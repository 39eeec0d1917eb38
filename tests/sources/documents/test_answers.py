"""What the confined process says is believed only as far as a reader of ours could have said it."""

import dataclasses
import json
from typing import Any

import pytest

from sources.documents.answers import Unfit, understood
from sources.documents.document import Document
from sources.errors import TooLarge

SOUND = dataclasses.asdict(
    Document("one two", title="T", notices=({"zh": "一", "en": "a"},), places=((0, "page", "1"),))
)


def test_a_sound_answer_is_the_document() -> None:
    found = understood(json.dumps(SOUND).encode())
    assert (found.content, found.title, found.places) == ("one two", "T", ((0, "page", "1"),))


def test_a_refusal_keeps_its_kind_and_words() -> None:
    said = {"refused": "TooLarge", "code": "pdf_pages", "message": {"zh": "长", "en": "long"}}
    with pytest.raises(TooLarge) as refusal:
        understood(json.dumps(said).encode())
    assert (refusal.value.code, refusal.value.field) == ("pdf_pages", "file")


@pytest.mark.parametrize(
    "change",
    [
        {"content": None},
        {"content": "a\x00"},
        {"content": "x" * 8_000_001},
        {"title": 5},
        {"title": "x" * 2_001},
        {"notices": [{"fr": "a"}]},
        {"notices": [{"en": "a"}] * 21},
        {"places": [[1, "page", "1"]]},
        {"places": [[0, "page", "1"], [0, "page", "2"]]},
        {"places": [[0, "page", "1"], [7, "page", "2"]]},
        {"places": [[0, "river", "1"]]},
        {"places": [[True, "page", "1"]]},
        {"places": [[0, "page"]]},
        {"copy": "é"},
    ],
)
def test_an_answer_no_reader_gives_is_not_believed(change: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        understood(json.dumps({**SOUND, **change}).encode())


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_answer_is_not_believed(answer: bytes) -> None:
    with pytest.raises(Unfit):
        understood(answer)
