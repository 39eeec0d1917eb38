"""What a newsroom hands over: read exactly, or refused with the reason."""

import pytest

from claims.errors import Refused, TooLarge
from claims.text import LIMIT, read_bytes, read_text

SENTENCE = "2024年，全球NAND市场有5%归长江存储。"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_removed(charset: str) -> None:
    assert read_bytes(SENTENCE.encode(charset)).content == SENTENCE


@pytest.mark.parametrize("charset", ["gb18030", "big5", "shift_jis"])
def test_another_encoding_is_asked_for_and_then_read(charset: str) -> None:
    said = "全球市場有5%，2024年。"
    with pytest.raises(Refused) as refusal:
        read_bytes(said.encode(charset))
    assert (refusal.value.field, refusal.value.code) == ("text", "not_decodable")
    assert read_bytes(said.encode(charset), charset).content == said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty_text"),
        ("  \n\u200b", "empty_text"),
        ("a\x00b", "invisible_character"),
        ("a\x1b[31m", "invisible_character"),
        ("4\u202e1.5%", "invisible_character"),
        ("a\ufeffb", "invisible_character"),
        ("a\ud800", "invisible_character"),
        ("Z" + "\u0335" * 500, "piled_marks"),
        ("Z" + "\u0489" * 21, "piled_marks"),
        ("ก" + "\u0e47" * 21, "piled_marks"),
        ("Z" + ("\u0335" * 20 + "\u200d") * 2, "piled_marks"),
    ],
)
def test_what_no_reader_sees_is_refused_by_name(content: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_text(content)
    assert refusal.value.code == code
    assert refusal.value.message["zh"]


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_bytes("长".encode() * (LIMIT // 3 + 1))


def test_as_many_marks_as_any_script_needs_are_kept() -> None:
    assert read_text("Z" + "\u0335" * 20 + " नमस्ते دُنْيَا 👩\u200d👧").content


def test_a_zero_width_space_inside_a_figure_is_kept() -> None:
    assert read_text("4\u200b1.5%").content == "4\u200b1.5%"
