"""A desk checks a file with its own keys, and tells what its register and its ledger know of it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli.appendix import appendix
from tests.app.exports.verifier.issued import Issued


@pytest.fixture
def at_the_desk(issued: Issued, monkeypatch: pytest.MonkeyPatch) -> Issued:
    monkeypatch.setenv("DESK_HOME", str(issued.folder.parent))
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    return issued


def asked(file: Path, *more: str) -> Result:
    return CliRunner().invoke(appendix, ["verify", str(file), *more])


def told(file: Path, *more: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(asked(file, "--json", *more).stdout)
    return answer


@pytest.mark.parametrize(("language", "word"), [("en", "the very file"), ("zh", "一字节不差")])
def test_a_file_of_the_desk_is_recognized(at_the_desk: Issued, language: str, word: str) -> None:
    file = at_the_desk.path("public", "html")
    answer = asked(file, "--against-database", "--language", language)
    assert answer.exit_code == 0, answer.output
    assert word in answer.stdout
    assert at_the_desk.keys[-1] in answer.stdout


def test_an_altered_file_is_named_and_ends_with_three(at_the_desk: Issued, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    page = at_the_desk.path("legal", "html").read_text(encoding="utf-8")
    file.write_text(page.replace("It was 5 %", "It was 50 %", 1), encoding="utf-8")
    answer = asked(file, "--language", "zh")
    assert answer.exit_code == 3
    assert "ALTERED_PAGE" in answer.stdout
    found = told(file, "--against-database")
    assert found["desk"]["very_file"] is False


def test_the_verifier_is_handed_out(tmp_path: Path) -> None:
    program = tmp_path / "verify_appendix.py"
    assert CliRunner().invoke(appendix, ["verifier", "-o", str(program)]).exit_code == 0
    printed = CliRunner().invoke(appendix, ["verifier"]).stdout
    assert program.read_text(encoding="utf-8") == printed
    assert "def examine(" in printed


def test_a_file_from_elsewhere_is_a_foreign_desks(
    issued: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path / "another"))
    shutil.copytree(issued.folder.parent, tmp_path / "another")
    shutil.rmtree(tmp_path / "another" / "keys")
    found = told(issued.path("legal", "json"), "--against-database")
    assert [one["name"] for one in found["findings"]] == ["FOREIGN_DESK"]
    assert "desk" not in found
