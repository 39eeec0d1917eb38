"""Write down what the desk answers today, beside what ``docs/access.csv`` expects: read it first.

``python -m tests.app.access`` prints each row that differs or is missing, as the file would have
it; with ``--missing`` only what is missing, which is quick. Whoever adds a row says with it that
this is what ought to be.
"""

import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from app import schema
from app.config import Settings
from app.db import Database
from app.permissions import permission_of
from tests.app.access.desk import AccessDesk
from tests.app.access.keeping import Files
from tests.app.access.rounds import Rounds
from tests.app.access.table import COLUMNS, Cells, Row, is_let_in, read, written
from tests.engines import PUBLISHING


def seen(rounds: Rounds, spared: Collection[Row]) -> dict[Row, Cells]:
    """What every address answers, each time from the beginning."""
    rows: dict[Row, dict[str, str]] = {}
    for column in COLUMNS:
        rounds.begin(column)
        for ask in sorted(rounds.asks, key=lambda one: one.writes):
            if ask.row in spared:
                continue
            needs = permission_of(rounds.desk.app, ask.endpoint).value
            cell = rounds.ask(ask, column)
            rows.setdefault(ask.row, {"needs": needs})[column] = cell
            if ask.writes and is_let_in(cell):
                rounds.begin(column)
    return dict(rows)


def main() -> None:
    """Print what differs."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.load({"DESK_HOME": str(Path(home) / "desk"), **PUBLISHING})
        database = Database(settings)
        schema.upgrade(database, actor="system:test")
        known = read()
        rows = seen(
            Rounds(AccessDesk(database), Files(database)), known if "--missing" in sys.argv else ()
        )
        database.close()
    names = ("needs", *COLUMNS)
    other = {
        row: cells
        for row, cells in rows.items()
        if row not in known or [cells[one] for one in names] != [known[row][one] for one in names]
    }
    sys.stdout.write(written(other))


main()
