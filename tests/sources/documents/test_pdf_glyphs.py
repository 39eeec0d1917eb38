"""Shapes become the characters somebody typed."""

from sources.documents.pdf_glyphs import RADICALS, unprinted


def test_radicals_and_ligatures_are_plain_characters() -> None:
    assert unprinted("增⻓ ⼈⼝占⽐，ﬁne diﬀerence") == "增长 人口占比，fine difference"
    assert all(0x2E80 <= radical <= 0x2FDF for radical in RADICALS)


def test_spaces_before_chinese_marks_go() -> None:
    assert unprinted("达到 41.5% 。（ 见表 ）") == "达到 41.5%。（见表）"


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_hyphen() -> None:
    assert unprinted("manu\u00ad\nfacture") == "manu-\nfacture"
