"""An uploaded file keeps a readable name and never a path."""

import pytest

from sources.errors import Refused
from sources.file_names import LONGEST, cleaned


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\boot.ini", "a/../b.txt", ".."])
def test_a_name_that_climbs_is_refused_with_field_and_reason(name: str) -> None:
    with pytest.raises(Refused) as problem:
        cleaned(name)
    assert problem.value.field == "file"
    assert "../" in problem.value.message["zh"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("年报 2024.pdf", "年报 2024.pdf"),
        ("C:\\Users\\li\\report.pdf", "report.pdf"),
        ("/srv/report.pdf", "report.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("a\x00b\r\n.txt", "ab.txt"),
        (".htaccess", "htaccess"),
        ('a"b<c>.txt', "a_b_c_.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("", None),
        (None, None),
        ("///", None),
        ("\u202e\u200b", None),
    ],
)
def test_what_is_left_is_what_a_person_can_read(name: str | None, kept: str | None) -> None:
    assert cleaned(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = cleaned("长" * 300 + ".pdf")
    assert kept is not None
    assert len(kept) <= LONGEST
    assert kept.endswith("….pdf")
