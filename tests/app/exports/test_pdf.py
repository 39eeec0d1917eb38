"""A PDF of an appendix is for archives and every reader, has its words, and is the same twice."""

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from pypdf import PdfReader

from app.config import Settings
from app.exports import pdf as pdf_format
from app.exports.pdf import press, render
from app.exports.verifier.files import attached, document_in, form_of
from app.exports.view import flat, view_of
from claims.appendix.document import Document
from sources.errors import Refused
from tests.app.exports.a_paper import a_content, a_document, a_paper
from tests.app.exports.claims_of_a_paper import a_claim

pytestmark = pytest.mark.usefixtures("labels")
HOSTILE = '#panic("x") $x$ `raw` *b* _i_ \\ // /* @c1 <c1> [ ] { } ~ "q" -- \x00\x07 \u202e18.3'
LONG = "w" * 400


def printed(document: Document) -> bytes:
    """The file of a document."""
    out = BytesIO()
    render(view_of(document), out, lambda _done, _all: None)
    return out.getvalue()


def words_of(pdf: bytes) -> str:
    """Every word of a PDF, without the breaks of its lines."""
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def bare(text: str) -> str:
    """A text as :func:`words_of` has it."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def paper() -> Document:
    return a_paper("both", claims=3)


@pytest.fixture(scope="module")
def pdf(paper: Document, labels: None) -> bytes:  # noqa: ARG001 - they need an application
    return printed(paper)


def fonts_of(pdf: bytes) -> Iterator[Any]:
    """The descriptors of all fonts of a PDF."""
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            for descendant in font.get_object().get("/DescendantFonts", [font]):
                yield descendant.get_object()["/FontDescriptor"].get_object()


def test_the_same_document_gives_the_same_bytes(paper: Document, pdf: bytes) -> None:
    assert printed(paper) == pdf


def test_it_says_that_it_is_for_archives_and_for_every_reader(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    told = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>3<", told)
    assert re.search(r"pdfaid:conformance>A<", told)
    assert re.search(r"pdfuaid:part>1<", told)
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert "十年换位 / Ten years" in str(reader.metadata.title)


def test_every_font_is_inside(pdf: bytes) -> None:
    descriptors = list(fonts_of(pdf))
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & font.keys() for font in descriptors)
    assert {font["/FontName"].partition("+")[2] for font in descriptors} >= {
        "DeskHan-Regular",
        "DeskLatin-Bold",
    }


def test_every_claim_stands_in_it_with_what_it_rests_on(paper: Document, pdf: bytes) -> None:
    view, found = view_of(paper), words_of(pdf)
    for claim in view.claims:
        for piece in flat(claim.statement, view.tongues, "\n").split("\n"):
            assert bare(piece) in found
        for item in claim.evidence:
            assert item.number in found
        assert claim.root in found
    assert view.integrity is not None
    assert bare(view.integrity.checkpoint) in found
    assert bare(view.integrity.keys[0].fingerprint) in found


def test_its_document_is_attached_and_the_verifier_finds_it(
    paper: Document, pdf: bytes, tmp_path: Path
) -> None:
    place = tmp_path / "appendix.pdf"
    place.write_bytes(pdf)
    assert form_of(place) == "pdf"
    assert attached(pdf) == b"".join(paper.pieces())


def test_pages_are_numbered_and_named_in_both_languages(pdf: bytes) -> None:
    pages = PdfReader(BytesIO(pdf)).pages
    for number, page in enumerate(pages, start=1):
        text = bare(page.extract_text())
        assert f"第{number}页，共{len(pages)}页" in text
        assert f"Page{number}of{len(pages)}" in text


def test_nothing_that_somebody_wrote_is_ever_code() -> None:
    rows = [a_claim(1, statement={"zh": "", "en": HOSTILE}, quote=LONG)]
    found = words_of(printed(a_document(a_content(rows), "en")))
    assert bare('#panic("x")$x$`raw`*b*_i_\\///*@c1<c1>[]{}~"q"--') in found
    assert "18.3" in found
    assert LONG in found


@pytest.mark.parametrize("profile", ["editor", "legal", "public"])
def test_what_a_profile_withholds_has_its_mark(profile: str) -> None:
    document = a_paper("en", profile)
    found = words_of(printed(document))
    view = view_of(document)
    for words in view.withheld:
        assert bare(flat(words, view.tongues)) in found


def test_an_article_without_claims_is_printed() -> None:
    assert len(PdfReader(BytesIO(printed(a_document(a_content([]), "zh")))).pages) >= 1


def test_a_character_that_no_font_has_fails_by_name_and_place() -> None:
    rows = [a_claim(4, statement={"zh": "𓀀", "en": "Hieroglyph 𓀀"})]
    with pytest.raises(Refused) as refused:
        printed(a_document(a_content(rows), "en"))
    assert refused.value.code == "no_glyph"
    for told in refused.value.message.values():
        assert "𓀀 (U+13000) C-04" in told
        assert "DESK_FONTS" in told


def test_a_folder_of_the_newsroom_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings.load({"DESK_HOME": str(tmp_path), "DESK_FONTS": str(tmp_path / "gone")})
    monkeypatch.setitem(current_app.extensions, "settings", settings)
    with pytest.raises(Refused, match="DESK_FONTS"):
        printed(a_paper())


def test_many_claims_come_in_volumes_with_their_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf_format, "MOST_CLAIMS", 2)
    monkeypatch.setattr(sys.modules["app.exports.pdf.volumes"], "MOST_CLAIMS", 2)
    document, told = a_paper("zh", claims=3), list[tuple[int, int]]()
    place = tmp_path / "appendix.pdf.zip"
    with place.open("wb") as out:
        render(view_of(document), out, lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (2, 3), (3, 3)]
    assert form_of(place) == "pdf"
    assert document_in("pdf", place) == b"".join(document.pieces())
    with zipfile.ZipFile(place) as archive:
        names = ["volume-01-of-02.pdf", "volume-02-of-02.pdf", "appendix.json"]
        assert archive.namelist() == names
        first, second = (words_of(archive.read(name)) for name in names[:2])
        assert json.loads(archive.read("appendix.json"))["format"] == "claim-desk/appendix/3"
    assert "第1卷，共2卷·论断C-01至C-02" in first.replace("・", "·")
    assert "第2卷，共2卷" in second
    assert "完整性" in second
    assert "完整性" not in first


def test_the_typesetter_sees_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A child in its place tells what it was given."""
    nosy = tmp_path / "child.py"
    said = ("import os, sys", "sys.stdin.buffer.read()", "print(*os.environ)", "print(sys.path)")
    nosy.write_text("\n".join(said))
    monkeypatch.setattr(press, "CHILD", nosy)
    for name in ("DESK_SECRET_KEY", "PGPASSWORD", "TYPST_FONT_PATHS"):
        monkeypatch.setenv(name, "x" * 40)
    names, path = press._run(b"").decode().splitlines()  # noqa: SLF001 - what is run, as it is run.
    assert {*names.split()} <= {"RAYON_NUM_THREADS", "LC_CTYPE", *press.INHERITED}
    assert str(tmp_path) not in path
