"""An issue of more claims than a volume has is an archive that anybody can check, byte by byte."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.db import Database
from app.exports.pdf.volumes import MOST_CLAIMS
from app.exports.verifier import assembly
from tests.app.appendix_issue.long_newsdesk import with_many
from tests.engines import Templates

PROOF = ".proof.json"


@pytest.fixture(scope="module")
def archive(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The printed volumes of an issue, with the proof beside them and the program that checks."""
    folder = tmp_path_factory.mktemp("volumes")
    home = folder / "desk"
    shutil.copytree(templates.sqlite("schema"), home)
    database = Database(Settings.load({"DESK_HOME": str(home)}))
    desk = with_many(database, MOST_CLAIMS + 1)
    desk.issue(language="en")
    row = desk.make(1, "pdf")
    place = folder / "appendix.pdf.zip"
    place.write_bytes(desk.store.read(row.file_sha256))
    place.with_name(place.name + PROOF).write_bytes(desk.store.read(str(row.proof_sha256)))
    (folder / assembly.NAME).write_text(assembly.assembled(), encoding="utf-8")
    yield place
    database.close()


def findings(place: Path) -> set[str]:
    """What the program says of a file that lies where it was handed out."""
    program = place.parent / assembly.NAME
    command = [sys.executable, "-I", str(program), "--json", str(place)]
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return {one["name"] for one in json.loads(answer.stdout)["findings"]}


def test_the_volumes_of_an_issue_are_checked_by_the_program_and_its_proof(archive: Path) -> None:
    assert findings(archive) == set()
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist()[:2] == ["volume-01-of-02.pdf", "volume-02-of-02.pdf"]


@pytest.mark.parametrize("member", [0, 1])
def test_one_other_byte_of_a_volume_is_found(archive: Path, member: int) -> None:
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        place = opened.infolist()[member]
    byte = place.header_offset + place.file_size // 2
    changed = bytes([whole[byte] ^ 1])
    try:
        archive.write_bytes(whole[:byte] + changed + whole[byte + 1 :])
        assert findings(archive) == {"ALTERED_PAGE"}
    finally:
        archive.write_bytes(whole)
