"""What the tests of a claim's work are given."""

from collections.abc import Iterator

import pytest

from app.appendix_issue.catalogues import speaking
from app.config import Settings
from app.db import Database
from app.ledger.sealer import Sealer
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.app.oidc.hostile import Hostile, hostile


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    """Give a desk; what is asked of the forms does not depend on the engine."""
    return Desk(sqlite_database)


@pytest.fixture
def any_desk(database: Database) -> Desk:
    """Give a desk on each engine in turn."""
    return Desk(database)


@pytest.fixture
def late_database(postgresql_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Give a database whose sealer comes late, as where another process holds the turn."""
    monkeypatch.setattr(Sealer, "wake", lambda _sealer: None)
    return postgresql_database


@pytest.fixture
def unsealed(late_database: Database) -> Desk:
    """Give a desk whose sealer comes late."""
    return Desk(late_database)


@pytest.fixture
def checker(desk: Desk) -> Person:
    return desk.person("li.wei")


@pytest.fixture
def reviewer(desk: Desk) -> Person:
    return desk.person("zhang.min")


@pytest.fixture
def provider() -> Iterator[Hostile]:
    """Give an identity provider on this machine, which may be told to lie."""
    with hostile() as found:
        yield found


@pytest.fixture(scope="session")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Look labels up in the catalogues, which an application has."""
    home = str(tmp_path_factory.mktemp("labels"))
    with speaking(Settings.load({"DESK_HOME": home})):
        yield
