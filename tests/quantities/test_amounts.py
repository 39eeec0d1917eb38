"""The short cut for common figures changes no reading; the small coins behind 块 and 毛."""

from decimal import Decimal

import pytest

from claims.quantities import Quantity, read
from claims.quantities.cjk import amounts
from claims.quantities.cjk.place import Place
from tests.quantities.sentences import sentences

_TEXTS = [
    *(sentence.text for sentence in sentences("zh")),
    *(
        f"{before}{number}{unit}{after}"
        for before in ("", "超过", "每", "第", "至", "人民币", "零下", "负", "近", "NASA ", "，")
        for number in ("3", "20", "2.5", "1,200", "5万", "三", "十五", "一")
        for unit in (
            "元",
            "人",
            "个",
            "年",
            "天",
            "小时",
            "岁",
            "公里",
            "米",
            "位",
            "次",
            "%",
            "款",
        )
        for after in ("", "半", "多", "前", "后", "至5元", "百分点", "3角", "左右", "日元", "级")
    ),
]


def test_a_plain_amount_reads_as_the_whole_grammar_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = [read(text, "zh") for text in _TEXTS]

    monkeypatch.setattr(amounts, "_unit", _nothing)

    assert short == [read(text, "zh") for text in _TEXTS]


def test_most_figures_of_the_demo_need_no_more_than_that() -> None:
    found: list[Quantity] = read("全市新增58人，投资3.5亿元，历时15个小时", "zh")

    assert [figure.rule for figure in found] == ["count-unit", "money", "duration"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("收在15块3毛8，换手率低", "15.38"), ("花9块9买了袜子", "9.9"), ("三块五", "3.5")],
)
def test_a_bare_digit_behind_a_coin_is_of_the_next_smaller_one(text: str, value: str) -> None:
    assert [figure.value for figure in read(text, "zh")] == [Decimal(value)]


def _nothing(_place: Place, _at: int, *, years: bool) -> None:  # noqa: ARG001
    return None
