"""Commands on the key of contacts."""

import click
from sqlalchemy import func, select

from app.cli.desk import actor, emit, json_option, opened
from app.db import Database
from app.ledger import acts
from sources.confidential_models import Contact
from sources.contact_keys import ContactKeys
from sources.contacts import renew_key, retire_keys


@click.group()
def contact() -> None:
    """Look after the key that the contacts of confidential sources are encrypted under."""


@contact.group()
def key() -> None:
    """The key in the file outside the database."""


@key.command("rotate")
@json_option
def rotate(as_json: bool) -> None:
    """Draw a new key, put every contact under it, and forget the old ones.

    When it is interrupted nothing is lost: the old keys stay in the file until every contact is
    under the new one, and the next rotation finishes it. What was destroyed before is beyond
    reading then in every backup of the database, too, if no old copy of the key file is left.
    """
    found, gone = rotated(opened())
    if as_json:
        emit({"contacts": found, "retired": gone})
    else:
        click.echo(f"{found} contacts are under the new key; {gone} old keys forgotten", err=True)


def rotated(database: Database) -> tuple[int, int]:
    """Put every contact under a new key; return how many, and how many old keys were forgotten."""
    keys = ContactKeys(database.settings.contact_key_file)
    with database.writing(actor()) as session:
        if not session.scalar(select(func.count(Contact.id))):
            return 0, 0
        found = renew_key(session, keys)
        acts.record(session, "act", "contact", "key", "rotate", {"contacts": found})
    with database.writing(actor()) as session:
        return found, retire_keys(session, keys)
