"""T-SEC: secrets that went through the whole desk lie nowhere; each leak would be found."""

import base64
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text

from app import logs
from app.ledger import acts
from tests.app.canaries import CONTACT, PASSWORD, Day, copied, hits, in_folder, spellings
from tests.app.claim_desk import Desk
from tests.app.test_logs import as_it_was

__all__ = ["as_it_was"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    in_folder(monkeypatch, tmp_path / "temporary")
    return tmp_path / "temporary"


@pytest.mark.usefixtures("as_it_was")
def test_secrets_lie_nowhere_after_a_day_and_every_leak_would_be_found(
    any_desk: Desk, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-SEC: database, logs, dumps, exports, errors, files: none holds what was planted."""
    logs.set_up("json" if any_desk.database.is_sqlite else "text")
    day = Day(any_desk, folder)
    day.passes()
    log = capsys.readouterr().err
    assert log.count("request") > 30
    assert hits(day.secrets, day.left(log)) == set()
    assert len(day.secrets) >= 11

    # Now the desk leaks, on purpose, each secret into another place and another spelling.
    with any_desk.database.writing("system:test") as session:
        acts.record(session, "act", "x", "x", "x", {"said": CONTACT})
        wide = base64.b64encode(f"x{PASSWORD}".encode()).decode()
        session.execute(
            text(
                "INSERT INTO form_receipt (key, actor, path, received_at) VALUES (:k, :t, '', :w)"
            ),
            {"k": "leak", "t": wide, "w": "2026-01-01T00:00:00.000000Z"},
        )
    (folder / "left").write_bytes(day.secrets["token"].encode("utf-16-le"))
    day.answers.append(quote(f"/{day.secrets['link']}").encode())
    found = hits(day.secrets, day.left(log + day.secrets["session"].encode().hex()))
    assert {name for name, _place in found} >= {"contact", "password", "token", "link", "session"}
    assert {("session", "log"), ("link", "answers"), ("token", "file left")} <= found
    assert any(name == "contact" and "command" in place for name, place in found)


def test_a_copy_of_the_database_gives_a_thief_no_secret(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    """T-BAK: neither a backup nor the file itself, with what was freed in it."""
    day = Day(desk, folder)
    day.passes()
    backup = copied(desk.database, tmp_path / "backup.sqlite3")
    assert b"he.hua" in backup
    assert hits(day.secrets, {"backup": backup}) == set()
    # What was destroyed is in no freed page and no former page of the log either.
    for one in day.destroyed:
        assert one not in backup
        for file in desk.database.settings.home.glob("desk.sqlite3*"):
            assert one not in file.read_bytes(), file.name


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_a_secret_is_found_however_it_is_written(before: str) -> None:
    whole = f"{before}{CONTACT} and more"
    ways = [
        whole.encode(),
        whole.encode("utf-16-be"),
        whole.encode().hex().encode(),
        base64.b64encode(whole.encode()),
        base64.urlsafe_b64encode(whole.encode()),
        quote(whole).encode(),
        json.dumps(whole).encode(),
    ]
    for way in ways:
        assert any(form in way for form in spellings(CONTACT)), way
    assert not any(form in b"Zibellina" for form in spellings(CONTACT))
