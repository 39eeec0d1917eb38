"""An archive is opened when it is harmless, and refused before it does any harm."""

import io
import resource
import struct
import warnings
import zipfile

import pytest

from sources.errors import Refused
from sources.packages import MOST_ENTRIES, listed, opened, part
from tests.benchmarks.effort import calls
from tests.sources.documents.small_files import docx, p, package

ENTRIES = 100_000


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        opened(content)
    assert refusal.value.field == "file"
    return refusal.value.code


def test_a_document_is_opened_and_read() -> None:
    content = docx(p("5%"))
    assert "word/document.xml" in listed(content)
    with opened(content) as archive:
        assert b"5%" in (part(archive, "word/document.xml") or b"")
        assert part(archive, "word/nothing.xml") is None


def test_a_bomb_is_refused_by_what_it_would_unpack_to() -> None:
    assert code_of(package({"word/document.xml": b"\0" * 5_000_000})) == "package_bomb"
    honest = package({"word/document.xml": b"\0" * 100_000})
    lying = honest.replace(struct.pack("<L", 100_000), struct.pack("<L", 10))
    with opened(lying) as archive, pytest.raises(Refused):
        part(archive, "word/document.xml")


def test_a_hundred_thousand_entries_cost_nothing() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(ENTRIES):
            archive.writestr(f"{number}", b"")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert calls(lambda: code_of(stream.getvalue())) < ENTRIES / 100
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    few = package({str(number): b"" for number in range(MOST_ENTRIES + 1)})
    assert code_of(few) == "package_entries"


@pytest.mark.parametrize("name", ["../evil", "a/../../b", "/etc/passwd", "C:/x", "a\\..\\b"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert code_of(package({"word/document.xml": "", name: "x"})) == "package_outside"


def test_a_link_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code_of(stream.getvalue()) == "package_outside"


def test_two_entries_of_one_name_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "a")
        archive.writestr("word/document.xml", "b")
    assert code_of(stream.getvalue()) == "package_entries"


@pytest.mark.parametrize("cut", [0, 3, 30, -30, -10, -1])
def test_a_broken_archive_is_refused(cut: int) -> None:
    whole = docx(p("5%"))
    assert code_of(whole[:cut]) == "package_broken"


def test_a_password_is_named() -> None:
    whole = bytearray(package({"word/document.xml": "x"}))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(whole)) == "package_encrypted"
