"""A key is held for what is done outside the page's transaction: others wait, and not for ever."""

import datetime as dt
import threading

import pytest
from sqlalchemy import update

from app.db import Database
from app.once import receipts
from app.once.asked import Asked
from app.once.models import FormReceipt
from app.once.problems import StillRunning
from sources.base import now

ASKED = Asked("key", "row", "a" * 64, "editor:li.wei", "/")
OTHER = Asked("key", "row", "b" * 64, "editor:li.wei", "/")


def test_a_held_key_is_waited_for_and_free_again_when_nothing_came_of_it(
    database: Database,
) -> None:
    assert receipts.hold(database, ASKED) is None
    came = threading.Event()

    def wait() -> None:
        assert receipts.hold(database, ASKED) is None
        came.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not came.wait(0.2)
    receipts.release(database, ASKED)
    waiting.join(10)
    assert came.is_set()


def test_waiting_has_an_end_and_another_request_does_not_wait(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "PATIENCE", 0.1)
    assert receipts.hold(sqlite_database, ASKED) is None
    with pytest.raises(StillRunning):
        receipts.hold(sqlite_database, ASKED)
    first = receipts.hold(sqlite_database, OTHER)
    assert first is not None
    assert first.status is None


def test_a_key_whose_holder_died_is_taken_over(database: Database) -> None:
    assert receipts.hold(database, ASKED) is None
    with database.writing("system:test") as session:
        old = now() - receipts.LEASE - dt.timedelta(seconds=1)
        session.execute(update(FormReceipt).values(received_at=old))
    assert receipts.hold(database, ASKED) is None
