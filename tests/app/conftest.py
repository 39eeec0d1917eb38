"""What the tests of a claim's work are given."""

import pytest

from app.db import Database
from tests.app.browser import Person
from tests.app.claim_desk import Desk


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    """Give a desk; what is asked of the forms does not depend on the engine."""
    return Desk(sqlite_database)


@pytest.fixture
def any_desk(database: Database) -> Desk:
    """Give a desk on each engine in turn."""
    return Desk(database)


@pytest.fixture
def checker(desk: Desk) -> Person:
    return desk.person("li.wei")


@pytest.fixture
def reviewer(desk: Desk) -> Person:
    return desk.person("zhang.min")
