"""A file is made once, from the document of its issue, and sealed; nothing of it is ever half."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.appendix_issue import files
from app.db import Database
from app.exports import seals
from app.ledger.verify import verify
from claims.errors import Missing, Refused
from claims.models import Appendix, AppendixFile
from tests.app.appendix_issue.newsdesk import BY, Newsdesk, killed


def test_a_file_is_made_once_and_from_the_document_not_from_today(database: Database) -> None:
    desk = Newsdesk(database)
    desk.issue()
    desk.reword(desk.numbers()[0], "What is said today.")
    file = desk.make(1, "md")
    text = desk.store.read(file.file_sha256).decode()
    assert "What is said today." not in text
    assert desk.make(1, "md", by="editor:zhang.min").id == file.id
    assert file.size == len(text.encode())
    assert verify(database).findings == []


def test_its_seal_binds_what_it_says(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    with desk.store.draft(".html") as place:
        place.write_bytes(desk.store.read(desk.make(1, "html").file_sha256))
        body = seals.body_sha256("html", place)
        page = place.read_text(encoding="utf-8")
    seal = json.loads(page.partition('id="seal">')[2].partition("</script>")[0])
    assert seal["act"]["values"]["n.body_sha256"]["value"] == f'"{body}"'
    assert seal["format"] == files.SEAL


def test_the_json_file_is_the_document_itself(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    file = desk.make(1, "json")
    assert file.file_sha256 == desk.row(1).document_sha256
    assert file.size == desk.store.size(file.file_sha256)


def test_two_who_make_a_file_at_once_get_the_same(database: Database) -> None:
    desk = Newsdesk(database)
    desk.issue()
    with ThreadPoolExecutor(3) as pool:
        found = {file.id for file in pool.map(lambda _: desk.make(1, "md"), range(3))}
    assert len(found) == 1
    with database.reading() as session:
        assert len(session.scalars(select(AppendixFile)).all()) == 1


def test_killed_in_the_middle_it_leaves_no_row_and_can_be_repeated(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    for holder, step in ((seals, "sealed"), (files, "enter")):
        with killed(monkeypatch, holder, step):
            desk.make(1, "md")
        with sqlite_database.reading() as session:
            assert session.scalars(select(AppendixFile)).all() == []
    assert desk.make(1, "md").format == "md"
    assert verify(sqlite_database).findings == []


def test_an_issue_of_the_older_format_has_its_one_file_and_no_other(
    sqlite_database: Database,
) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    row = desk.row(1)
    with sqlite_database.writing(BY) as session:
        former = Appendix(
            article_id=row.article_id,
            version_id=row.version_id,
            number=2,
            profile=row.profile,
            language="zh",
            ledger_position=9,
            schema_revision="0024_watching",
            policy_version="1",
            content_sha256="a" * 64,
            created_by=BY,
        )
        session.add(former)
        session.flush()
        sha256 = hashlib.sha256(b"gone").hexdigest()
        session.add(
            AppendixFile(
                appendix_id=former.id, format="csv", file_sha256=sha256, kept=False, created_by=BY
            )
        )
    with pytest.raises(Missing, match="older format"):
        desk.make(2, "md")
    # No copy of its file was kept, which is no fault of the store; and nothing can be compared.
    assert verify(sqlite_database).findings == []
    desk.reword(desk.numbers()[0], "Something else.")
    assert desk.issue().number == 3
    assert desk.document(3).issue.replaces is None
    assert desk.row(3).replaces_id == desk.row(2).id


def test_an_unknown_format_is_refused(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    with pytest.raises(Refused):
        desk.make(1, "wordperfect")


def test_a_kept_file_that_is_gone_or_changed_is_found(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    file = desk.store.root / desk.make(1, "md").file_sha256
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b" ")
    assert [found.code for found in verify(sqlite_database).findings] == ["FILE_ALTERED"]
    file.unlink()
    assert [found.code for found in verify(sqlite_database).findings] == ["FILE_MISSING"]
    (desk.store.root / str(desk.row(1).document_sha256)).unlink()
    assert len(verify(sqlite_database).findings) == 2
