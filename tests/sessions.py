"""A session on a migrated database of each engine, for tests of the domain: all is undone."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from sqlalchemy.orm import Session

from app.db import Database
from tests.engines import (
    ENGINES,
    OPENERS,
    postgres_server,
    template_postgresql,
    template_sqlite,
)

__all__ = [
    "postgres_server",
    "session",
    "shared_database",
    "template_postgresql",
    "template_sqlite",
]


class Discarded(Exception):
    """Raised when a test is over."""


@pytest.fixture(scope="session", params=ENGINES)
def shared_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Yield one migrated database of each engine; what tests do to it is rolled back."""
    undo: list[Callable[[], None]] = []
    home = tmp_path_factory.mktemp("shared") / "desk"
    database = OPENERS[request.param](request, home, undo, migrated=True)
    yield database
    database.close()
    for step in reversed(undo):
        step()


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """Yield a writing session that ends without a commit."""
    with suppress(Discarded), shared_database.writing("editor:test") as opened:
        yield opened
        raise Discarded
