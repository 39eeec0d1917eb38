"""Commands on the ledger: read it, look at one entry, verify it."""

import dataclasses

import click

import app.models
from app.cli import attestation, redaction
from app.cli.database import FINDINGS, database
from app.cli.desk import actor, emit, json_option
from app.cli.past import as_of, ask
from app.cli.past import history as past_history
from app.cli.security import security_command
from app.db import Database
from app.db_problems import DatabaseProblem
from app.forms.timeline import read
from app.ledger import acts, history, search
from app.ledger.history import Entry
from app.ledger.report import CODES, Report
from app.ledger.verify import verify as verified
from app.logs import visible

__all__ = ["app", "audit"]
WIDTH = 60
"""Characters of a value that one line of the log shows."""


@click.group()
def audit() -> None:
    """The ledger: who changed what, and whether the record is whole."""


for command in (
    as_of,
    past_history,
    ask,
    attestation.checkpoint_command,
    attestation.key_group,
    attestation.proof_command,
    attestation.export_command,
    redaction.redact_command,
    security_command,
):
    audit.add_command(command)


@audit.command()
@click.option("--kind", help="data, schema, export, act, system, foreign or nobody.")
@click.option("--actor", help="As in editor:li.wei, or li.wei.")
@click.option("--table", help="A table's name, as in claim.")
@click.option("--pk", help="A row's key.")
@click.option("--request", help="The X-Request-ID of one request.")
@click.option("--q", help="Words that stand in the values.")
@click.option("--since", help="From this ledger number or moment (UTC) on.")
@click.option("--until", help="Before this ledger number, or up to this moment (UTC).")
@click.option("--article", help="Only of this article, by its key.")
@click.option("--claim", help="Only of this claim, as in ten-years/14.")
@click.option("--before", type=click.IntRange(1), help="Only what follows an earlier page's last.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10000))
@json_option
def log(*, before: int | None, limit: int, as_json: bool, **typed: str | None) -> None:
    """List what happened, newest first; the filters are those of the timeline's page."""
    with database() as found, found.reading() as session:
        asked = read(session, {name: value for name, value in typed.items() if value}).asked
        listed = search.entries(session, asked, after=before, limit=limit)
    if as_json:
        emit([as_data(entry) for entry in listed])
        return
    for entry in listed:
        click.echo(line(entry))


@audit.command()
@click.argument("number", type=click.IntRange(1))
@json_option
def show(number: int, as_json: bool) -> None:
    """Show event NUMBER with every value."""
    with database() as found, found.reading() as session:
        entry = history.entry(session, number)
    if entry is None:
        raise click.ClickException(f"there is no event {number}")
    if as_json:
        emit(as_data(entry))
        return
    click.echo(line(entry))
    for field, old, new in entry.changes:
        click.echo(f"  {field}: {old!r} -> {new!r}")


@audit.command()
@json_option
def verify(as_json: bool) -> None:
    """Check that nothing in the ledger, and no row behind its back, was changed.

    That it was done, by whom and with how many findings, is entered into the ledger where it
    takes entries. Exits 3 when there are findings.
    """
    with database() as found:
        report = verified(found)
        _note(found, report)
    if as_json:
        emit({**dataclasses.asdict(report), "counts": dict(report.counts)})
    else:
        say(report)
    if report.findings:
        raise click.exceptions.Exit(FINDINGS)


def _note(found: Database, report: Report) -> None:
    """Enter that somebody looked, as the page does; a copy that takes no writes is told of."""
    try:
        with found.writing(actor()) as session:
            acts.verified(session, report)
    except DatabaseProblem as problem:
        click.echo(f"this verification is not entered: {problem}", err=True)


def say(report: Report) -> None:
    """Print a report for a person."""
    for finding in report.findings:
        click.echo(f"{finding.code}  {visible(finding.detail)}")
    for code, count in sorted(report.counts.items()):
        click.echo(f"{count} x {code}: {CODES[code]}")
    click.echo(f"tree head: {report.leaves} {report.root}")
    click.echo(
        f"{report.events} events, {report.leaves} leaves, {report.rows} rows"
        f" in {report.seconds:.1f} s: {'NOT WHOLE' if report.findings else 'whole'}"
    )


def line(entry: Entry) -> str:
    """One entry in one line, whatever somebody with a shell wrote into it."""
    where = f"{entry.table} {entry.pk}"
    fields = ", ".join(name for name, _, _ in entry.changes)[:WIDTH]
    who = entry.actor or "(nobody)"
    place = "-" if entry.seq is None else entry.seq
    said = f"{entry.at} {who} {entry.kind} {entry.op} {where} {fields}"
    return f"{entry.eid:>7} {place:>7} {visible(said)}"


def as_data(entry: Entry) -> dict[str, object]:
    """One entry as JSON."""
    changes = [{"field": name, "old": old, "new": new} for name, old, new in entry.changes]
    return {**dataclasses.asdict(entry), "changes": changes}
