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


def test_a_cell_of_any_length_is_read_and_what_is_no_table_is_said_to_be_none(
    tmp_path: Path,
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(f"a\r\n{'证' * 200_000}\r\n", encoding="utf-8")
    told = CliRunner().invoke(appendix, ["rows", str(file)])
    assert len(json.loads(told.stdout)[0]["a"]) == 200_000
    for data in (b"a\r\n1,2\r\n", b"\xff\xfe", b"PK\x03\x04\x9c"):
        file.write_bytes(data)
        told = CliRunner().invoke(appendix, ["rows", str(file)])
        assert (told.exit_code, "is no table" in told.output) == (1, True)
