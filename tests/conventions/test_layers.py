"""The import contracts of pyproject.toml hold, and break where somebody crosses a layer."""

import re
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
    """Our packages as shells that keep our own contracts."""
    shutil.copy(tree.ROOT / "pyproject.toml", tmp_path)
    for package in (*tree.PACKAGES, "app/cli", "claims/models", "claims/quantities"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "app" / "factory.py").touch()
    (tmp_path / "claims" / "text.py").write_text("import claims.anchors\n", encoding="utf-8")
    (tmp_path / "claims" / "anchors.py").touch()
    return tmp_path


def test_the_contracts_hold() -> None:
    result = lint_imports(tree.ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_packages_that_cross_no_layer_break_no_contract(planted: Path) -> None:
    result = lint_imports(planted)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("sources/registry.py", "import claims", "app imports claims"),
        ("claims/workflow.py", "import app", "app imports claims"),
        ("sources/registry.py", "import flask", "The domain knows nothing"),
        ("claims/status.py", "import flask_babel", "The domain knows nothing"),
        ("claims/queries.py", "from alembic import op", "The domain knows nothing"),
        ("claims/quantities/rows.py", "import sqlalchemy", "The quantity reader is pure"),
        ("app/config.py", "import app.factory", "Inside app"),
        ("app/drawer.py", "import app.factory", "Inside app"),
        ("claims/anchors.py", "import claims.text", "No cycle between neighbours"),
    ],
)
def test_crossing_a_layer_breaks_its_contract(
    planted: Path, module: str, statement: str, contract: str
) -> None:
    (planted / module).write_text(f'"""Planted."""\n{statement}\n', encoding="utf-8")
    result = lint_imports(planted)
    assert result.returncode == 1
    assert "Contracts: 4 kept, 1 broken." in result.stdout
    assert re.search(rf"^{contract}[^.]*?BROKEN$", result.stdout, re.MULTILINE), result.stdout
