"""The roles of PostgreSQL: who owns what, and what the application may do at most.

Four roles without a login, named after the database: ``_owner`` has the tables, ``_ledger`` the
ledger, ``_app`` reads and writes rows but changes nothing in the ledger, ``_read`` only reads. The
application logs in as a member of ``_app``; whoever migrates as a member of ``_owner`` and
``_ledger``. Nobody logs in as any of them.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.ledger.tables import run
from app.ledger.triggers_postgresql import SIGNATURES
from app.ledger.triggers_sqlite import literal, quoted

READABLE = ("ledger_event", "ledger_leaf", "ledger_checkpoint")


@dataclass(frozen=True)
class Roles:
    """The four names."""

    owner: str
    ledger: str
    app: str
    read: str

    def every(self) -> tuple[str, str, str, str]:
        """All of them."""
        return self.owner, self.ledger, self.app, self.read


def names(connection: Connection) -> Roles:
    """The names for this database."""
    database = run(connection, "SELECT current_database()").scalar_one()
    return Roles(*(f"{database}_{part}" for part in ("owner", "ledger", "app", "read")))


def exist(connection: Connection) -> bool:
    """Whether the roles were created."""
    found = names(connection)
    listed = ", ".join(literal(name) for name in found.every())
    query = f"SELECT count(*) = 4 FROM pg_roles WHERE rolname IN ({listed})"
    return bool(run(connection, query).scalar_one())


def create(connection: Connection) -> Roles:
    """Create what is missing; that takes a role that may create roles."""
    found = names(connection)
    for name in found.every():
        query = f"SELECT 1 FROM pg_roles WHERE rolname = {literal(name)}"
        if run(connection, query).first() is None:
            run(connection, f"CREATE ROLE {quoted(name)} NOLOGIN")
    return found


def settle(connection: Connection) -> None:
    """Give every object its owner and every role its rights; without the roles, nothing."""
    if not exist(connection):
        return
    found = names(connection)
    database = quoted(found.app.removesuffix("_app"))
    owner, ledger, app, read = (quoted(name) for name in found.every())
    run(connection, f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC")
    run(connection, f"GRANT CONNECT ON DATABASE {database} TO {app}, {read}, {owner}, {ledger}")
    run(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    run(connection, f"GRANT USAGE ON SCHEMA public TO {app}, {read}, {ledger}")
    run(connection, f"GRANT USAGE, CREATE ON SCHEMA public TO {owner}")
    run(connection, f"ALTER SCHEMA ledger OWNER TO {ledger}")
    run(connection, f"GRANT USAGE ON SCHEMA ledger TO {app}, {read}, {owner}")
    own(connection, "public", owner)
    own(connection, "ledger", ledger)
    grant(connection, owner, app, read)


def own(connection: Connection, schema: str, owner: str) -> None:
    """Hand the tables, views and functions of a schema to their owner."""
    tables = run(
        connection,
        "SELECT c.oid::regclass::text, c.relkind = 'v' FROM pg_class c"
        f" WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'p', 'v')",
    ).all()
    for name, is_view in tables:
        run(connection, f"ALTER {'VIEW' if is_view else 'TABLE'} {name} OWNER TO {owner}")
    functions = run(
        connection,
        "SELECT p.oid::regprocedure::text FROM pg_proc p"
        f" WHERE p.pronamespace = '{schema}'::regnamespace AND p.prokind = 'f'"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
    ).all()
    for (name,) in functions:
        run(connection, f"ALTER FUNCTION {name} OWNER TO {owner}")


def grant(connection: Connection, owner: str, app: str, read: str) -> None:
    """What the application, a reader and the owner may do."""
    public, ledger = "ALL TABLES IN SCHEMA public", "ALL TABLES IN SCHEMA ledger"
    statements = [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {public} TO {app}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}",
        f"GRANT SELECT ON {public} TO {read}",
        "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM " + app,
        f"REVOKE ALL ON {ledger} FROM PUBLIC, {app}, {read}, {owner}",
        *(f"GRANT SELECT ON ledger.{name} TO {app}, {read}, {owner}" for name in READABLE),
        f"GRANT SELECT ON ledger.ledger_outbox TO {app}, {read}, {owner}",
        # Whoever seals takes numbers out of the outbox and writes leaves and heads.
        f"GRANT DELETE ON ledger.ledger_outbox TO {app}",
        f"GRANT INSERT ON ledger.ledger_leaf, ledger.ledger_checkpoint TO {app}",
    ]
    for function, signature in SIGNATURES.items():
        statements.append(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {app}, {read}, {owner}")
        # Triggers run without this right; it is what making one takes.
        known = {"write": f"{app}, {owner}", "redact": app, "row_key": f"{app}, {read}, {owner}"}
        callers = known.get(function, owner)
        statements.append(f"GRANT EXECUTE ON FUNCTION {signature} TO {callers}")
    for statement in statements:
        run(connection, statement)
