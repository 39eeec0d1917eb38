"""The log: one line a request, in text or JSON, and nothing in it that opens or names anything."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import logs
from app.factory import create_app
from app.kept_secrets import MASK
from tests.app.browser import PASSWORD, Person
from tests.app.claim_desk import Desk

CANARY = "Zibellina-4711"


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Put logging back, which is one thing for the whole process."""
    root = logging.getLogger()
    handlers, level, raises = list(root.handlers), root.level, logging.raiseExceptions
    yield
    root.handlers[:], logging.raiseExceptions = handlers, raises
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    written = capsys.readouterr().err
    return [json.loads(line) for line in written.splitlines() if line.startswith("{")]


def logged(app: Flask) -> Flask:
    logs.init_logs(app)
    return app


def test_each_request_is_one_line_that_names_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("json")
    client = logged(desk.app).test_client()
    answer = client.get(f"/sign-in?next={CANARY}", headers={"Referer": f"http://{CANARY}/"})
    client.get(f"/sign-in/link/{CANARY * 3}")
    first, second = lines(capsys)
    assert first["request"] == answer.headers["X-Request-ID"]
    assert {name: first[name] for name in ("event", "method", "path", "status", "actor")} == {
        "event": "request",
        "method": "GET",
        "path": "/sign-in",
        "status": 200,
        "actor": "visitor",
    }
    assert second["path"] == "/sign-in/link/<token>"
    assert CANARY not in json.dumps([first, second])


def test_nothing_typed_ends_a_line_or_begins_another(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-LOG (form-19): a path with a line break or a direction mark is one visible line."""
    logs.set_up("text")
    logged(desk.app).test_client().get("/x%0d%0a2026-01-01 info forged%1b[2J%E2%80%AE")
    written = capsys.readouterr().err
    assert len(written.splitlines()) == 1
    assert "\\u000d\\u000a2026-01-01" in written
    assert "\\u001b" in written
    assert "\\u202e" in written


def test_nothing_typed_passes_for_another_value_of_its_line(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-LOG: who reads the line as text learns who asked and what was answered, not what they say.

    What somebody typed stands in quotes, and no quotes in it, so its blanks end nothing.
    """
    logs.set_up("text")
    forged = "/x%20status=200%20actor=editor:xu.ke%22%20address=1.2.3.4%5C%22%20status=200"
    logged(desk.app).test_client().get(forged)
    unquoted = re.sub(r'"[^"]*"', "", capsys.readouterr().err)
    told = re.findall(r"(?:status|actor|address)=(\S+)", unquoted)
    assert told == ["404", "visitor", "127.0.0.1"]


def test_a_server_error_tells_its_place_and_no_value(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-SEC: a trace shows no variable, no text that was read, no parameter of a statement."""
    logs.set_up("json")
    app = create_app(desk.database.settings, desk.database)
    logs.init_logs(app)

    def broken() -> str:
        secret = CANARY
        try:
            return str(int(secret))
        except ValueError as problem:
            with desk.database.reading() as session:
                session.execute(text("SELECT abs(:told, 1)"), {"told": secret})
            raise LookupError(secret) from problem

    app.view_functions["help.index"] = broken
    app.extensions["permissions"]["help.index"] = "public"
    answer = app.test_client().get("/help")
    written = capsys.readouterr().err
    assert answer.status_code >= 500
    assert CANARY not in written
    assert CANARY not in answer.text
    assert "broken" in written


def test_an_error_of_the_database_shows_no_row(
    any_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-SEC: neither engine's complaint quotes what was to be written."""
    logs.set_up("json")
    statement = text("INSERT INTO account (id, name, display_name) VALUES (:id, :name, :told)")
    row = {"id": "x", "name": CANARY.lower(), "told": CANARY}
    found: DBAPIError | None = None
    try:
        with any_desk.database.writing("system:test") as session:
            session.execute(statement, row)
    except DBAPIError as problem:
        found = problem
    structlog.get_logger().error("unforeseen", exc_info=found)
    # PostgreSQL quotes the row it refuses; whoever prints that error must not.
    assert CANARY.lower() not in str(found).lower() or not any_desk.database.is_sqlite
    written = capsys.readouterr().err
    assert "trace" in written
    assert CANARY.lower() not in written.lower()


def test_what_a_library_says_goes_through_the_same_sieve(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("json")
    library = logging.getLogger("some.library")
    library.warning("took %s", f"desk_{'a' * 30}\r\nforged")
    try:
        int(CANARY)
    except ValueError:
        library.exception("failed")
    structlog.get_logger().warning("x", password=CANARY, api_token=CANARY, said="a\x00b")
    first, second, third = lines(capsys)
    assert first["event"] == f"took {MASK}\\u000d\\u000aforged"
    assert CANARY not in json.dumps(second)
    assert str(second["trace"]).count("test_logs.py") == 1
    assert (third["password"], third["api_token"], third["said"]) == (
        MASK,
        MASK,
        "a\\u0000b",
    )


def test_no_sign_in_leaves_a_password_in_the_log(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-SEC: neither the right password nor a wrong one."""
    logs.set_up("text")
    logged(desk.app)
    Person(desk.app, "li.wei")
    Person(desk.app, "li.wei", password=CANARY)
    written = capsys.readouterr().err
    assert PASSWORD not in written
    assert CANARY not in written
