"""A cursor is a word only this desk can write, good for one list and one direction."""

import uuid

import pytest
from flask import Flask

from app import paging
from claims.errors import Refused

ROW = uuid.UUID("01a20bd9-9e83-7919-a79d-3bf5837cdb64")


@pytest.fixture
def desk() -> Flask:
    """Return an application with a key of its own."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "the key of this desk"
    return app


def test_a_cursor_comes_back_as_it_was_written(desk: Flask) -> None:
    with desk.test_request_context("/queue"):
        link = paging.link("queue", ("after", ROW)) or ""
    with desk.test_request_context(link):
        assert paging.read("queue") == ("after", str(ROW))
        assert paging.read_uuid("queue") == ROW


def test_a_link_keeps_the_filters_and_drops_the_old_cursor(desk: Flask) -> None:
    with desk.test_request_context("/queue?status=refuted&cursor=old&stage=open"):
        link = paging.link("queue", ("after", ROW)) or ""
    assert link.startswith("/queue?status=refuted&stage=open&cursor=")
    assert "old" not in link


def test_a_first_page_has_no_cursor_and_no_neighbour_no_link(desk: Flask) -> None:
    with desk.test_request_context("/queue"):
        assert paging.read("queue") is None
        assert paging.read_uuid("queue") is None
        assert paging.link("queue", None) is None


def test_another_list_or_another_key_makes_a_cursor_worthless(desk: Flask) -> None:
    with desk.test_request_context("/queue"):
        link = paging.link("queue", ("after", ROW)) or ""
    with desk.test_request_context(link), pytest.raises(Refused):
        paging.read("sources")
    desk.config["SECRET_KEY"] = "another"
    with desk.test_request_context(link), pytest.raises(Refused) as problem:
        paging.read("queue")
    assert problem.value.field == "cursor"


def test_a_cursor_outlives_the_rotation_of_the_key(desk: Flask) -> None:
    with desk.test_request_context("/queue"):
        link = paging.link("queue", ("after", ROW)) or ""
    former = desk.config["SECRET_KEY"]
    desk.config.update(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[former])
    with desk.test_request_context(link):
        assert paging.read_uuid("queue") == ROW


def test_one_changed_letter_is_noticed(desk: Flask) -> None:
    with desk.test_request_context("/queue"):
        link = paging.link("queue", ("after", ROW)) or ""
    stem, cursor = link.split("cursor=")
    for at in range(0, len(cursor), 7):
        forged = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        with desk.test_request_context(f"{stem}cursor={forged}"), pytest.raises(Refused):
            paging.read("queue")
