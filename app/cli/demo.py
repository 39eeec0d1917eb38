"""Everything a newcomer needs in one command: database, sample, accounts, and the pages."""

import shutil
import time
from collections.abc import Iterator

import click
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import HASHER, new_account
from app.cli.desk import emit, json_option, settings
from app.cli.seed import load_seed
from app.cli.serve import run
from app.config import Settings
from app.db import Database
from app.schema import upgrade
from claims import resemblance
from sources import likenesses

ACTOR = "system:demo"
PASSWORD = "claim-desk-demo"  # noqa: S105 - printed for everybody, on an address of this machine only
PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("he.yu", "何雨", Role.REPORTER),
    ("lin.yi", "林一", Role.CHECKER),
    ("chen.mo", "陈默", Role.REVIEWER),
    ("su.qing", "苏青", Role.APPROVER),
    ("zhou.qi", "周琪", Role.DESK_LEAD),
    ("wu.an", "吴安", Role.AUDITOR),
    ("xu.ke", "许可", Role.ADMIN),
)
"""Invented people, one per role."""


def furnish(database: Database) -> None:
    """Bring a database up to date and put the sample in; nothing that is there is touched."""
    upgrade(database, actor=ACTOR)
    load_seed(database, ACTOR)
    with database.writing(ACTOR) as session:
        resemblance.complete(session)
        likenesses.complete(session)
        known = set(session.scalars(select(Account.name)))
        for name, display_name, role in PEOPLE:
            if name not in known:
                new_account(
                    session,
                    name=name,
                    display_name=display_name,
                    password_hash=HASHER.hash(PASSWORD),
                    roles={role},
                    by=ACTOR,
                )


def erase(chosen: Settings) -> None:
    """Remove the demo's own database and files, never anything outside its folder."""
    for name in ("desk.sqlite3", "desk.sqlite3-wal", "desk.sqlite3-shm"):
        (chosen.home / name).unlink(missing_ok=True)
    shutil.rmtree(chosen.store, ignore_errors=True)


def _lines(port: int) -> Iterator[str]:
    yield f"核查台 Claim Desk: http://127.0.0.1:{port}/"
    yield f"密码 password: {PASSWORD}"
    for name, display_name, role in PEOPLE:
        yield f"  {name:<10}{display_name}  {role.value}"


@click.command()
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Start again from nothing: the demo's data is lost.")
@click.option("--no-serve", is_flag=True, help="Prepare everything and stop.")
@json_option
def demo(port: int, reset: bool, no_serve: bool, as_json: bool) -> None:
    """Prepare the sample and serve it on this machine.

    Running it again is quick and keeps everything that was done.
    """
    began = time.perf_counter()
    chosen = settings(demo=True)
    if reset:
        if not chosen.database_url.startswith(f"sqlite:///{chosen.home}"):
            raise click.UsageError("--reset only erases the database in DESK_HOME")
        erase(chosen)
    database = Database(chosen)
    furnish(database)
    database.close()
    if as_json:
        people = [{"name": name, "role": role.value} for name, _, role in PEOPLE]
        emit({"address": f"http://127.0.0.1:{port}/", "password": PASSWORD, "accounts": people})
    else:
        click.echo("\n".join(_lines(port)))
        click.echo(f"ready after {time.perf_counter() - began:.1f} s", err=True)
    if not no_serve:
        run(chosen, "127.0.0.1", port)
