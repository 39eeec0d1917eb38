"""The command that hands security events on: to a person, or line by line to a collector."""

import json
from collections.abc import Mapping

import click
from sqlalchemy import select

from app.accounts.models import Account
from app.cli.database import database
from app.cli.desk import plain as as_plain
from app.forms.timeline import read
from app.ledger.history import Entry
from app.logs import visible
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
        owners = {str(row.id): row.name for row in session.scalars(select(Account))}
        for event, entry in events(session, asked, chosen, oldest=True):
            told = plain(event, entry)
            if place is not None and told.get("place") != place:
                continue
            if as_json:
                click.echo(json.dumps(told, ensure_ascii=False, default=as_plain))
            else:
                click.echo(line(event, entry, owners))


def line(event: Event, entry: Entry, owners: Mapping[str, str]) -> str:
    """One event for a person: who did what, to whose account where that is somebody else's."""
    words = [said(event, entry, "en")]
    if event is Event.FACTOR_CHANGED:
        words.append(entry.op.replace("_", " "))
    story = {**(entry.old or {}), **(entry.new or {})}
    owner = owners.get(str(story.get("account_id") or entry.pk))
    if owner is not None and entry.actor != f"editor:{owner}":
        words.append(f"account {owner}")
    return visible(f"#{entry.eid} {entry.at} {entry.actor or '(nobody)'} {' · '.join(words)}")
