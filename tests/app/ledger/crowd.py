"""Sixteen people who save without a pause and say what was acknowledged, until they are killed.

Usage: python -m tests.app.ledger.crowd <home> <round>
"""

import os
import sys
import threading

from app.config import Settings
from app.db import Database
from tests.app.ledger.small import Note, Pair

WRITERS = 16


def work(database: Database, name: str) -> None:
    """Write a note and a pair at a time: both are there, or neither."""
    turn = 0
    while True:
        key = f"{name}.{turn}"
        with database.writing(f"editor:{name}", key) as session:
            session.add(Note(id=f"k-{key}", title=key))
            session.flush()
            session.add(Pair(left="k", right=key, body="x"))
        os.write(1, f"k-{key}\n".encode())
        turn += 1


def main(home: str, round_number: str) -> None:
    """Start them."""
    database = Database(Settings.load({"DESK_HOME": home}))
    for number in range(WRITERS):
        threading.Thread(target=work, args=(database, f"{round_number}.{number}")).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
