"""The command that reads a table of an appendix back, its values as they were."""

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
    with file.open("rb") as data:
        emit(list(read_back(data)))
