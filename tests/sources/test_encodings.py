"""A page's encoding is taken from its bytes, its header or itself, in that order, or refused."""

import pytest

from sources.encodings import declared, decoded, undecodable
from sources.errors import Refused


@pytest.mark.parametrize(
    ("head", "header", "charset"),
    [
        (b"<html><meta charset='gb2312'>", None, "gb18030"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=GBK">', None, "gb18030"),
        (b"<?xml version='1.0' encoding='Shift_JIS'?><html>", None, "cp932"),
        (b"<meta charset=big5>", "UTF-8", "utf-8"),
        (b"<meta charset=utf-16>", None, "utf-8"),
        (b"<html>", "iso-8859-1", "cp1252"),
        (b"<html>", None, None),
    ],
)
def test_the_header_comes_before_the_page(
    head: bytes, header: str | None, charset: str | None
) -> None:
    assert declared(head, header) == charset


@pytest.mark.parametrize("label", ["x-unknown", "rot13", "base64", "idna"])
def test_a_label_of_no_text_encoding_is_refused(label: str) -> None:
    with pytest.raises(Refused) as refusal:
        declared(b"<meta charset=" + label.encode() + b">", None)
    assert refusal.value.code == "charset_unknown"


def test_a_byte_order_mark_comes_before_everything() -> None:
    found = decoded("五%".encode("utf-16"), "gb18030")
    assert (found.content, found.charset) == ("五%", "utf-16")


def test_bytes_that_do_not_fit_are_refused_and_never_replaced() -> None:
    with pytest.raises(Refused) as refusal:
        decoded("增长5%，这是一篇关于市场的文章。".encode("gb18030"), "utf-8", "file")
    assert refusal.value.field == "file"
    assert "GB18030" in refusal.value.message["en"]


@pytest.mark.parametrize(
    ("text", "encoding", "likely"),
    [
        ("2024年全国汽车销量3143.6万辆。", "gb18030", "GB18030"),
        ("年份,销量（万辆）", "gb18030", "GB18030"),
        ("今日三星电子发布公告。", "gb18030", "GB18030"),
        ("한국 자동차 판매량은 올해 늘었다.", "euc_kr", "EUC-KR"),
        ("삼성전자 시장점유율 43.1%, 모바일기기 16.2%", "euc_kr", "EUC-KR"),
        ("시장점유율", "euc_kr", "EUC-KR"),
    ],
)
def test_a_few_words_of_chinese_do_not_look_korean(text: str, encoding: str, likely: str) -> None:
    told = undecodable(text.encode(encoding), "utf-8", "file").message["en"]
    assert f"looks like {likely}." in told
