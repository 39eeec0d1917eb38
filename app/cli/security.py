"""The command that hands security events on: to a person, or line by line to a collector."""

import json

import click

from app.cli.database import database
from app.cli.desk import plain as as_plain
from app.forms.timeline import read
from app.security_events.places import pseudonym
from app.security_events.reading import events, plain, said
from app.security_events.vocabulary import Event


@click.command("security")
@click.option("--since", help="From this ledger number or moment (UTC) on.")
@click.option("--until", help="Before this ledger number, or up to this moment (UTC).")
@click.option("--actor", help="As in editor:li.wei, or li.wei.")
@click.option(
    "--event",
    "wanted",
    multiple=True,
    type=click.Choice([one.value for one in Event]),
    help="Only.",
)
@click.option("--from", "address", help="Only from the place of this network address.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for a collector.")
def security_command(
    *, wanted: tuple[str, ...], address: str | None, as_json: bool, **typed: str | None
) -> None:
    """List security events, oldest first: docs/security-events.md says what each field means."""
    with database() as found, found.reading(steady=True) as session:
        place = pseudonym(found.key, address) if address else None
        asked = read(session, {name: value for name, value in typed.items() if value}).asked
        chosen = {Event(one) for one in wanted}
        for event, entry in events(session, asked, chosen, oldest=True):
            told = plain(event, entry)
            if place is not None and told.get("place") != place:
                continue
            if as_json:
                click.echo(json.dumps(told, ensure_ascii=False, default=as_plain))
            else:
                who = entry.actor or "(nobody)"
                click.echo(f"#{entry.eid} {entry.at} {who} {said(event, entry, 'en')}")
