"""Commands on background jobs: list them, look at one, try it again, cancel it."""

import uuid
from typing import Any

import click

from app.cli.desk import actor, either, emit, json_option, opened
from app.jobs import orders
from app.jobs.handlers import HANDLERS
from app.jobs.listing import listing
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.twins import columns

key_argument = click.argument("key", metavar="JOB", type=click.UUID)


@click.group()
def job() -> None:
    """List background jobs, try them again, cancel them."""


@job.command("list")
@click.option("--state", type=click.Choice([state.value for state in JobState]))
@json_option
def list_jobs(state: str | None, as_json: bool) -> None:
    """List the newest fifty jobs."""
    states = (JobState(state),) if state else ()
    with opened().reading() as session:
        rows = listing(session, states=states)[0]
    if as_json:
        emit([columns(row) for row in rows])
        return
    for row in rows:
        click.echo("\t".join(_told(row)))


@job.command()
@key_argument
@json_option
def show(key: uuid.UUID, as_json: bool) -> None:
    """Show one job with its payload and the reason of a failure."""
    with opened().reading() as session:
        row = orders.find(session, key)
    if as_json:
        emit(columns(row))
        return
    for name, value in columns(row).items():
        if value is not None:
            click.echo(f"{name}\t{either(value) if isinstance(value, dict) else value}")


@job.command()
@key_argument
@json_option
def retry(key: uuid.UUID, as_json: bool) -> None:
    """Queue a failed or cancelled job anew."""
    with opened().writing(actor()) as session:
        _say(orders.retry(session, key), as_json)


@job.command()
@key_argument
@json_option
def cancel(key: uuid.UUID, as_json: bool) -> None:
    """End a job that is not over; what it still does takes no effect."""
    with opened().writing(actor()) as session:
        _say(orders.cancel(session, key), as_json)


def _say(row: Job, as_json: bool) -> None:
    if as_json:
        emit(columns(row))
    else:
        click.echo("\t".join(_told(row)))


def _told(row: Job) -> tuple[Any, ...]:
    handler = HANDLERS.get(row.kind)
    name = either(handler.words) if handler is not None else ""
    return str(row.id), row.state.value, name or row.kind, row.created_by, either(row.error)
