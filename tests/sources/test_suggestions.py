"""What a captured page says is proposed for empty fields, and written only when it is taken."""

import pytest

from app.db import Database
from sources.errors import Conflict
from sources.models import Snapshot, Source
from sources.registry import add_source
from sources.suggestions import accept, suggested
from sources.vocabulary import Capture
from tests.sources.test_capture import BY


def a_captured(source: Source, **said: str) -> Snapshot:
    return Snapshot(
        source=source,
        capture=Capture.WEB,
        sha256="a" * 64,
        media_type="text/html",
        size=1,
        created_by=BY,
        **said,
    )


def test_only_empty_fields_are_proposed_and_only_what_the_newest_copy_says(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing(BY) as session:
        source = add_source(session, by=BY, url="https://news.example/a", publisher="例报")
        session.add(a_captured(source, page_title="Old"))
        session.flush()
        session.add(a_captured(source, page_title="份额", page_publisher="Else"))
        session.flush()
        assert suggested(session, source) == {"title": "份额"}


def test_what_is_taken_is_written_once(sqlite_database: Database) -> None:
    with sqlite_database.writing(BY) as session:
        source = add_source(session, by=BY, url="https://news.example/a")
        session.add(a_captured(source, page_title="份额", page_language="zh-CN"))
        session.flush()
        assert accept(session, source, ["language"]) == ["language"]
        assert (source.title, source.language, source.version) == (None, "zh-CN", 2)
        with pytest.raises(Conflict):
            accept(session, source, ["language"])
        assert accept(session, source, ["title", "language", "issued"]) == ["title"]
