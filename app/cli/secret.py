"""Commands on the secret that seals sessions and forms."""

import os

import click

from app.cli.desk import actor, emit, json_option, opened
from app.config import SECRET_FILE
from app.ledger import acts
from app.secret_key import rotate as renewed
from sources.base import now

KEPT_DAYS, MOST_DAYS = 14, 90
"""As long as the longest session lasts."""


@click.group()
def secret() -> None:
    """Look after the secret that seals sessions and forms."""


@secret.command("rotate")
@click.option(
    "--keep-days",
    default=KEPT_DAYS,
    show_default=True,
    type=click.IntRange(0, MOST_DAYS),
    help="How long the former secret still opens what it sealed; 0 signs everybody out.",
)
@json_option
def rotate(keep_days: int, as_json: bool) -> None:
    """Draw a new secret; the former one still opens what it sealed for a while.

    Both files lie in DESK_HOME/keys, for their owner alone. Every server and worker of the desk
    takes the new one when it is started anew. Passwords, tokens and one-time links are not sealed
    with it and stay as they are.
    """
    if os.environ.get("DESK_SECRET_KEY"):
        raise click.UsageError(
            "DESK_SECRET_KEY holds the secret: put it into DESK_SECRET_KEY_FALLBACKS and a new one "
            "in its place, or unset it"
        )
    database = opened()
    until = renewed(database.settings.home / SECRET_FILE, keep_days, now())
    with database.writing(actor()) as session:
        acts.record(session, "act", "desk", "secret", "rotate", {"days": keep_days})
    if as_json:
        emit({"kept_until": until if keep_days else None})
        return
    click.echo("a new secret is drawn; start every server of the desk anew", err=True)
    if keep_days:
        click.echo(f"sessions and open forms stay valid until {until:%Y-%m-%d %H:%M} UTC", err=True)
    else:
        click.echo("everybody is signed out then, and open forms must be opened again", err=True)
