"""Who owns what and who may do what on PostgreSQL, right by right: more would be a finding."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db import Database
from app.ledger import roles
from app.ledger.tables import run
from tests.app.ledger.conftest import Opener
from tests.app.ledger.small import check, migration
from tests.app.ledger.test_roles import divided

Rights = set[tuple[str, str, str]]
WATCHED = ("note", "remark", "person", "stamp", "receipt", "pair")
CLOSED = ("capture", "refuse", "guard_event", "fixed")
ENTRIES = ("ledger_event", "ledger_leaf", "ledger_checkpoint", "ledger_outbox")
EXPECTED: Rights = {
    *(("app", right, table) for table in WATCHED
      for right in ("SELECT", "INSERT", "UPDATE", "DELETE")),
    *(("read", "SELECT", table) for table in (*WATCHED, "alembic_version", "seen")),
    *(("app", right, "seen") for right in ("SELECT", "INSERT", "UPDATE", "DELETE")),
    ("app", "SELECT", "alembic_version"),
    ("app", "USAGE", "numbers"),
    *((role, "SELECT", f"ledger.{table}") for table in ENTRIES
      for role in ("app", "read", "owner")),
    ("app", "DELETE", "ledger.ledger_outbox"),
    ("app", "INSERT", "ledger.ledger_leaf"),
    ("app", "INSERT", "ledger.ledger_checkpoint"),
    ("app", "EXECUTE", "write"),
    ("owner", "EXECUTE", "write"),
    ("app", "EXECUTE", "redact"),
    *((role, "EXECUTE", "row_key") for role in ("app", "read", "owner")),
    *(("owner", "EXECUTE", name) for name in CLOSED),
    *((role, "USAGE", "schema ledger") for role in ("app", "read", "owner")),
    *((role, "USAGE", "schema public") for role in ("app", "read", "ledger", "owner")),
    ("owner", "CREATE", "schema public"),
    *((role, "CONNECT", "database") for role in ("app", "read", "ledger", "owner")),
    ("PUBLIC", "CONNECT", "database"),
    ("PUBLIC", "USAGE", "schema public"),
}  # fmt: skip
GRANTED = """
SELECT a.grantee, o.owner, a.privilege_type, o.name FROM (
  SELECT relowner AS owner, relacl AS acl, oid::regclass::text AS name FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'ledger'::regnamespace) AND relkind <> 'i'
  UNION ALL SELECT proowner, coalesce(proacl, acldefault('f', proowner)), proname FROM pg_proc
    WHERE pronamespace = 'ledger'::regnamespace
  UNION ALL SELECT nspowner, nspacl, 'schema ' || nspname FROM pg_namespace
    WHERE nspname IN ('public', 'ledger')
  UNION ALL SELECT datdba, datacl, 'database' FROM pg_database WHERE datname = current_database()
) o, aclexplode(o.acl) a WHERE a.grantee <> o.owner
"""
OWNED = """
SELECT oid::regclass::text, relowner::regrole::text FROM pg_class WHERE relkind IN ('r', 'v')
  AND relnamespace IN ('public'::regnamespace, 'ledger'::regnamespace)
UNION ALL SELECT proname, proowner::regrole::text FROM pg_proc
  WHERE pronamespace IN ('public'::regnamespace, 'ledger'::regnamespace)
UNION ALL SELECT 'schema ledger', nspowner::regrole::text FROM pg_namespace
  WHERE nspname = 'ledger'
"""


@pytest.fixture(scope="module")
def desk(open_desk: Opener) -> Iterator[tuple[Database, roles.Roles]]:
    """A small desk that also has a view and a sequence, under its roles."""
    database = open_desk("postgresql", "bare")
    with migration(database) as connection:
        run(connection, "CREATE SEQUENCE numbers")
        run(connection, "CREATE VIEW seen AS SELECT id FROM note")
    with database.reading() as session:
        assert not roles.exist(session.connection())
    yield database, divided(database)
    database.close()


def rows(session: Session, query: str) -> dict[Any, Any]:
    """The rows of two columns, by the first."""
    return {row[0]: row[1] for row in session.execute(text(query))}


def test_each_role_has_these_rights_and_no_other(desk: tuple[Database, roles.Roles]) -> None:
    """T-LED-4: the program's own database role can forge nothing."""
    database, names = desk
    short = {name: name.rsplit("_", 1)[1] for name in names.every()}
    with database.reading() as session:
        oids = rows(session, "SELECT oid, rolname FROM pg_roles")
        rights = {
            (short.get(oids.get(grantee, "PUBLIC"), oids.get(grantee, "PUBLIC")), right, name)
            for grantee, _, right, name in session.execute(text(GRANTED))
        }
    assert rights == EXPECTED


def test_rows_belong_to_the_owner_and_entries_to_the_ledger(
    desk: tuple[Database, roles.Roles],
) -> None:
    database, names = desk
    with database.reading() as session:
        owned = rows(session, OWNED)
    public = {*WATCHED, "seen", "alembic_version", "guard_no_shouting"}
    assert {name for name, owner in owned.items() if owner == names.owner} == public
    assert {name for name, owner in owned.items() if owner == names.ledger} == {
        *(f"ledger.{table}" for table in ENTRIES),
        *CLOSED,
        "write",
        "redact",
        "row_key",
        "schema ledger",
    }
    assert len(owned) == len(public) + len(ENTRIES) + len(CLOSED) + 4


def test_the_roles_are_named_after_the_database_and_nobody_logs_in_as_them(
    desk: tuple[Database, roles.Roles],
) -> None:
    database, names = desk
    here = database.settings.home.name
    assert names == roles.Roles(f"{here}_owner", f"{here}_ledger", f"{here}_app", f"{here}_read")
    with database.reading() as session:
        connection = session.connection()
        assert roles.exist(connection)
        able = rows(
            session,
            "SELECT rolname, rolcanlogin OR rolsuper OR rolcreaterole FROM pg_roles"
            " WHERE rolname LIKE current_database() || '%'",
        )
    assert able == dict.fromkeys(names.every(), False)
    assert check(database).findings == []


def test_three_of_four_roles_are_not_enough(postgresql_desk: Database) -> None:
    with postgresql_desk.keeping() as connection:
        names = roles.create(connection)
        assert roles.exist(connection)
        connection.exec_driver_sql(f'DROP ROLE "{names.read}"')
        assert not roles.exist(connection)
        roles.settle(connection)
        owner = run(connection, "SELECT relowner::regrole::text FROM pg_class"
                    " WHERE relname = 'note'").scalar_one()  # fmt: skip
        assert owner == "postgres"
        assert roles.create(connection) == names
        assert roles.exist(connection)
