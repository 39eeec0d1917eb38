"""The command line: one click group, loaded a command at a time so that each starts quickly."""

import sys
from importlib import import_module

import click

from app.db_problems import DatabaseProblem
from claims.errors import DeskError

COMMANDS = {
    "appendix": "app.cli.appendix:appendix",
    "article": "app.cli.article:article",
    "audit": "app.cli.audit:audit",
    "check": "app.cli.check:check",
    "claim": "app.cli.claim:claim",
    "config": "app.cli.config:config",
    "contact": "app.cli.contact:contact",
    "db": "app.cli.database:db",
    "demo": "app.cli.demo:demo",
    "dump": "app.cli.seed:dump",
    "extract": "app.cli.extract:extract",
    "search": "app.cli.search:search",
    "secret": "app.cli.secret:secret",
    "job": "app.cli.job:job",
    "seed": "app.cli.seed:seed",
    "serve": "app.cli.serve:serve",
    "source": "app.cli.source:source",
    "user": "app.cli.user:user",
    "worker": "app.cli.worker:worker",
}


class Commands(click.Group):
    """Imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found: click.Command = getattr(import_module(module), name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Claim Desk (核查台): check every figure in an article."""


def main() -> None:
    """Run the command line; exit 0 done, 1 failed, 2 wrong usage, 3 findings."""
    try:
        commands(prog_name="manage.py")
    except DeskError as problem:
        for tongue in ("zh", "en"):
            if problem.message.get(tongue):
                click.echo(problem.message[tongue], err=True)
        sys.exit(1)
    except DatabaseProblem as problem:
        click.echo(f"{problem}", err=True)
        sys.exit(1)
