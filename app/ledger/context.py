"""Who is writing, and on which request: told to the database so that its triggers know."""

import hmac

from sqlalchemy import Connection

from app.ledger.tables import driver

TOKEN_PURPOSE = b"desk-transaction"

SQLITE_ENTER = "UPDATE ledger_ctx SET actor = ?, req = ?"
SQLITE_LEAVE = "UPDATE ledger_ctx SET actor = NULL, req = NULL"
XID = "SELECT pg_current_xact_id()::text"
XID_WITH_LEDGER = "SELECT pg_current_xact_id()::text, 'ledger.ledger_event'::regclass"


def enter(
    connection: Connection, key: bytes, actor: str, request: str | None, *, unborn: bool = False
) -> None:
    """Name the actor for the rest of this transaction.

    A database without a ledger is the engine's "no such table", unless it is still ``unborn``.

    On PostgreSQL the names come with a token made from the ledger's key and this transaction's
    number: a name that anybody set by hand carries none and is sealed as ``foreign``.
    """
    if connection.dialect.name == "sqlite":
        driver(connection).execute(SQLITE_ENTER, (actor, request))
        return
    ours = driver(connection)
    xid = ours.execute(XID if unborn else XID_WITH_LEDGER).fetchone()[0]
    ours.execute(
        "SELECT set_config('desk.actor', %s, true), set_config('desk.request', %s, true),"
        " set_config('desk.token', %s, true)",
        (actor, request or "", token(key, xid, actor, request)),
    )


def leave(connection: Connection) -> None:
    """Forget the actor before the commit; PostgreSQL forgets by itself."""
    if connection.dialect.name == "sqlite":
        driver(connection).execute(SQLITE_LEAVE)


def token(key: bytes, xid: str | None, actor: str | None, request: str | None) -> str:
    """Hexadecimal proof that the application opened transaction ``xid`` for this actor."""
    words = [TOKEN_PURPOSE, *((word or "").encode() for word in (xid, actor, request))]
    return hmac.digest(key, b"\0".join(words), "sha256").hex()
