"""What every command shares: the settings, the database, the actor and how answers are printed."""

import datetime as dt
import getpass
import json
import uuid
from decimal import Decimal
from typing import Any

import click

from app.accounts import factors
from app.config import Settings
from app.db import Database
from app.variables import SettingError

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def actor() -> str:
    """Return who history names for this command: the person logged in to the machine."""
    try:
        return f"system:cli/{getpass.getuser()}"
    except (KeyError, OSError):
        return "system:cli"


def settings(*, demo: bool = False) -> Settings:
    """Return the settings, or end with exit code 2 and the reason."""
    try:
        found = Settings.load(demo=demo)
        factors.checked(found.second_factor)
    except SettingError as problem:
        raise click.UsageError(str(problem)) from problem
    return found


def opened() -> Database:
    """Return the database of the settings; what the command changes is signed when it ends."""
    found = Database(settings())
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(lambda: conclude(found))
    return found


def conclude(found: Database) -> None:
    """Sign the tree head where there is news, and close."""
    if found.notary.news:
        found.notary.attest()
    found.close()


def plain(value: object) -> Any:
    """Return what JSON can hold: decimals and identifiers as text, moments as ISO 8601."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def emit(data: Any) -> None:
    """Print data as JSON on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=plain))


def either(words: dict[str, str] | None) -> str:
    """Return words for a terminal: Chinese where there is any, else English, else any."""
    if not words:
        return ""
    return words.get("zh") or words.get("en") or next(iter(words.values()))
