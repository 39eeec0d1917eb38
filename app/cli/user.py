"""Commands on accounts."""

import click

from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.cli.desk import actor, emit, json_option, opened


@click.group()
def user() -> None:
    """Add the people who may sign in."""


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
