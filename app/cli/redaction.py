"""The command that takes a value out of the ledger for good, leaving every proof."""

import dataclasses
import getpass

import click
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import app.models
from app.accounts.models import Account
from app.accounts.roles import Permission, permissions
from app.cli.database import database
from app.cli.desk import emit, json_option
from app.db import Database
from app.ledger.erasure import Erased, purge
from app.ledger.redaction import NotRedactable, Redaction, redact
from sources.base import Base

__all__ = ["app"]


@click.command("redact")
@click.argument("table")
@click.argument("pk")
@click.argument("fields", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; it stands in the ledger for good.")
@click.option("--by", required=True, help="The account that answers for it.")
@click.option("--yes", is_flag=True, help="Do not ask: it cannot be undone.")
@json_option
def redact_command(
    *,
    table: str,
    pk: str,
    fields: tuple[str, ...],
    reason: str,
    by: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Erase FIELDS of row PK of TABLE: from the row, and from every event of its history.

    The ledger tells who erased what and why; every seal and proof stays valid. Backups and the
    database server's own logs keep the values until they age out.
    """
    if not yes:
        words = f"Erase {', '.join(fields)} of {table} {pk}? This cannot be undone"
        click.confirm(words, abort=True, err=True)
    with database() as found:
        actor = answering(found, by)
        try:
            with found.writing(actor, f"cli:{getpass.getuser()}", wait_for_seal=True) as session:
                done = redact(session.connection(), Base.metadata, table, pk, fields, reason)
        except NotRedactable as problem:
            raise click.ClickException(str(problem)) from problem
        except IntegrityError as problem:
            raise click.ClickException(f"the table refuses: {problem.orig}") from problem
        erased = purge(found.engine, done.texts, table)
        found.notary.attest()
    told(done, erased, as_json)


def answering(found: Database, name: str) -> str:
    """The actor of an account that may redact."""
    with found.reading() as session:
        account = session.scalar(select(Account).where(Account.name == name.lower()))
        if account is None or not account.active:
            raise click.ClickException(f"there is no account {name}")
        if Permission.REDACT not in permissions(account.roles):
            raise click.ClickException(f"{name} may not redact: that takes the role admin")
        return account.actor


def told(done: Redaction, erased: Erased, as_json: bool) -> None:
    """Say what was done, and what is left to do."""
    if as_json:
        shown = {key: value for key, value in dataclasses.asdict(done).items() if key != "texts"}
        emit({**shown, "purged": erased.whole, "left": erased.left})
        return
    click.echo(f"{done.values} values erased from {len(done.events)} events")
    if done.elsewhere:
        numbers = ", ".join(str(eid) for eid in done.elsewhere[:20])
        click.echo(f"the same text still stands in events {numbers}", err=True)
    if not erased.whole:
        click.echo("not purged: somebody is reading, or the owner must run VACUUM FULL", err=True)
    if erased.left:
        click.echo(f"{erased.left} occurrences are left in the file", err=True)
