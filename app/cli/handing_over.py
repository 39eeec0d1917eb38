"""The text a command is given: a file, a page at an address, or standard input."""

from pathlib import Path

import click

from app.config import agent
from claims.manuscript import Manuscript, from_address, from_file
from sources.fetching import Fetcher
from sources.store import LIMIT


def handed_over(source: str, encoding: str | None) -> Manuscript:
    """Read what a command's argument names; a file that is not there is wrong usage."""
    if "://" in source:
        context = click.get_current_context()
        fetcher: Fetcher = context.find_object(Fetcher) or Fetcher(agent=agent())
        return from_address(fetcher, source, encoding)
    try:
        with click.open_file(source, "rb") as stream:
            name = None if source == "-" else Path(source).name
            return from_file(stream.read(LIMIT + 1), name, encoding)
    except OSError as problem:
        raise click.BadParameter(f"{source}: {problem.strerror}", param_hint="FILE") from problem
