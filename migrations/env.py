"""Runs the migrations: one transaction, through ``app.db``, each written into the ledger."""

import getpass
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import Script
from alembic.util import CommandError
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

from app.config import Settings, release
from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger import acts, history, tables
from app.ledger.migration import Scribe, Step
from app.models import Base

CHANGING = {"upgrade", "downgrade", "stamp"}
PLUGINS = ("alembic.autogenerate.*", "alembic.ext.checkconstraint_byname")


def command() -> str:
    """The command that runs this file: our own, or the one of the plain ``alembic`` program."""
    named: str | None = context.config.attributes.get("command")
    if named is None and context.config.cmd_opts is not None:
        named = context.config.cmd_opts.cmd[0].__name__
    return named or "upgrade"


def actor() -> str:
    """Who migrates: the one named by the caller, DESK_ACTOR, or the shell's user."""
    named = context.config.attributes.get("actor") or os.environ.get("DESK_ACTOR")
    return named or f"shell:{getpass.getuser()}"


def plain_type(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones beneath: a migration imports nothing of ours."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    here = item.load_dialect_impl(sqlite.dialect())
    there = item.load_dialect_impl(postgresql.dialect())  # type: ignore[no-untyped-call]
    if repr(here) == repr(there):
        return named(here)
    return f'{named(here)}.with_variant({named(there)}, "postgresql")'


def named(kind: sa.types.TypeEngine[Any]) -> str:
    """A type as a migration writes it: the public class nearest to the driver's own."""
    public = next(
        ancestor for ancestor in type(kind).__mro__ if getattr(sa, ancestor.__name__, 0) is ancestor
    )
    if public is sa.TIMESTAMP:
        return "sa.TIMESTAMP(timezone=True)"
    length = getattr(kind, "length", None) if issubclass(public, sa.String) else None
    return f"sa.{public.__name__}({f'length={length}' if length else ''})"


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the ledger's own tables and the search engine's shadow tables to their revisions."""
    metadata_tables = Base.metadata.tables
    return kind != "table" or name in metadata_tables or not hidden(name or "")


def hidden(name: str) -> bool:
    """Whether a table is made by hand-written statements rather than by a model."""
    return name.startswith(("ledger_", "search_", "sqlite_")) or name == "alembic_version"


def as_step(info: MigrationInfo) -> Step:
    """One applied revision in the words of the ledger."""
    script = info.up_revision
    file = Path(script.path) if isinstance(script, Script) else None
    return Step(
        source=tuple(info.source_revision_ids),
        target=tuple(info.destination_revision_ids),
        op="S" if info.is_stamp else "U" if info.is_upgrade else "D",
        message=script.doc if isinstance(script, Script) else "",
        file=file,
    )


def configure(connection: sa.Connection, scribe: Scribe | None) -> None:
    """Tell Alembic what it works on."""

    def applied(  # Alembic names its arguments when it calls.
        ctx: MigrationContext,  # noqa: ARG001
        step: MigrationInfo,
        heads: Collection[Any],  # noqa: ARG001
        run_args: Mapping[str, Any],  # noqa: ARG001
    ) -> None:
        if scribe is not None:
            scribe.applied(as_step(step))

    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=plain_type,
        include_name=is_ours,
        compare_type=True,
        autogenerate_plugins=PLUGINS,
        transactional_ddl=True,
        on_version_apply=applied,
    )


def run() -> None:
    """Run the command in one transaction: a failure anywhere leaves the old schema."""
    if context.is_offline_mode():
        message = "migrations are not written out as SQL: the ledger records what really ran"
        raise CommandError(message)
    given: Database | None = context.config.attributes.get("database")
    database = given or Database(Settings.load())
    try:
        migrate(database)
    except BaseException as problem:
        # Whatever ended it, the schema is the old one; that somebody tried belongs to history.
        record_failure(database, problem)
        raise
    finally:
        if given is None:
            database.close()


def migrate(database: Database) -> None:
    """Run what Alembic was asked for."""
    with database.migrating(actor()) as connection:
        changing = command() in CHANGING
        scribe = Scribe(connection, Base.metadata, database.key, actor()) if changing else None
        configure(connection, scribe)
        with context.begin_transaction():
            context.run_migrations()
        if scribe is not None:
            scribe.settle(tuple(context.get_context().get_current_heads()))


def record_failure(database: Database, problem: BaseException) -> None:
    """Enter a migration that failed, if there is a ledger to enter it in."""
    with suppress(DatabaseProblem, sa.exc.DBAPIError):
        with database.reading() as session:
            if command() not in CHANGING or not tables.exists(session.connection()):
                return
        words = str(problem).splitlines()
        story = {
            "command": command(),
            "error": f"{type(problem).__name__}: {words[0] if words else ''}",
            "app": release(),
        }
        with database.writing(actor(), wait_for_seal=True) as session:
            story["from"] = history.schema_revision(session)
            acts.record(session, "act", "schema", story["from"], "F", story)


run()
