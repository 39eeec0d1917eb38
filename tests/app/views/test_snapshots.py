"""Files come in whole and clean, and go out unaltered, to be saved and never to be run."""

import hashlib
import io
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import Database
from sources.models import Snapshot, Source
from sources.registry import add_source
from tests.app.views.visit import Visit


def a_source(database: Database) -> Source:
    with database.writing("editor:zhang.min") as session:
        return add_source(session, by="editor:zhang.min", title="一篇报道")


def upload(
    visit: Visit, source: Source, content: bytes, name: str, status: int = 303, **fields: Any
) -> TestResponse:
    file = (io.BytesIO(content), name)
    return visit.post(f"/sources/{source.key}/snapshots", status, file=file, **fields)


def kept(database: Database) -> list[Snapshot]:
    with database.reading() as session:
        return list(session.scalars(select(Snapshot).order_by(Snapshot.id)))


def test_a_file_is_kept_listed_and_handed_out_byte_for_byte(database: Database) -> None:
    source, visit = a_source(database), Visit(database)
    content = "份额 5%\n".encode()
    upload(visit, source, content, "摘录.txt", retrieved_at="2025-03-11")
    (snapshot,) = kept(database)
    page = visit.get(f"/sources/{source.key}").text
    assert "摘录.txt" in page
    assert hashlib.sha256(content).hexdigest() in page
    assert "2025-03-11" in page
    answer = visit.get(f"/snapshots/{snapshot.id}/file")
    assert answer.data == content
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "filename*=UTF-8''%E6%91%98%E5%BD%95.txt" in disposition


def test_a_page_that_could_run_is_handed_out_inert(sqlite_database: Database) -> None:
    source, visit = a_source(sqlite_database), Visit(sqlite_database)
    upload(visit, source, b"<!doctype html><script>alert(1)</script>", "page.html")
    answer = visit.get(f"/snapshots/{kept(sqlite_database)[0].id}/file")
    assert answer.mimetype == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "empty.txt", "The file is empty"),
        (b"x", "../../etc/passwd", "points into another folder"),
        (b"x", "", "Choose a file."),
    ],
)
def test_an_unfit_file_is_refused_at_its_field_and_stores_nothing(
    sqlite_database: Database, content: bytes, name: str, reason: str
) -> None:
    source, visit = a_source(sqlite_database), Visit(sqlite_database)
    answer = upload(visit, source, content, name, 422, retrieved_at="2025-03-11")
    assert reason in answer.text
    assert "2025-03-11" in answer.text
    assert 'href="#file"' in answer.text
    assert kept(sqlite_database) == []
    folder = sqlite_database.settings.store
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("size", [20_000_001, 22 * 1024 * 1024])
def test_a_file_past_the_limit_is_too_large(sqlite_database: Database, size: int) -> None:
    source, visit = a_source(sqlite_database), Visit(sqlite_database)
    head = '--b\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n'
    body = head.encode() + b"x" * size + b"\r\n--b--\r\n"
    answer = visit.client.post(
        f"/sources/{source.key}/snapshots",
        data=body,
        content_type="multipart/form-data; boundary=b",
    )
    assert answer.status_code == 413
    assert kept(sqlite_database) == []


@pytest.mark.parametrize("day", ["2025-02-30", "11.3.2025", "2999-01-01"])
def test_a_day_that_cannot_be_is_refused(sqlite_database: Database, day: str) -> None:
    source, visit = a_source(sqlite_database), Visit(sqlite_database)
    upload(visit, source, b"x", "a.txt", 422, retrieved_at=day)
    assert kept(sqlite_database) == []


def test_damaged_bytes_are_answered_with_the_damage_and_never_served(
    sqlite_database: Database,
) -> None:
    """upload-16: what was altered on the disk."""
    source, visit = a_source(sqlite_database), Visit(sqlite_database)
    upload(visit, source, b"the original", "a.txt")
    (snapshot,) = kept(sqlite_database)
    path = sqlite_database.settings.store / snapshot.sha256
    path.chmod(0o600)
    path.write_bytes(b"the forgery!")
    answer = visit.get(f"/snapshots/{snapshot.id}/file", 500)
    assert "damaged" in answer.text
    assert b"forgery" not in answer.data
    upload(visit, source, b"the original", "a.txt")
    assert visit.get(f"/snapshots/{snapshot.id}/file").data == b"the original"


def test_the_same_file_twice_is_one_file_and_two_snapshots(sqlite_database: Database) -> None:
    source, visit = a_source(sqlite_database), Visit(sqlite_database)
    for _ in range(2):
        upload(visit, source, b"same", "a.txt")
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count(Snapshot.id))) == 2
    assert len(list(sqlite_database.settings.store.iterdir())) == 1


def test_an_unknown_snapshot_is_missing(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    visit.get("/snapshots/018f0000-0000-7000-8000-000000000000", 404)
    visit.get("/snapshots/../../etc/passwd", 404)
