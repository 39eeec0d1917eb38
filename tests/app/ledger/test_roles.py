"""PostgreSQL's roles: the application works with few rights, and more is refused or shows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from app import schema
from app.db import Database
from app.ledger import roles
from app.ledger.erasure import Erased, purge
from app.ledger.migration import Scribe, Step
from app.ledger.redaction import redact
from app.ledger.verify import verify
from tests.app.ledger.attacks_postgresql import TEMPORARY
from tests.app.ledger.conftest import Opener
from tests.app.ledger.outsider import Attack, direct, in_passing
from tests.app.ledger.small import SMALL, Small, captured, check, do_work
from tests.app.ledger.test_verify import judge


def divided(database: Database) -> roles.Roles:
    """Give the small desk its roles, as the command does for the product."""
    with database.migrating("system:test") as connection:
        scribe = Scribe(connection, Small.metadata, database.key, "system:test")
        names = roles.create(connection)
        scribe.applied(Step((SMALL,), (SMALL,), "T", "roles and rights", None))
        scribe.settle((SMALL,))
    return names


@pytest.fixture(scope="module")
def victim(open_desk: Opener) -> Iterator[Database]:
    database = open_desk("postgresql", "worked")
    divided(database)
    assert check(database).findings == []
    yield database
    assert check(database).findings == []
    database.close()


def logged_in(database: Database, role: str) -> Database:
    """The database as a login that is a member of a role."""
    login = f"{role}_login"
    with database.keeping() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{login}" LOGIN IN ROLE "{role}"')
    url = database.settings.database_url.replace("//postgres", f"//{login}", 1)
    assert login in url
    return Database(replace(database.settings, database_url=url))


def test_the_application_works_with_the_rights_of_the_app(postgresql_desk: Database) -> None:
    names = divided(postgresql_desk)
    desk = logged_in(postgresql_desk, names.app)
    do_work(desk)
    with desk.writing("editor:chief", wait_for_seal=True) as session:
        redact(session.connection(), Small.metadata, "note", "n0", ["title"], "asked to")
    # Who only works with the tables cannot have them rewritten, and is told.
    assert purge(desk.engine, {"份额 0"}, "note") == Erased(whole=False, left=0)
    with desk.reading() as session:
        assert session.execute(text("SELECT current_user")).scalar_one() == f"{names.app}_login"
        assert {event.actor for event in captured(session, "remark")} == {
            "editor:ana",
            "editor:bo",
        }
    assert check(desk).findings == []
    desk.close()
    with postgresql_desk.keeping() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{names.app}_login"')


AS_APP = {
    "an event changed": "UPDATE ledger.ledger_event SET actor = 'bo'",
    "an event deleted": "DELETE FROM ledger.ledger_event",
    "an event inserted": "INSERT INTO ledger.ledger_event(kind, tbl, pk, op, at, salt)"
    " VALUES ('act', 'a', 'b', 'A', 'x', 'x')",
    "the ledger emptied": "TRUNCATE ledger.ledger_event CASCADE",
    "a leaf changed": "UPDATE ledger.ledger_leaf SET via = 'app'",
    "a leaf deleted": "DELETE FROM ledger.ledger_leaf",
    "a checkpoint deleted": "DELETE FROM ledger.ledger_checkpoint",
    "a checkpoint changed": "UPDATE ledger.ledger_checkpoint SET note = 'x'",
    "the outbox filled": "INSERT INTO ledger.ledger_outbox VALUES (1)",
    "a table emptied": "TRUNCATE note CASCADE",
    "a trigger off": "ALTER TABLE note DISABLE TRIGGER ledger_row",
    "a trigger dropped": "DROP TRIGGER ledger_row ON note",
    "every trigger off": "SET session_replication_role = replica",
    "a table dropped": "DROP TABLE remark",
    "a column added": "ALTER TABLE note ADD COLUMN x text",
    "a table made": "CREATE TABLE mine (id text)",
    "a schema made": "CREATE SCHEMA mine",
    "a temporary table": TEMPORARY.split(";", maxsplit=1)[0],
    "a trigger of its own": "CREATE TRIGGER t AFTER INSERT ON note FOR EACH ROW"
    " EXECUTE FUNCTION ledger.capture('id', '')",
    "a function replaced": "CREATE OR REPLACE FUNCTION ledger.row_key(image jsonb, keys text[])"
    " RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
    "another revision": "UPDATE alembic_version SET version_num = 'x'",
    "the capture function called": "SELECT ledger.capture()",
    "an erasure without a redaction": "SELECT ledger.redact('{}', '{}', '{}', 9)",
}
SEEN_AS_APP = {
    "a row changed by hand": ("UPDATE note SET done = true", "FOREIGN"),
    "an approval made up": ("SELECT ledger.write('act', 'n', 'n1', 'A', NULL, '{}')", "FOREIGN"),
    "an event kept from the sealer": (
        "UPDATE note SET done = true WHERE id = 'n0'; DELETE FROM ledger.ledger_outbox",
        "UNSEALED",
    ),
    "a leaf made up": (
        (
            "INSERT INTO ledger.ledger_leaf SELECT max(seq) + 1, 9999, 'app', max(leaf), max(mac)"
            " FROM ledger.ledger_leaf"
        ),
        "EVENT_MISSING",
    ),
    "a checkpoint made up": (
        "INSERT INTO ledger.ledger_checkpoint VALUES (1, 'x')",
        "BAD_SIGNATURE",
    ),
}
AS_OWNER = {
    "an event changed": "UPDATE ledger.ledger_event SET actor = 'bo'",
    "a leaf deleted": "DELETE FROM ledger.ledger_leaf",
    "the ledger's guard off": "ALTER TABLE ledger.ledger_event DISABLE TRIGGER ledger_fixed",
    "the capture function replaced": "CREATE OR REPLACE FUNCTION ledger.capture() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "the ledger dropped": "DROP SCHEMA ledger CASCADE",
}
SEEN_AS_OWNER = {
    "a row changed with its trigger off": (
        (
            "ALTER TABLE note DISABLE TRIGGER ledger_row; UPDATE note SET done = true"
            " WHERE id = 'n0'; ALTER TABLE note ENABLE ALWAYS TRIGGER ledger_row"
        ),
        "LIVE_DIFF",
    ),
    "a right given on": ("GRANT TRUNCATE ON note TO PUBLIC", "SCHEMA"),
    "a trigger left off": ("ALTER TABLE note DISABLE TRIGGER ledger_row", "TRIGGER"),
}


def attack(role: str, name: str, statements: str, codes: str = "") -> Attack:
    def deed(shell: object) -> None:
        inside = direct(name, f"SET LOCAL ROLE {role}; {statements}; RESET ROLE").deed
        inside(shell)  # type: ignore[arg-type]

    return direct(f"{role}: {name}", deed, codes)


EACH = [
    *(("app", name, statements, "") for name, statements in AS_APP.items()),
    *(("app", name, *rest) for name, rest in SEEN_AS_APP.items()),
    *(("owner", name, statements, "") for name, statements in AS_OWNER.items()),
    *(("owner", name, *rest) for name, rest in SEEN_AS_OWNER.items()),
]


@pytest.mark.parametrize(("role", "name", "statements", "codes"), EACH)
def test_what_a_role_may_not_do_is_refused_or_seen(
    victim: Database, role: str, name: str, statements: str, codes: str
) -> None:
    tried = attack(f"{victim.settings.home.name}_{role}", name, statements, codes)
    judge(tried, in_passing(victim, tried))


def test_a_migrator_needs_no_superuser_and_new_tables_are_handed_over(
    postgresql_desk: Database,
) -> None:
    names = divided(postgresql_desk)
    desk = logged_in(postgresql_desk, names.owner)
    login = f"{names.owner}_login"
    with postgresql_desk.keeping() as connection:
        connection.exec_driver_sql(f'GRANT "{names.ledger}", "{names.app}" TO "{login}"')
    with desk.migrating("system:test") as connection:
        scribe = Scribe(connection, Small.metadata, desk.key, "system:test")
        connection.exec_driver_sql("CREATE TABLE fresh (id text PRIMARY KEY)")
        scribe.applied(Step((SMALL,), (SMALL,), "U", "a table", None))
        scribe.settle((SMALL,))
        owner = connection.exec_driver_sql(
            "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'fresh'"
        )
        assert owner.scalar_one() == names.owner
    assert check(desk).findings == []
    desk.close()
    with postgresql_desk.keeping() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{login}"')


def test_the_products_roles_are_recorded_like_a_migration(postgresql_database: Database) -> None:
    names = schema.divide(postgresql_database, "system:test")
    assert [name.rsplit("_", 1)[1] for name in names] == ["owner", "ledger", "app", "read"]
    assert schema.divide(postgresql_database, "system:test") == names
    assert verify(postgresql_database).findings == []
