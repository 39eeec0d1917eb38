"""The gate fails a skip where skips are forbidden, and says how to get a missing browser."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conventions import tree

SKIPPED = '''"""Planted."""

import pytest


@pytest.mark.skip(reason="planted")
def test_nothing() -> None:
    assert False
'''


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A test file of its own project in which the only test is skipped."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    file = tmp_path / "test_planted.py"
    file.write_text(SKIPPED, encoding="utf-8")
    return file


def gate(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run only pytest through the gate, in an environment with the given variables."""
    command = [sys.executable, str(tree.ROOT / ".ci" / "gate.py"), "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_skip_fails_where_skips_are_forbidden(planted: Path, processes: str) -> None:
    result = gate(str(planted), "--numprocesses", processes, DESK_FORBID_SKIPS="1")
    assert result.returncode == 1
    assert "Skips are forbidden here" in result.stdout
    assert "1 error" in result.stdout.splitlines()[-1]


def test_a_skip_passes_where_skips_are_allowed(planted: Path) -> None:
    result = gate(str(planted), DESK_FORBID_SKIPS="0")
    assert result.returncode == 0
    assert "1 skipped" in result.stdout.splitlines()[-1]


def test_a_missing_browser_is_named_with_the_way_to_get_one(planted: Path) -> None:
    result = gate(str(planted), DESK_FORBID_SKIPS="0", CHROMIUM="no-such-browser")
    assert "apt-get install chromium" in result.stderr
