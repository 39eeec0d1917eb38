"""The one file that leaves the house runs alone, with nothing but Python, and says it all."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.exports.verifier import assembly
from tests.app.exports.verifier.issued import Issued


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("program") / assembly.NAME
    path.write_text(assembly.assembled(), encoding="utf-8")
    return path


def run(program: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_in_one_file_every_thing_has_a_name_of_its_own() -> None:
    module = ast.parse(assembly.assembled())
    names = [
        name
        for node in module.body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [ast.unparse(target) for target in node.targets]
            if isinstance(node, ast.Assign)
            else []
        )
    ]
    assert len(names) > 100
    assert sorted(names) == sorted(set(names))


def test_it_imports_the_standard_library_alone_and_old_pythons_can_read_it() -> None:
    module = ast.parse(assembly.assembled(), feature_version=(3, 8))
    found = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in found} <= sys.stdlib_module_names


def test_a_thing_imported_under_another_name_is_refused() -> None:
    node = ast.parse("from app.exports.verifier.page import Page as Other").body[0]
    with pytest.raises(ValueError, match="one name"):
        assembly.foreign(node)


@pytest.mark.parametrize(("language", "word"), [("en", "HOLDS"), ("zh", "成立")])
def test_a_stranger_checks_a_file_with_it(
    program: Path, issued: Issued, language: str, word: str
) -> None:
    page = issued.path("legal", "html")
    told = run(program, page, "--language", language, "--key", issued.keys[-1])
    assert (told.returncode, told.stderr) == (0, "")
    assert word in told.stdout
    assert issued.keys[-1] in told.stdout


def test_it_tells_a_machine_what_does_not_hold(
    program: Path, issued: Issued, tmp_path: Path
) -> None:
    file = tmp_path / "a.html"
    page = issued.path("legal", "html").read_text(encoding="utf-8")
    file.write_text(page.replace("It was 5 %", "It was 50 %", 1), encoding="utf-8")
    told = run(program, file, "--json")
    assert told.returncode == 3
    answer = json.loads(told.stdout)
    assert answer["holds"] is False
    assert [found["name"] for found in answer["findings"]] == ["ALTERED_PAGE"]


def test_it_proves_that_two_profiles_rest_on_one_content(program: Path, issued: Issued) -> None:
    legal, public = issued.path("legal", "json"), issued.path("public", "html")
    told = run(program, public, "--same-as", legal, "--language", "en")
    assert told.returncode == 0
    assert "the very same content" in told.stdout


def test_a_question_it_cannot_answer_ends_with_two(program: Path, issued: Issued) -> None:
    assert run(program, "no-such-file").returncode == 2
    assert run(program, issued.path("legal", "json"), "--key", "nonsense").returncode == 2
