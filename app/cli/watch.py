"""The command that looks at sources: what is due, one source, or what there is to look at."""

import datetime as dt
import time

import click

from app import look_twins
from app.cli.desk import emit, json_option, opened
from app.config import agent
from app.db import Database
from app.jobs.queue import unfinished
from app.jobs.task import Extensions
from app.jobs.worker import Worker
from app.looks.queueing import key_of, queue, queue_due
from claims.queries.rot import Stake, whole
from claims.queries.watched import WatchedSource, watched
from sources.base import now
from sources.fetching import Fetcher
from sources.looks.noting import BY
from sources.looks.policy import watch_policy
from sources.registry import find
from sources.store import Store

FINDINGS = 3
PAUSE = 0.5
"""Seconds between two looks whether a site may be asked again."""


@click.command()
@click.argument("key", required=False)
@click.option("--now", "at_once", is_flag=True, help="Carry the looks out here and now.")
@json_option
def watch(key: str | None, at_once: bool, as_json: bool) -> None:
    """Queue looks at the sources that are due, or at the source KEY, due or not.

    A worker carries them out. With --now this command waits until all are done: every site is asked
    one request at a time and with a pause.
    """
    database = opened()
    if not database.settings.watch and key is None:
        click.echo("watching is switched off (DESK_WATCH=0)", err=True)
        chosen = []
    else:
        chosen = queued(database, key)
    done = _carried_out(database, chosen) if at_once else 0
    if as_json:
        emit({"queued": [told(one) for one in chosen], "jobs": done})
        return
    for one in chosen:
        click.echo(f"{one.key}\t{one.url}")
    if at_once:
        click.echo(f"{done} jobs done", err=True)


def queued(database: Database, key: str | None) -> list[WatchedSource]:
    """Queue what is due, or one source; a source nothing rests on is not watched."""
    moment = now()
    with database.writing(BY) as session:
        if key is None:
            return queue_due(session, moment)
        source = find(session, key)
        found = watched(session, watch_policy(), moment, source.id)
        for one in found:
            queue(session, one.source_id)
        if not found:
            click.echo("nothing that is watched rests on this source", err=True)
        return found


def told(one: WatchedSource) -> dict[str, object]:
    """Return what a machine is told of a queued look."""
    never = one.due_at.year == dt.MINYEAR
    return {
        "key": one.key,
        "url": one.url,
        "every_days": one.days,
        "due_at": None if never else one.due_at,
    }


def _carried_out(database: Database, chosen: list[WatchedSource]) -> int:
    """Do what is ready until the chosen looks are done, beside whatever worker there is."""
    extensions = Extensions(Store(database.settings.store), Fetcher(agent=agent()))
    worker, done = Worker(database, extensions, 1), 0
    while True:
        done += worker.run_ready()
        with database.reading() as session:
            if not any(unfinished(session, key_of(one.source_id)) for one in chosen):
                return done
        time.sleep(PAUSE)


@click.command()
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")
@json_option
def rot(as_csv: bool, as_json: bool) -> None:
    """List every cited address, the worst first: gone, no snapshot. Exit 3 where there are any.

    What the looks found is told; nothing is fetched.
    """
    with opened().reading() as session:
        rows = list(whole(session))
        told_rows = [look_twins.address(row) for row in rows]
    if as_json:
        emit(told_rows)
    elif as_csv:
        click.echo(look_twins.table(rows), nl=False)
    else:
        for row in rows:
            click.echo(f"{row.risk}\t{row.source.key}\t{row.source.url}")
    if any(row.risk is Stake.LOST_FOR_GOOD for row in rows):
        raise click.exceptions.Exit(FINDINGS)
