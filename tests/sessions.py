"""A session on a migrated database of each engine, for tests of the domain: all is undone."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy.orm import Session

from app.db import Database
from tests.engines import ENGINES, OPENERS


class Discarded(Exception):
    """Raised when a test is over."""


@pytest.fixture(scope="session", params=ENGINES)
def shared_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Yield one migrated database of each engine; what tests do to it is rolled back."""
    home = tmp_path_factory.mktemp("shared") / "desk"
    # Nothing is dropped at the end: the file lies in a temporary folder, and the server of the
    # other engine goes with everything on it.
    database = OPENERS[request.param](request, home, [], "schema")
    yield database
    database.close()


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """Yield a writing session that ends without a commit."""
    with suppress(Discarded), shared_database.writing("editor:test") as opened:
        yield opened
        raise Discarded
