"""Commands on the settings."""

import click

from app.cli.desk import emit, json_option, settings


@click.group()
def config() -> None:
    """See how this installation is set up."""


@config.command("show")
@json_option
def show(as_json: bool) -> None:
    """Show every setting; secrets are masked."""
    shown = settings().public()
    if as_json:
        emit(shown)
        return
    for name, value in sorted(shown.items()):
        click.echo(f"{name}={value}")
