"""The import contracts of pyproject.toml hold, and break where somebody crosses a layer."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conventions import tree

RUN = "from importlinter.cli import lint_imports_command as run; run()"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the packages in a folder, with the folder's pyproject.toml."""
    command = [sys.executable, "-c", RUN, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Our packages as empty shells under our own contracts."""
    shutil.copy(tree.ROOT / "pyproject.toml", tmp_path)
    for package in (*tree.PACKAGES, "claims/quantities"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def test_the_contracts_hold() -> None:
    result = lint_imports(tree.ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_empty_packages_break_no_contract(planted: Path) -> None:
    result = lint_imports(planted)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("sources/registry.py", "import claims", "app imports claims"),
        ("claims/workflow.py", "import app", "app imports claims"),
        ("sources/registry.py", "import flask", "The domain knows nothing"),
        ("claims/text.py", "import flask_babel", "The domain knows nothing"),
        ("claims/queries.py", "from alembic import op", "The domain knows nothing"),
        ("claims/quantities/rows.py", "import sqlalchemy", "The quantity reader is pure"),
    ],
)
def test_crossing_a_layer_breaks_its_contract(
    planted: Path, module: str, statement: str, contract: str
) -> None:
    (planted / module).write_text(f'"""Planted."""\n{statement}\n', encoding="utf-8")
    result = lint_imports(planted)
    assert result.returncode == 1
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert len(broken) == 1, result.stdout
    assert broken[0].startswith(contract)
