"""The command `article add`: every format, an address, standard input; exit codes as promised."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from app.cli import commands
from app.config import ROOT
from app.db import Database
from claims.errors import DeskError
from claims.models import Article
from sources.fetching import Fetcher
from tests.sources.documents.small_files import docx, p, pdf
from tests.sources.servers import answer, fetcher, serving

SAID = "十月降雨量同比增长12.5%，达到340毫米，这是国家气象部门发布的数据，创下十年以来的最高纪录。"


@pytest.fixture
def home(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation the command finds by its environment."""
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    return sqlite_database


def add(*arguments: str, given: bytes = b"", web: Fetcher | None = None) -> Result:
    return CliRunner().invoke(
        commands, ["article", "add", *arguments], input=io.BytesIO(given), obj=web
    )


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Article)) or 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", SAID.encode()),
        ("a.md", SAID.encode()),
        ("a.html", f"<p>{SAID}</p>".encode()),
        ("a.docx", docx(p(SAID))),
        ("a.pdf", pdf([[SAID[:26], SAID[26:]]])),
    ],
)
def test_every_format_is_added(home: Database, tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = add(str(file), "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (said["origin"], said["language"]) == (name, "zh-Hans")
    assert (home.settings.store / said["received_sha256"]).read_bytes() == content


def test_an_address_and_standard_input_are_added(home: Database) -> None:
    page = f"<html><head><title>降雨</title></head><body><p>{SAID}</p></body></html>"
    with serving(answer(page.encode(), kind="text/html; charset=utf-8")) as server:
        address = f"http://paper.example:{server.port}/rain"
        fetched = add(address, "--json", web=fetcher(server))
    assert json.loads(fetched.stdout)["title"] == "降雨"
    assert json.loads(fetched.stdout)["origin"] == address
    piped = add("-", "--title", "雨", "--published", "2024-11-02", given=SAID.encode())
    assert piped.exit_code == 0
    assert " proposals (" in piped.stdout
    assert count(home) == 2


def test_a_named_encoding_is_used(home: Database) -> None:
    refused = add("-", given=SAID.encode("gb18030"))
    assert isinstance(refused.exception, DeskError)
    result = add("-", "--encoding", "gb18030", "--json", given=SAID.encode("gb18030"))
    assert json.loads(result.stdout)["charset"] == "gb18030"
    assert count(home) == 1


@pytest.mark.usefixtures("home")
def test_what_needs_a_look_is_said_on_standard_error() -> None:
    result = add("-", "--json", given=pdf([[SAID], []]))
    assert "第 2 页没有文字" in result.stderr
    assert "Page 2 has no text" in result.stderr
    assert json.loads(result.stdout)["numbers"] > 0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("place", ["nothing.txt", "."])
def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path, place: str) -> None:
    result = add(str(tmp_path / place))
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "given", "code"),
    [
        (["http://127.0.0.1/"], b"", "url_inner"),
        (["file:///etc/passwd"], b"", "url_scheme"),
        (["-"], b"", "file_empty"),
        (["-"], b"GIF89a", "file_unread"),
        (["-", "--published", "soon"], SAID.encode(), "published"),
    ],
)
def test_a_refusal_leaves_nothing(
    home: Database, arguments: list[str], given: bytes, code: str
) -> None:
    result = add(*arguments, given=given)
    assert isinstance(result.exception, DeskError)
    assert result.exception.code == code
    assert count(home) == 0
    assert not home.settings.store.exists() or not list(home.settings.store.iterdir())


def test_the_program_itself_adds_and_refuses_on_each_engine(
    database: Database, tmp_path: Path
) -> None:
    """Its exit codes are 0 done, 1 failed, 2 wrong usage."""
    good, bad = tmp_path / "雨.docx", tmp_path / "雨.pdf"
    for file in (good, bad):
        file.write_bytes(docx(p(SAID)))
    ended = [program(database, str(file)) for file in (good, bad, tmp_path / "nothing.txt")]
    assert [one.returncode for one in ended] == [0, 1, 2]
    assert " proposals (" in ended[0].stdout
    assert ended[1].stdout == ""
    assert "内容却是Word 文档" in ended[1].stderr
    assert "its content is a Word document" in ended[1].stderr
    assert count(database) == 1


def program(database: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py on an installation."""
    settings = database.settings
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "article", "add", *arguments],
        env={
            **os.environ,
            "DESK_HOME": str(settings.home),
            "DESK_DATABASE_URL": settings.database_url,
        },
        capture_output=True,
        text=True,
        check=False,
    )
