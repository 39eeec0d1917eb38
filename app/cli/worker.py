"""Doing background jobs in a process of its own, beside the server or on another machine."""

import threading

import click

from app.cli.desk import emit, json_option, opened
from app.cli.stopping import ending_politely
from app.config import agent
from app.db import Database
from app.jobs.task import Extensions
from app.jobs.worker import Worker
from app.logs import set_up
from app.memory import give_back, keep_to_itself
from sources.fetching import Fetcher
from sources.store import Store


def of_server(database: Database, fetcher: Fetcher) -> Worker:
    """A worker with everything its handlers need, not started yet."""
    settings = database.settings
    return Worker(database, Extensions(Store(settings.store), fetcher), settings.workers)


@click.command()
@click.option("--once", is_flag=True, help="Do what is ready now, and stop.")
@click.option(
    "--threads", type=click.IntRange(1, 64), help="Jobs at once. Default: DESK_WORKERS, at least 1."
)
@json_option
def worker(once: bool, threads: int | None, as_json: bool) -> None:
    """Do background jobs until stopped; several workers may run, on several machines.

    On SIGTERM or Ctrl-C nothing new is begun; what does not end within ten seconds is given back.
    """
    keep_to_itself()
    give_back()
    database = opened()
    set_up(database.settings.log_format)
    database.notary.start()
    settings = database.settings
    extensions = Extensions(Store(settings.store), Fetcher(agent=agent()))
    found = Worker(database, extensions, threads or settings.workers or 1)
    if once:
        count = found.run_ready()
        if as_json:
            emit({"jobs": count})
        else:
            click.echo(f"{count} jobs")
        return
    click.echo(f"{found.threads} jobs at once", err=True)
    found.start()
    try:
        with ending_politely():
            threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("stopping", err=True)
    finally:
        found.stop()
