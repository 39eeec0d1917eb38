"""A test lies where the code it tests lies, so that each is found from the other."""

from pathlib import Path

import pytest

from tests.conventions import rules, tree


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A small repository with one module and one package."""
    (tmp_path / "claims" / "quantities").mkdir(parents=True)
    (tmp_path / "claims" / "anchors.py").touch()
    (tmp_path / "claims" / "quantities" / "numeral.py").touch()
    return tmp_path


@pytest.mark.parametrize(
    "test",
    [
        "tests/claims/test_anchors.py",
        "tests/claims/test_anchors_moved.py",
        "tests/claims/test_quantities.py",
        "tests/claims/anchors/test_fuzzy.py",
        "tests/claims/quantities/test_numeral.py",
    ],
)
def test_a_test_beside_its_module_is_found(planted: Path, test: str) -> None:
    assert rules.unmirrored(Path(test), planted) == []


@pytest.mark.parametrize(
    "test",
    [
        "tests/claims/test_anchor.py",
        "tests/claims/test_everything.py",
        "tests/sources/test_anchors.py",
        "tests/claims/quantities/test_unit.py",
    ],
)
def test_a_test_of_nothing_is_reported(planted: Path, test: str) -> None:
    assert rules.unmirrored(Path(test), planted)


def test_every_test_of_a_package_mirrors_its_path() -> None:
    tests = [
        file
        for file in tree.python_files()
        if file.parts[0] == "tests"
        and file.parts[1] in tree.PACKAGES
        and file.name.startswith("test_")
    ]
    found = {file: rules.unmirrored(file, tree.ROOT) for file in tests}
    assert {file: complaint for file, complaint in found.items() if complaint} == {}
