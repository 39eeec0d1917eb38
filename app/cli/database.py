"""Commands on the schema: where it stands, forward, back, and new revisions."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic.util import CommandError
from sqlalchemy.exc import ProgrammingError

from app import schema
from app.cli.desk import actor, emit, json_option, opened
from app.config import Settings
from app.db import Database
from app.db_problems import DatabaseProblem, Refused
from claims import resemblance
from sources import likenesses

FINDINGS = 3
LACKING = ("permission denied", "must be owner", "must be superuser", "must be able to SET ROLE")
RIGHTS = (
    ": this login lacks the right. The schema is changed by a login that `db roles --migrator` "
    "named, the roles by a superuser; DESK_DATABASE_URL says who logs in"
)


@click.group()
def db() -> None:
    """The database's schema and its migrations."""


@contextmanager
def database() -> Iterator[Database]:
    """The database of the settings; its problems become a sentence and exit code 1."""
    found = opened()
    try:
        yield found
    except Refused as problem:
        lacking = any(words in str(problem) for words in LACKING)
        raise click.ClickException(f"{problem}{RIGHTS if lacking else ''}") from problem
    except (CommandError, DatabaseProblem) as problem:
        raise click.ClickException(str(problem)) from problem
    finally:
        found.close()


@contextmanager
def migrating(*, another_key: bool = False) -> Iterator[Database]:
    """The same for who changes the schema, which must be sealed with the application's key."""
    with database() as found:
        if not another_key and not schema.is_sealed_here(found):
            raise click.ClickException(
                f"the ledger was sealed with another key than {found.settings.ledger_key_file}: "
                "set DESK_HOME (or DESK_LEDGER_KEY_FILE and DESK_SIGNING_KEY_FILE) to what the "
                "application uses. If that key is lost for good, `db upgrade --another-key` goes "
                "on with this one; what was sealed before can then not be checked any more"
            )
        yield found


def report(found: Database, as_json: bool) -> None:
    """Print where the schema stands."""
    at, wanted = schema.current(found), schema.head()
    if as_json:
        emit({"revision": at, "head": wanted, "current": at == wanted})
    else:
        click.echo(f"{at} (head)" if at == wanted else f"{at} (head is {wanted})")


def complete_indexes(found: Database) -> None:
    """Let rows from before the indexes be found again too; migrations cannot, for want of code."""
    with found.writing(actor()) as session:
        count = resemblance.complete(session) + likenesses.complete(session)
    if count:
        click.echo(f"indexed {count} rows", err=True)


@db.command()
@click.argument("revision", default="head")
@click.option("--another-key", is_flag=True, help="Go on although the key of the seals is lost.")
@json_option
def upgrade(revision: str, another_key: bool, as_json: bool) -> None:
    """Bring the schema forward to REVISION; a failure changes nothing."""
    with migrating(another_key=another_key) as found:
        schema.upgrade(found, revision, actor=actor())
        if schema.current(found) == schema.head():
            complete_indexes(found)
        report(found, as_json)


@db.command()
@click.argument("revision")
@json_option
def downgrade(revision: str, as_json: bool) -> None:
    """Bring the schema back to REVISION (or `base`, which empties the database)."""
    with migrating() as found:
        schema.downgrade(found, revision, actor=actor())
        report(found, as_json)


@db.command()
@json_option
def current(as_json: bool) -> None:
    """Show the revision the database is at."""
    with database() as found:
        report(found, as_json)


@db.command()
@json_option
def history(as_json: bool) -> None:
    """List the revisions and which of them this database has."""
    with database() as found:
        listed = schema.revisions(found)
    if as_json:
        emit([vars(step) for step in listed])
        return
    for step in listed:
        click.echo(f"{'*' if step.applied else ' '} {step.id:<34}{step.message}")


@db.command()
@json_option
def check(as_json: bool) -> None:
    """Compare the models with the database; exit 3 when they differ or head is not reached."""
    with database() as found:
        at, wanted = schema.current(found), schema.head()
        changes = schema.differences(found) if at == wanted else []
    if as_json:
        emit({"revision": at, "head": wanted, "differences": changes})
    else:
        click.echo(f"at {at}, head is {wanted}", err=True)
        click.echo("\n".join(changes) or "the models and the database agree")
    if changes or at != wanted:
        raise click.exceptions.Exit(FINDINGS)


@db.command()
@click.argument("name")
@click.option("-m", "--message", required=True, help="What editors gain, in a sentence.")
@click.option("--empty", is_flag=True, help="Do not fill it with what the models changed.")
@json_option
def revision(name: str, message: str, empty: bool, as_json: bool) -> None:
    """Write the revision NAME, as in 0007_periods_as_edtf, and renew head.txt."""
    if len(name) > 32 or not name.replace("_", "").isalnum():  # noqa: PLR2004 - VARCHAR(32)
        raise click.UsageError("a revision's name has at most 32 letters, digits and _")
    with database() as found:
        files = schema.revise(found, message, name, autogenerate=not empty)
    schema.HEAD.write_text(f"{schema.head()}\n", encoding="utf-8")
    if as_json:
        emit({"revision": name, "files": [file.name for file in files]})
    else:
        click.echo("\n".join(str(file.relative_to(schema.SCRIPTS.parent)) for file in files))


@db.command()
@click.option("--login", multiple=True, help="A login that the application uses: member of _app.")
@click.option("--migrator", multiple=True, help="A login that migrates: member of both owners.")
@json_option
def roles(login: tuple[str, ...], migrator: tuple[str, ...], as_json: bool) -> None:
    """Create the roles of PostgreSQL and give each its rights; run it as a superuser.

    The logins must be there (CREATE ROLE … LOGIN). It may be run again. A migration gives new
    tables their rights by itself.
    """
    with migrating() as found:
        try:
            names = schema.divide(found, actor(), login, migrator)
        except ProgrammingError as problem:
            raise click.ClickException(str(problem.orig).splitlines()[0]) from problem
    if as_json:
        emit(names)
    else:
        click.echo("\n".join(names))


@db.command()
def snapshot() -> None:
    """Renew migrations/head.txt and migrations/schema.sql from the revisions as they are."""
    schema.SNAPSHOT.write_text(fresh_snapshot(), encoding="utf-8")
    schema.HEAD.write_text(f"{schema.head()}\n", encoding="utf-8")
    click.echo(f"{schema.SNAPSHOT.name} and {schema.HEAD.name} show {schema.head()}", err=True)


def fresh_snapshot() -> str:
    """The schema that all revisions make together, in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        made = Database(Settings.load({"DESK_HOME": str(Path(folder))}))
        try:
            schema.upgrade(made, actor=actor())
            return schema.snapshot(made)
        finally:
            made.close()
