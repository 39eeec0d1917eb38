"""Upgrades a database and kills itself before the statement of a given number, like a power cut.

Usage: python -m tests.migrations.dying <home> <url> <statement number, 0 to live> <revision>
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

import app.models
from app import schema
from app.db import Database
from tests.engines import settings

__all__ = ["app"]


def main(home: str, url: str, fatal: int, revision: str) -> None:
    """Count the statements and die before one."""
    database = Database(settings(Path(home), url))
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", count)
    schema.upgrade(database, revision)
    database.close()
    sys.stdout.write(f"{seen}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
