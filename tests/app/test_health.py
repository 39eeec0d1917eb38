"""What the health page looks at, on each engine."""

from app.db import Database
from app.health import vitals


def test_each_engine_says_which_it_is_and_that_its_schema_is_the_programs(
    database: Database,
) -> None:
    with database.reading() as session:
        found = {one.what: one for one in vitals(database, session)}
    engine = "SQLite" if database.is_sqlite else "PostgreSQL"
    assert found["database"].seen["engine"] == engine
    assert found["schema"].well
    assert found["verified"].well is None
    assert found["ledger"].seen["position"] > 0
    assert found["room"].seen["free"] > 0
