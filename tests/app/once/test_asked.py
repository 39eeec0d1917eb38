"""What makes two requests the same: the person, the way, the words and the files; not the form."""

import io
from typing import Any

from flask import g

from app.db import Database
from app.once.asked import Asked, asked
from tests.app.claim_desk import Desk

SENT = {"receipt": "one", "body": "said", "csrf_token": "x"}


def read(desk: Desk, path: str = "/sources/new", holder: str = "me", **sent: Any) -> Asked | None:
    with desk.app.test_request_context(path, method="POST", data={**SENT, **sent}):
        g.holder, g.actor = holder, "editor:me"
        return asked()


def test_the_same_words_are_the_same_request(sqlite_database: Database) -> None:
    desk = Desk(sqlite_database)
    first = read(desk)
    assert first is not None
    same = [
        read(desk),
        read(desk, csrf_token="y", typist="z", draft="w"),
    ]
    assert {one.sha256 for one in same if one is not None} == {first.sha256}
    others = [
        read(desk, body="said otherwise"),
        read(desk, body=["said", "twice"]),
        read(desk, path="/sources/new?then=card"),
        read(desk, holder="you"),
        read(desk, more=""),
        read(desk, file=(io.BytesIO(b"a"), "a.txt")),
        read(desk, file=(io.BytesIO(b"b"), "a.txt")),
    ]
    hashes = {one.sha256 for one in others if one is not None}
    assert len(hashes) == len(others)
    assert first.sha256 not in hashes


def test_a_key_is_kept_as_another_for_each_account(sqlite_database: Database) -> None:
    desk = Desk(sqlite_database)
    found = [read(desk, holder=holder) for holder in ("me", "you")]
    assert len({one.row for one in found if one is not None}) == 2
    assert read(desk, receipt="") is None
    assert read(desk, receipt=["one", "two"]) is None
    assert read(desk, receipt="一") is None
