"""A text's language is told by its script; what a file states is believed where the script fits."""

import pytest

from claims.languages import language_of, stated_or_seen

SIMPLIFIED = "2024年，全球NAND市场有5%归长江存储，这个数据来自国家统计局。"
TRADITIONAL = "2024年，全球NAND市場有5%歸長江存儲，這個數據來自國家統計局。"
JAPANESE = "2024年の世界NAND市場では、5%が長江存儲のものとなった。"
KOREAN = "2024년 전 세계 NAND 시장의 5%가 YMTC의 것이었다."
ENGLISH = "In 2024, YMTC (长江存储) held 5 % of the world's NAND market, it said."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SIMPLIFIED, "zh-Hans"),
        (TRADITIONAL, "zh-Hant"),
        (JAPANESE, "ja"),
        (KOREAN, "ko"),
        (ENGLISH, "en"),
        ("Рост составил 5 %", None),
        ("5 %", None),
        ("", None),
        (SIMPLIFIED + "（引自“日本経済のニュース”）", "zh-Hans"),
    ],
)
def test_the_script_shows_the_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("zh-CN", SIMPLIFIED, "zh-Hans"),
        ("zh_TW", TRADITIONAL, "zh-Hant"),
        ("zh-HK", SIMPLIFIED, "zh-Hant"),
        ("zh", TRADITIONAL, "zh-Hant"),
        ("en", SIMPLIFIED, "zh-Hans"),
        ("zh-CN", ENGLISH, "en"),
        ("en-us", ENGLISH, "en-US"),
        ("fr", "Le taux a atteint 5 % en 2024.", "fr"),
        ("ru", "Рост составил 5 %", "ru"),
        (None, KOREAN, "ko"),
        (None, "5 %", None),
    ],
)
def test_a_statement_is_believed_where_the_script_bears_it_out(
    stated: str | None, text: str, language: str | None
) -> None:
    assert stated_or_seen(stated, text) == language
