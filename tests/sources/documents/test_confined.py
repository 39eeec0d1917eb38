"""A stranger's file is parsed where it can do no harm, and whatever happens there is a sentence."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sources.documents import confined
from sources.documents.confined import read
from sources.errors import Refused
from sources.media_types import DOCX, HTML, PDF
from tests.sources.documents.small_files import docx, locked, p, pdf

ROOT = Path(__file__).parents[3]
CONFINED = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from sources.documents.child import confine\n"
    "confine(2)\n"
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"<p>5 % rose</p>", HTML), (docx(p("5 % rose")), DOCX), (pdf([["5 % rose"]]), PDF)],
)
def test_each_kind_is_read_in_the_child(content: bytes, kind: str) -> None:
    assert read(content, kind).content == "5 % rose"


def test_chinese_in_a_font_known_by_name_needs_no_file_after_confinement() -> None:
    assert read(pdf([["十月降雨量增长5%"]]), PDF).content == "十月降雨量增长5%"


def test_the_moment_a_file_was_made_needs_nothing_that_is_loaded_late() -> None:
    found = read(pdf([["5 % rose"]], made="D:20260102030405+08'00'"), PDF)

    assert (found.content, found.made) == ("5 % rose", "2026-01-02")


def test_an_empty_password_needs_nothing_that_is_loaded_late() -> None:
    assert read(locked(""), PDF).content == "5 %"


def test_what_a_reader_refuses_comes_through_as_it_was_said() -> None:
    with pytest.raises(Refused) as refusal:
        read(pdf([[]]), PDF)
    assert (refusal.value.code, refusal.value.field) == ("pdf_scanned", "file")
    assert "扫描件" in refusal.value.message["zh"]


def confined_run(statement: str) -> subprocess.CompletedProcess[str]:
    """Run a statement as the child would, once it has confined itself."""
    command = [sys.executable, "-I", "-c", CONFINED + statement, str(ROOT)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    "statement",
    [
        "open('/etc/hostname')",
        "open('/dev/null', 'w')",
        "import _socket; _socket.socket()",
        "import os; os.pipe()",
        "import os; os.listdir('/')",
    ],
)
def test_a_confined_process_opens_neither_a_file_nor_a_connection(statement: str) -> None:
    """T-BAD: hostile files and texts are kept harmless or refused."""
    imported, _, act = statement.rpartition("; ")
    command = CONFINED.replace("confine(2)\n", f"{imported}\nconfine(2)\n") + act
    found = subprocess.run(
        [sys.executable, "-I", "-c", command, str(ROOT)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert f"[Errno {errno.EMFILE}]" in found.stderr


def test_memory_and_time_are_limited_by_the_kernel() -> None:
    """T-DOS: what is too much is refused before it costs anything."""
    assert "MemoryError" in confined_run("b = bytearray(700_000_000)").stderr
    limits = "import resource as r; print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_FSIZE))"
    assert confined_run(limits).stdout == "(10, 10) (0, 0)\n"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("while True: pass", "document_slow"),
        ("import os; os._exit(12)", "document_memory"),
        ("import os; os._exit(13)", "document_nested"),
        ("import os; os.abort()", "document_failed"),
        ("raise KeyError", "document_failed"),
    ],
)
def test_a_child_that_falls_is_a_clear_error(
    monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.setattr(confined, "START", code)
    monkeypatch.setattr(confined, "PATIENCE", 0.5)
    with pytest.raises(Refused) as refusal:
        read(b"x", PDF)
    assert refusal.value.code == said
    assert refusal.value.message["zh"]


def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET_KEY", "x" * 40)
    monkeypatch.setattr(
        confined, "START", "import os; os._exit(12 if 'DESK_SECRET_KEY' in os.environ else 13)"
    )
    with pytest.raises(Refused) as refusal:
        read(b"x", PDF)
    assert refusal.value.code == "document_nested"


def test_a_document_of_endless_pages_is_stopped() -> None:
    """A page tree that contains itself."""
    content = pdf([["x"]]).replace(b"/Kids[7 0 R]", b"/Kids[2 0 R]")
    assert content.count(b"/Kids[2 0 R]") == 1
    with pytest.raises(Refused):
        read(content, PDF)


def test_the_test_machine_itself_could_open_all_of_this() -> None:
    """Else the tests of confinement would prove nothing."""
    with socket.socket() as connection:
        assert connection.fileno() > 2
    assert os.listdir("/")  # noqa: PTH208 - the very call the confined process tries
