"""A table that left the desk is read back with its values as they were."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli.appendix import appendix
from tests.app.exports.checked import a_checked_claim, written


@pytest.mark.usefixtures("labels")
def test_what_was_made_safe_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(written("csv", a_checked_claim(quote="=1+1;-2"), sources=[]))
    assert b"'=1+1;'-2" in file.read_bytes()
    told = CliRunner().invoke(appendix, ["rows", str(file)])
    assert told.exit_code == 0, told.output
    assert [row["In the article"] for row in json.loads(told.stdout)] == ["=1+1;-2"] * 2
