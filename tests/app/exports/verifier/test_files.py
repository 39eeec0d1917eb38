"""A stranger's file may be anything: it is read within bounds, or it is said to be unreadable."""

import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from app.exports.verifier.files import attached
from app.exports.verifier.program import examine
from app.ledger.verify_offline import FORMAT
from tests.app.exports.verifier.issued import told

NAMES = ("customXml/item1.xml", "word/document.xml")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as found:
        for name in NAMES:
            found.writestr(name, "x" * 200)
    return file


@pytest.mark.parametrize(
    ("local", "central", "value"),
    [(6, 8, 1), (6, 8, 1 << 5), (8, 10, 99), (8, 10, 9), (4, 6, 99)],
    ids=["encrypted", "patched", "an unknown method", "deflate64", "a version to come"],
)
def test_a_package_of_another_kind_is_no_crash(
    package: Path, local: int, central: int, value: int
) -> None:
    data = bytearray(package.read_bytes())
    for mark, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] = value
            at = data.find(mark, at + 1)
    package.write_bytes(data)
    assert told(package).findings


def test_a_member_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as found:
        found.writestr("appendix.json", bytes(2**25))
    tracemalloc.start()
    report = examine(file, largest=2**20)[0]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "UNREADABLE" in report.names()
    assert most < 2**22


def test_a_pdf_of_a_thousand_attachments_is_not_searched_to_its_end() -> None:
    noise = b"/Type /EmbeddedFile " * 1000
    document = b"obj stream\n{claim-desk/appendix/3}endstream"
    assert attached(noise + b"stream\nnone endstream /Type /EmbeddedFile " + document) is None
    assert attached(b"/Type /EmbeddedFile " + document) == b"{claim-desk/appendix/3}"


@pytest.mark.parametrize("depth", [100, 900])
def test_values_within_values_without_end_are_unreadable(tmp_path: Path, depth: int) -> None:
    file = tmp_path / "a.json"
    deep = "[" * depth + "]" * depth
    file.write_text(
        f'{{"format":"claim-desk/appendix/3","issue":{{}},"salts":{{}},'
        f'"content":{{"claims":[],"a":{deep}}}}}',
        encoding="utf-8",
    )
    assert told(file).names() == ["UNREADABLE"]


def test_an_export_of_the_ledger_vouches_for_no_page_around_it(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    export = json.dumps({"format": FORMAT, "entries": []})
    file.write_text(
        '<!doctype html><html><head><meta charset="utf-8"></head><body><p>All is true.</p>'
        f'<script type="application/json" id="appendix">{export}</script></body></html>',
        encoding="utf-8",
    )
    # Without the page's own fault the answer would be that of the export alone.
    assert "ALTERED_PAGE" in told(file).names()
