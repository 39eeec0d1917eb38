"""The shipped typefaces have what newsrooms print, and a folder of one's own adds to them."""

import shutil
from pathlib import Path

import pytest

from app.config import ROOT
from app.exports.pdf import names_confidential
from app.exports.pdf.typefaces import SHIPPED, Typefaces, typefaces, unprintable
from sources.errors import Refused

PRINTED = (
    "堃喆镕旻祎昇昉 台積電鴻海臺灣龍馬 東京駅デジタル 삼성전자 Łódź Erdoğan Việt Ελλάδα Москва "
    "€£₩₹ ≈≥≤±× ●◆▲✓✗⚑→ ①⑩ “”‘’—… 《》、。ＡＢ％ \ufffd"
)


@pytest.fixture(scope="module")
def shipped() -> Typefaces:
    return typefaces()


def test_names_and_scripts_that_newsrooms_print_are_there(shipped: Typefaces) -> None:
    assert shipped.missing(PRINTED) == set()


def test_all_of_gb_2312_is_there(shipped: Typefaces) -> None:
    rows = (
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA) or row > 0xD7
    )
    assert shipped.missing("".join(rows)) == set()


def test_every_character_of_the_demo_is_there(shipped: Typefaces) -> None:
    for file in sorted((ROOT / "claims" / "seed").rglob("*.json")):
        assert shipped.missing(file.read_text(encoding="utf-8")) == set(), file.name


def test_the_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (SHIPPED / "OFL.txt").read_text(encoding="utf-8")
    size = sum(file.stat().st_size for file in SHIPPED.iterdir() if file.suffix in {".otf", ".ttf"})
    assert size < 8_000_000


def test_a_folder_of_the_newsroom_adds_its_families_once(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "DeskMono-Regular.ttf", tmp_path / "one.ttf")
    shutil.copy(SHIPPED / "DeskMono-Regular.ttf", tmp_path / "two.TTF")
    (tmp_path / "readme.txt").write_text("no font", encoding="utf-8")
    found = typefaces(tmp_path)
    assert found.added == ("Desk Mono",)
    assert found.folders == (SHIPPED, tmp_path)


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"OTTO nonsense")
    with pytest.raises(Refused, match=r"broken\.otf"):
        typefaces(tmp_path)


def test_a_character_that_may_be_a_confidential_sources_is_told_by_its_place_alone() -> None:
    for told in unprintable({"𓀀": ["S-03"]}, spelt=False).message.values():
        assert "□ (U+…) S-03" in told
        assert not any(sign in told for sign in ("𓀀", "13000"))
    for confidential, identity in ((False, {"key": "a"}), (True, {"withheld": "0" * 64})):
        assert not names_confidential([{"confidential": confidential, "identity": identity}])
    assert names_confidential([{"confidential": True, "identity": {"key": "a"}}])


def test_many_missing_characters_are_counted() -> None:
    found = {chr(0x13000 + number): ["C-01"] for number in range(20)}
    told = unprintable(found).message
    assert "and 8 more" in told["en"]
    assert "另有 8 个" in told["zh"]
