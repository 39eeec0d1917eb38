"""The command that reads a table of an appendix back, its values as they were."""

import csv
from pathlib import Path

import click

from app.cli.desk import emit
from app.exports.plain_table import read_back


@click.command("rows")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def rows(file: Path) -> None:
    """Print the rows of FILE, a table or checklist (CSV) of an appendix, as JSON.

    The apostrophes that keep a spreadsheet from running a cell are taken away again.
    """
    try:
        with file.open("rb") as data:
            found = list(read_back(data))
    except (ValueError, csv.Error) as problem:
        raise click.ClickException(
            f"{file.name} is no table of an appendix: {problem}"
        ) from problem
    emit(found)
