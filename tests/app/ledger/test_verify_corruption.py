"""A damaged SQLite file: whatever page or bit is wrong, verification says so or nothing changed."""

import os
import random
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.config import Settings
from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger.verify import verify
from tests.app.ledger.conftest import Opener
from tests.app.ledger.outsider import SQLITE
from tests.app.ledger.small import Small, check

TIMES = int(os.environ.get("DESK_TEST_CORRUPTIONS", "60"))
"""How many corruptions are tried; 600 by hand: ``DESK_TEST_CORRUPTIONS=600``."""
PAGE = 4096
HEADER = 100


@pytest.fixture(scope="module")
def home(open_desk: Opener) -> Path:
    """A worked desk whose file holds everything, without a log beside it."""
    database = open_desk("sqlite", "worked")
    assert check(database).findings == []
    database.close()
    with closing(SQLITE.connect(file_of(database.settings.home), isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")
        opened.execute("VACUUM")
    return database.settings.home


def file_of(home: Path) -> Path:
    return home / "desk.sqlite3"


def corrupted(whole: bytes, draw: random.Random, kind: int) -> bytes:
    """One bit flipped, one page of rubbish, or one page in another's place."""
    data = bytearray(whole)
    pages = len(data) // PAGE
    if kind == 0:
        data[draw.randrange(HEADER, len(data))] ^= 1 << draw.randrange(8)
        return bytes(data)
    place = draw.randrange(1, pages) * PAGE
    if kind == 1:
        data[place : place + PAGE] = draw.randbytes(PAGE)
    else:
        other = draw.randrange(1, pages) * PAGE
        data[place : place + PAGE] = whole[other : other + PAGE]
        if other == place:
            data[place + 5] ^= 1
    return bytes(data)


def content(file: Path) -> list[Any] | None:
    """Every row of every table and every definition, None where the file cannot be read."""
    try:
        with closing(SQLITE.connect(file)) as opened:
            schema = opened.execute("SELECT * FROM sqlite_master ORDER BY name").fetchall()
            names = [row[1] for row in schema if row[0] == "table"]
            rows = [
                opened.execute(f'SELECT * FROM "{name}" NOT INDEXED ORDER BY 1').fetchall()  # noqa: S608
                for name in names
            ]
            return [(row[0], row[1], row[2], row[4]) for row in schema] + rows
    except (SQLITE.Error, UnicodeDecodeError):
        # The driver cannot decode its own message about a text that is none.
        return None


def found(home: Path) -> bool:
    """Whether anything is said of the file."""
    try:
        database = Database(Settings.load({"DESK_HOME": str(home)}))
        try:
            return bool(verify(database, Small.metadata).findings)
        finally:
            database.close()
    except (DatabaseProblem, SQLITE.Error, UnicodeDecodeError):
        return True


def test_no_corruption_that_changes_anything_is_missed(home: Path, tmp_path: Path) -> None:
    draw = random.Random(11)  # noqa: S311 - the same corruptions every time.
    whole, expected = file_of(home).read_bytes(), content(file_of(home))
    assert expected is not None
    detected = harmless = 0
    missed: list[int] = []
    for number in range(TIMES):
        place = tmp_path / str(number)
        shutil.copytree(home, place)
        file_of(place).write_bytes(corrupted(whole, draw, number % 3))
        before = content(file_of(place))
        if found(place):
            detected += 1
        elif before == expected:
            harmless += 1
        else:
            missed.append(number)
        shutil.rmtree(place)
    assert missed == []
    assert detected + harmless == TIMES
    assert detected > TIMES // 2
