"""Commands on accounts."""

import click
from sqlalchemy import select

from app.accounts import sessions
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account, hashed
from app.accounts.vocabulary import SessionEnd
from app.cli.desk import actor, emit, json_option, opened


@click.group()
def user() -> None:
    """Add the people who may sign in; let somebody in again who cannot."""


@user.command("add")
@click.argument("name")
@click.option("--display-name", help="The name others see. Default: NAME.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given more than once.",
)
@click.password_option(help="Asked for when left out.")
@json_option
def add(
    name: str, display_name: str | None, roles: tuple[str, ...], password: str, as_json: bool
) -> None:
    """Add the account NAME (as in li.wei) with one role or several."""
    with opened().writing(actor()) as session:
        made = add_account(
            session,
            name=name,
            display_name=display_name or name,
            password=password,
            roles={Role(role) for role in roles},
            by=actor(),
        )
        answer = {"name": made.name, "actor": made.actor, "roles": sorted(roles)}
    if as_json:
        emit(answer)
    else:
        click.echo(f"{answer['actor']}: {', '.join(answer['roles'])}")


@user.command("password")
@click.argument("name")
@click.password_option(help="Asked for when left out.")
def password(name: str, password: str) -> None:
    """Set the password of the account NAME, which is then in use; its sessions end.

    For the administrator whom no other administrator can make a link for.
    """
    with opened().writing(actor()) as session:
        found = session.scalar(select(Account).where(Account.name == name.strip().lower()))
        if found is None:
            raise click.ClickException(f"there is no account {name}")
        found.password_hash = hashed(password)
        found.active = True
        sessions.end_all(session, found, SessionEnd.PASSWORD)
        click.echo(found.actor)
