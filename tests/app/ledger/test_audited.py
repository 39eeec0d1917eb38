"""What the ledger is told of the live tables is what the engine's own catalogue holds."""

from sqlalchemy import inspect

from app.db import Database
from app.ledger.audited import live_columns


def test_the_columns_of_every_table_are_those_the_inspector_finds(database: Database) -> None:
    with database.keeping() as connection:
        for statement in (
            'CREATE TABLE "a ""b"" c" ("b c" TEXT, a INTEGER, gone TEXT, "É" TEXT)',
            'ALTER TABLE "a ""b"" c" DROP COLUMN gone',
            'ALTER TABLE "a ""b"" c" ADD COLUMN last INTEGER GENERATED ALWAYS AS (a) VIRTUAL',
            "CREATE TEMP TABLE passing (a INTEGER)",
            'CREATE VIEW seen AS SELECT a FROM "a ""b"" c"',
        ):
            connection.exec_driver_sql(statement)
        expected = {
            table: [column["name"] for column in columns]
            for (_, table), columns in inspect(connection).get_multi_columns().items()
        }
        assert expected['a "b" c'] == ["b c", "a", "É", "last"]
        assert live_columns(connection) == expected
