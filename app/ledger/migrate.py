"""Alembic's commands on one database, for the command line, the demo and the tests."""

import io

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.config import ROOT
from app.db import Database

SCRIPTS = ROOT / "migrations"


def configuration(database: Database | None, actor: str | None, name: str) -> Config:
    """An Alembic configuration that works on this database without a file of its own."""
    config = Config(stdout=io.StringIO(), toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes |= {"database": database, "actor": actor, "command": name}
    return config


def upgrade(database: Database, revision: str = "head", *, actor: str | None = None) -> None:
    """Bring the schema forward; a failure leaves it as it was."""
    command.upgrade(configuration(database, actor, "upgrade"), revision)


def downgrade(database: Database, revision: str, *, actor: str | None = None) -> None:
    """Bring the schema back; a failure leaves it as it was."""
    command.downgrade(configuration(database, actor, "downgrade"), revision)


def scripts() -> ScriptDirectory:
    """The revisions in ``migrations/versions``."""
    return ScriptDirectory.from_config(configuration(None, None, "history"))


def head() -> str:
    """The revision this code wants."""
    return scripts().get_current_head() or "base"
