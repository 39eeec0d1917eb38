"""Commands on accounts."""

import datetime as dt
import sys

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import administration, factors, sessions, totp
from app.accounts.factor_keys import FactorKeys
from app.accounts.factor_models import Factor
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account, hashed
from app.accounts.vocabulary import SessionEnd
from app.cli.desk import actor, emit, json_option, opened
from app.ledger import acts


def chosen(context: click.Context, _option: click.Parameter, given: str | None) -> str:
    """Return a password: the one given, the first line of a pipe, or what is typed twice.

    A shell that completes a line reads it as well, and is asked for nothing.
    """
    if given is not None or context.resilient_parsing:
        return given or ""
    # A process that was started without an input has none at all.
    if sys.stdin is not None and sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    try:
        # Some editors begin a file with a mark that nobody can type.
        line = sys.stdin.buffer.readline().decode("utf-8-sig") if sys.stdin is not None else ""
    except UnicodeDecodeError as problem:
        message = "the password is no UTF-8"
        raise click.UsageError(message) from problem
    if not line:
        message = "no password: write it on the first line of the input, or run this on a terminal"
        raise click.UsageError(message)
    return line.rstrip("\r\n")


secret = click.option(
    "--password",
    callback=chosen,
    help="Asked for when left out, or the first line of a pipe; others may see it given here.",
)


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
@secret
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
@secret
def password(name: str, password: str) -> None:
    """Set the password of the account NAME, which is then in use; its sessions end.

    For the administrator whom no other administrator can make a link for.
    """
    with opened().writing(actor()) as session:
        found = _named(session, name)
        found.password_hash = hashed(session, password, found.name, found.display_name)
        found.active = True
        ended = sessions.end_all(session, found, SessionEnd.PASSWORD)
        story = {"name": found.name, "sessions": ended}
        acts.record(session, "act", "account", str(found.id), "password_set", story)
        click.echo(found.actor)


@user.command("sign-out")
@click.argument("names", nargs=-1)
@click.option("--everybody", is_flag=True, help="All accounts, as after a breach.")
def sign_out(names: tuple[str, ...], *, everybody: bool) -> None:
    """End every session of the accounts NAMES; tokens and passwords stay."""
    if bool(names) is everybody:
        message = "name accounts, or say --everybody"
        raise click.UsageError(message)
    with opened().writing(actor()) as session:
        query = select(Account).order_by(Account.name)
        chosen = session.scalars(query) if everybody else [_named(session, one) for one in names]
        for account in chosen:
            count = administration.sign_out(session, account)
            click.echo(f"{account.name}: {count}")


@user.group()
def factor() -> None:
    """Look after second factors: who has which, those that were lost, the key of their seeds."""


@factor.command("list")
@click.argument("name", required=False)
@json_option
def factor_list(name: str | None, as_json: bool) -> None:
    """List the second factors of the account NAME, or of all."""
    with opened().reading() as session:
        query = select(Factor, Account.name).join(Account).where(Factor.confirmed_at.is_not(None))
        if name is not None:
            query = query.where(Account.id == _named(session, name).id)
        rows = session.execute(query.order_by(Account.name, Factor.id)).all()
        used = factors.uses(session, [row for row, _ in rows])
        found = [
            {
                "account": owner,
                "kind": row.kind.value,
                "name": row.name,
                "last_used": _moment(used[row.id].used_at),
            }
            for row, owner in rows
        ]
    if as_json:
        emit({"factors": found})
    for one in [] if as_json else found:
        click.echo("\t".join(str(value or "-") for value in one.values()))


@factor.command("reset")
@click.argument("name")
def factor_reset(name: str) -> None:
    """Remove the second factors of the account NAME, whose owner lost them; its sessions end."""
    with opened().writing(actor()) as session:
        count = administration.reset_factors(session, _named(session, name))
        click.echo(f"{name}: {count}")


@factor.command("rotate")
@json_option
def factor_rotate(as_json: bool) -> None:
    """Draw a new key, put the seed of every telephone under it, and forget the old ones.

    When it is interrupted nothing is lost: the old keys stay in the file until every seed is
    under the new one, and the next rotation finishes it.
    """
    database = opened()
    keys = FactorKeys(database.settings.factor_key_file)
    with database.writing(actor()) as session:
        found = totp.renew_key(session, keys)
        if found:
            acts.record(session, "act", "factor", "key", "rotate", {"seeds": found})
    gone = 0
    if found:
        with database.writing(actor()) as session:
            gone = totp.retire_keys(session, keys)
    if as_json:
        emit({"seeds": found, "retired": gone})
    else:
        click.echo(f"{found} seeds are under the new key; {gone} old keys forgotten", err=True)


def _named(session: Session, name: str) -> Account:
    found = session.scalar(select(Account).where(Account.name == name.strip().lower()))
    if found is None:
        raise click.ClickException(f"there is no account {name}")
    return found


def _moment(found: dt.datetime | None) -> str | None:
    return found.isoformat(timespec="seconds") if found is not None else None
