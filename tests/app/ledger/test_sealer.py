"""The sealer's thread goes on when the database is away, and says why nothing was sealed."""

import threading
import time

import pytest
from sqlalchemy import create_engine

from app.db import Database
from app.ledger import sealer
from app.ledger.sealer import Sealer
from tests.app.ledger.small import KEY, Note

AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/none"


def until(found: object, seconds: float = 20) -> bool:
    """Whether a thing becomes true in time."""
    end = time.monotonic() + seconds
    while not found() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.01)
    return bool(found())  # type: ignore[operator]


def test_a_database_that_is_away_is_logged_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """T-FAULT: what cannot be sealed now is sealed when it is back."""
    monkeypatch.setattr(sealer, "PATIENCE", 0.02)
    watch = Sealer(create_engine(AWAY), KEY)
    assert not [thread for thread in threading.enumerate() if thread.name == "ledger-sealer"]
    watch.wake()
    mine = [thread for thread in threading.enumerate() if thread.name == "ledger-sealer"]
    assert [thread.daemon for thread in mine] == [True]
    assert until(lambda: len(caplog.records) >= 3)
    watch.stop()
    assert not mine[0].is_alive()
    assert caplog.records[0].getMessage().startswith("ledger not sealed: connection")
    watch.wake()
    assert not [thread for thread in threading.enumerate() if thread.name == "ledger-sealer"]


def test_what_is_sealed_is_counted_once(desk: Database) -> None:
    assert desk.seal() == 0
    with desk.writing("editor:ana", wait_for_seal=True) as session:
        session.add_all([Note(id=f"n{number}", title=f"{number}") for number in range(3)])
    assert desk.seal() == 0
    with desk.engine.connect() as opened:
        connection = opened.execution_options(desk_writing=True)
        connection.exec_driver_sql("UPDATE note SET title = title || '!'")
        connection.commit()
    assert desk.seal() == 3
    assert desk.seal() == 0
