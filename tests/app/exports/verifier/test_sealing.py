"""A file is bound as it is shown: whatever else is seen in it, or hidden, is found and placed."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from app.appendix_issue import files, issues
from app.exports import Format, seals
from app.exports.verifier.bodies import ITEM
from tests.app.exports.verifier import forgeries, pages
from tests.app.exports.verifier.issued import BY, Issued, told


@pytest.fixture
def page(issued: Issued) -> str:
    return issued.path("legal", "html").read_text(encoding="utf-8")


def names(page: str, folder: Path) -> set[str]:
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    return set(told(file).names())


def test_an_issued_page_holds_and_tells_what_its_document_tells(issued: Issued) -> None:
    report, document = told(issued.path("legal", "html")), told(issued.path("legal", "json"))
    assert report.findings == []
    assert report.facts["root"] == document.facts["root"]


@pytest.mark.parametrize(("old", "new", "expected"), pages.FORGED_PAGES + pages.UNLIKE_THE_HOUSE)
def test_a_forged_page_has_its_name(
    page: str, old: str, new: str, expected: set[str], tmp_path: Path
) -> None:
    assert names(pages.forged(page, old, new), tmp_path) == expected


def test_a_page_with_two_documents_is_refused(page: str, tmp_path: Path) -> None:
    assert {"ALTERED_PAGE", "UNREADABLE"} >= names(pages.two_documents(page), tmp_path) != set()


def test_the_place_of_a_change_is_the_element_it_stands_in(page: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page.replace("It was 5 %.", "It was 50 %.", 1), encoding="utf-8")
    place = told(file).findings[0].place
    assert re.fullmatch(r"#[a-z][\w-]*", place), place
    assert f'id="{place[1:]}"' in page


def test_a_document_that_was_changed_inside_its_page_is_told_apart(
    page: str, tmp_path: Path
) -> None:
    head, start, rest = page.partition('id="appendix">')
    assert names(head + start + rest.replace("It was 5 %", "It was 50 %"), tmp_path) == {
        "ALTERED_CLAIM"
    }


def test_the_seal_of_another_issue_does_not_fit(issued: Issued, page: str, tmp_path: Path) -> None:
    other = issued.path("public", "html").read_text(encoding="utf-8")
    seal = re.compile(r'<script type="application/json" id="seal">[^<]*</script>')
    found = seal.search(other)
    assert found is not None
    moved = seal.sub(lambda _: found[0], page, count=1)
    assert "WRONG_FILE" in names(moved, tmp_path)


def sealed(issued: Issued, path: Path, form: str) -> None:
    """Seal a file as the desk seals the files it makes."""
    with issued.database.reading() as session:
        row = issues.issued(session, issued.article, 1)
        session.expunge_all()
    kind = Format(form, form, "application/octet-stream", "")
    files._seal(issued.database, row, kind, path, BY)  # noqa: SLF001 - other formats are written elsewhere


TABLE = "论断,数字\r\nC-01,4 %\r\nC-02,5 %\r\nC-03,6 %\r\n"


def test_a_table_is_bound_by_the_proof_beside_it(issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_bytes(TABLE.encode())
    assert told(file).names() == ["NO_PROOF"]
    sealed(issued, file, "csv")
    assert told(file, issued.keys).findings == []
    file.write_bytes(TABLE.replace("5 %", "50 %").encode())
    altered = told(file).findings
    assert [(found.name, found.place) for found in altered] == [("ALTERED_PAGE", "line 3")]
    file.write_bytes(TABLE.replace("C-02,5 %\r\n", "").encode())
    assert told(file).names() == ["ALTERED_PAGE"]
    file.write_bytes(b"A,B\r\n1,2\r\n")
    assert told(file).names() == ["WRONG_FILE"]


def test_markdown_holds_its_seal_as_a_comment(issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# 附录\n\nC-01: 4 %\n\n<!-- seal -->\n", encoding="utf-8")
    assert told(file).names() == ["NO_PROOF"]
    sealed(issued, file, "md")
    assert told(file).findings == []
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("4 %", "40 %"), encoding="utf-8")
    assert [(found.name, found.place) for found in told(file).findings] == [
        ("ALTERED_PAGE", "line 3")
    ]
    file.write_text(text.replace("<!-- proof: {", "<!-- proof: { "), encoding="utf-8")
    assert told(file).names() == ["BAD_PROOF"]


def a_package(issued: Issued, path: Path, words: str = "4 %") -> None:
    document = issued.path("legal", "json").read_text(encoding="utf-8")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": words.encode(),
            "customXml/item2.xml": seals.item("document", document),
        }.items():
            package.writestr(seals.member(name), data)


def test_a_true_document_under_a_seal_of_the_forgers_own_does_not_hold(
    issued: Issued, page: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    seal = json.loads(page.partition('id="seal">')[2].partition("</script>")[0])
    begin, mark, rest = page.partition("<!-- seal -->")
    bare = begin + mark + rest.partition("</script>")[2]
    file.write_text(bare.replace("It was 5 %.", "It was 50 %.", 1), encoding="utf-8")
    del seal["parts"]
    forgeries.sealed_by_the_forger(seal, seals.body_sha256("html", file))
    seals.sealed("html", file, seal)
    for keys in (None, issued.keys):
        assert told(file, keys).names() == ["FORGED_SIGNATURE"]
    published = [*issued.keys, *seal["keys"]]
    report = told(file, published)
    assert (report.findings, report.facts["keys"]) == ([], published)


def test_a_package_carries_document_and_seal(issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    a_package(issued, file)
    sealed(issued, file, "docx")
    report = told(file, issued.keys)
    assert report.findings == []
    assert report.facts["claims"] == 3
    with zipfile.ZipFile(file) as package:
        seal = package.read(ITEM)
    a_package(issued, file, "40 %")
    assert told(file).names() == ["NO_PROOF"]
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(ITEM, seal)
    assert [(found.name, found.place) for found in told(file).findings] == [
        ("ALTERED_PAGE", "word/document.xml")
    ]
    with zipfile.ZipFile(file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", "4 %")
    assert "ALTERED_PAGE" in told(file).names()


def test_a_package_holds_nothing_beside_its_members(issued: Issued, tmp_path: Path) -> None:
    file, other = tmp_path / "a.docx", tmp_path / "b.docx"
    a_package(issued, file)
    sealed(issued, file, "docx")
    a_package(issued, other, "40 %")
    data = file.read_bytes()
    renamed = data.replace(b"word/document.xml", b"word/Document.xml", 1)
    for forged in (other.read_bytes() + data, data + b"PK\5\6", renamed, noted(data)):
        file.write_bytes(forged)
        assert set(told(file).names()) & {"ALTERED_PAGE", "UNREADABLE"}


def noted(data: bytes) -> bytes:
    """A package with a comment at its end."""
    return data[:-2] + b"\x0d\0all is changed"[:15]


def test_another_package_has_its_proof_beside_it(issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "volumes.zip"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(seals.member("1.pdf"), b"%PDF-1.7")
    assert told(file).names() == ["NO_PROOF"]
    sealed(issued, file, "pdf")
    assert told(file, issued.keys).findings == []


def a_pdf(document: bytes, words: bytes) -> bytes:
    """As much of a PDF as carries a document, among other objects."""
    return b"".join(
        (
            b"%PDF-1.7\n",
            b"1 0 obj\n<</Type /Catalog>>\nendobj\n",
            b"2 0 obj\n<</Length 9>>\nstream\n" + words + b"\nendstream\nendobj\n",
            b"3 0 obj\n<</Type /EmbeddedFile /Length %d>>\nstream\n" % len(document),
            document,
            b"\nendstream\nendobj\n%%EOF\n",
        )
    )


def test_a_pdf_carries_its_document_and_has_its_proof_beside_it(
    issued: Issued, tmp_path: Path
) -> None:
    file, document = tmp_path / "a.pdf", issued.path("legal", "json").read_bytes()
    file.write_bytes(a_pdf(document, b"(4 %) Tj"))
    sealed(issued, file, "pdf")
    report = told(file, issued.keys)
    assert (report.findings, report.facts["claims"]) == ([], 3)
    file.write_bytes(a_pdf(document, b"(40 %) Tj"))
    assert [(found.name, found.place) for found in told(file).findings] == [
        ("ALTERED_PAGE", "object 2")
    ]


def test_a_proof_that_was_tampered_with_is_no_proof(issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_bytes(TABLE.encode())
    sealed(issued, file, "csv")
    beside = seals.proof_path(file)
    original: dict[str, Any] = json.loads(beside.read_bytes())
    for key, value in {
        "checkpoint": original["checkpoint"][:-9] + "AAAAAA==\n",
        "act": {**original["act"], "index": 0},
        "parts": ["000000000000"] * 4,
        "keys": [],
    }.items():
        beside.write_text(json.dumps({**original, key: value}), encoding="utf-8")
        assert set(told(file).names()) & {"FORGED_SIGNATURE", "BAD_PROOF"}, key
    for text in ("", "{", "[]", '{"format": "something else"}'):
        beside.write_text(text, encoding="utf-8")
        assert told(file).names() == ["UNREADABLE"]
