"""The small desk on each engine, empty or with some work done on it, copied from a template."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import schema
from app.config import Settings
from app.db import Database
from tests.app.ledger.small import KEY, SIGNING, do_work, furnish
from tests.engines import address, execute, settings

NUMBERS = itertools.count(1)
Opener = Callable[[str, str], Database]
"""``open(engine, state)``: a copy of the ``bare`` or the ``worked`` small desk."""


def keyed(home: Path) -> None:
    """Put known keys into a home: an attacker of the tests may have them."""
    keys = home / "keys"
    keys.mkdir(parents=True)
    (keys / "ledger").write_text(KEY.hex())
    (keys / "checkpoint").write_text(SIGNING.written())
    (keys / "checkpoint.public").write_text(f"{SIGNING.verifier}\n")


def built(database: Database, state: str) -> None:
    """Bring a fresh database into a state."""
    schema.upgrade(database, "0001_ledger", actor="system:test")
    furnish(database)
    if state == "worked":
        do_work(database)
    database.close()


@pytest.fixture(scope="session")
def open_desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opener]:
    """Opens copies; the templates are made when they are first asked for."""
    base = tmp_path_factory.mktemp("small")

    def template(engine: str, state: str) -> Path:
        home = base / f"{engine}-{state}"
        if home.exists():
            return home
        keyed(home)
        if engine == "sqlite":
            built(Database(Settings.load({"DESK_HOME": str(home)})), state)
            return home
        server = request.getfixturevalue("postgres_server")
        execute(server, f"CREATE DATABASE small_{state}")
        built(Database(settings(home, address(server, f"small_{state}"))), state)
        return home

    def opened(engine: str, state: str) -> Database:
        home = base / f"small{next(NUMBERS)}"
        shutil.copytree(template(engine, state), home)
        if engine == "sqlite":
            return Database(Settings.load({"DESK_HOME": str(home)}))
        server = request.getfixturevalue("postgres_server")
        execute(server, f"CREATE DATABASE {home.name} TEMPLATE small_{state} STRATEGY file_copy")
        return Database(settings(home, address(server, home.name)))

    yield opened
    shutil.rmtree(base)


@pytest.fixture
def small_desk(request: pytest.FixtureRequest, open_desk: Opener) -> Iterator[Opener]:
    """As ``open_desk``, closed and dropped when the test ends."""
    undo: list[Callable[[], object]] = []

    def opened(engine: str, state: str) -> Database:
        database = open_desk(engine, state)
        home = database.settings.home
        undo.append(lambda: shutil.rmtree(home))
        if engine == "postgresql":
            server = request.getfixturevalue("postgres_server")
            undo.append(lambda: execute(server, f"DROP DATABASE {home.name} WITH (FORCE)"))
        undo.append(database.close)
        return database

    yield opened
    for step in reversed(undo):
        step()


@pytest.fixture
def desk(engine: str, small_desk: Opener) -> Database:
    """The small tables under the ledger, without rows."""
    return small_desk(engine, "bare")


@pytest.fixture
def worked(engine: str, small_desk: Opener) -> Database:
    """The small desk after some honest work by two people, with two signed tree heads."""
    return small_desk(engine, "worked")


@pytest.fixture
def sqlite_desk(small_desk: Opener) -> Database:
    """As ``desk``, on SQLite."""
    return small_desk("sqlite", "bare")


@pytest.fixture
def postgresql_desk(small_desk: Opener) -> Database:
    """As ``desk``, on PostgreSQL."""
    return small_desk("postgresql", "bare")
