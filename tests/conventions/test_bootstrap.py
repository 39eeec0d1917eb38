"""manage.py and the lock files agree, and manage.py explains itself where it cannot go on."""

import ast
import re
import tomllib

import pytest

import manage
from tests.conventions import tree

PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(kind: str) -> dict[str, str]:
    """The packages of a lock file with their exact versions."""
    text = manage.lock_file(kind).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))


def outdated(requirements: list[str], pins: dict[str, str]) -> list[str]:
    """The requirements that a lock file lacks or meets with a wrong version."""
    matches = {line: manage.DIRECT.match(line) for line in requirements}
    return [
        line
        for line, match in matches.items()
        if match is None or match[1] not in pins or not manage.satisfies(pins[match[1]], match[2])
    ]


def test_the_bootstrap_parses_on_pythons_too_old_to_run_it() -> None:
    source = (tree.ROOT / "manage.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    with pytest.raises(SyntaxError):
        ast.parse("match x:\n    case 1: pass\n", feature_version=(3, 6))


@pytest.mark.parametrize(
    ("version", "specifiers", "expected"),
    [
        ("3.1.3", "==3.1.*", True),
        ("3.2.0", "==3.1.*", False),
        ("3.3.2", ">=3.3.2,<3.4", True),
        ("3.4.0", ">=3.3.2,<3.4", False),
        ("3.3", ">=3.3.2,<3.4", False),
        ("10.0", ">=9", True),
        ("2.1.9+local", "", True),
    ],
)
def test_a_version_meets_its_specifiers_or_not(
    version: str,
    specifiers: str,
    expected: bool,  # noqa: FBT001 - a column of the table.
) -> None:
    assert manage.satisfies(version, specifiers) is expected


def test_this_interpreter_has_everything_it_runs_with() -> None:
    assert manage.has_everything("test")


def test_a_lock_that_lacks_a_requirement_is_noticed() -> None:
    assert outdated(["flask==3.1.*", "nh3>=0.3"], {"flask": "3.2.0"}) == [
        "flask==3.1.*",
        "nh3>=0.3",
    ]


def test_the_lock_files_hold_what_pyproject_asks_for() -> None:
    wanted = PROJECT["project"]["dependencies"]
    wanted += PROJECT["project"]["optional-dependencies"]["postgres"]
    assert outdated(wanted, locked("run")) == []
    assert outdated(PROJECT["dependency-groups"]["test"], locked("test")) == []


def test_the_test_lock_contains_the_run_lock() -> None:
    assert locked("run").items() <= locked("test").items()


@pytest.mark.parametrize("kind", ["run", "test"])
def test_every_locked_package_has_hashes(kind: str) -> None:
    entries = re.split(r"\n(?=[a-z])", manage.lock_file(kind).read_text(encoding="utf-8"))
    assert len(entries) == len(locked(kind))
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one that was locked"),
        ("Temporary failure in name resolution", "PIP_INDEX_URL"),
        ("ERROR: No matching distribution found for flask==3.1.3", "pip download"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("something else", "pip failed"),
    ],
)
def test_a_failed_installation_says_what_to_do(output: str, advice: str) -> None:
    explained = manage.explain(f"first line\n{output}\n")
    assert advice in explained
    assert explained.endswith(output)


def test_pips_output_is_counted_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"Collecting package-{number}==1.0\n" for number in range(1, 11)]
    assert manage.follow(lines, 10) == "".join(lines)
    assert "10/10 package-10" in capsys.readouterr().err
