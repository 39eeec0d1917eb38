"""The command `article add` takes or refuses what the form does, and shows no raw control.

article-01 article-02 article-04 article-05 article-08 article-10 article-11 article-13 article-15
article-16 article-19 article-20 article-27 article-28
"""

import io
import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import commands
from app.db import Database
from claims.errors import DeskError
from claims.models import ArticleVersion
from tests.claims.bad_texts import TEXTS

RAW = set("\x00\x1b\x85\x9b\u202e\u2066")


def test_each_text_is_added_or_refused_with_nothing_left(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    kept = []
    for bad in TEXTS:
        arguments = ["article", "add", "-", "--json", "--language", "zh-Hans"]
        result = CliRunner().invoke(commands, arguments, input=io.BytesIO(bad.content))
        if bad.code is None:
            assert result.exit_code == 0, (bad.name, result.output)
            assert json.loads(result.stdout)["language"] == "zh-Hans"
            kept.append(bad.text)
        else:
            assert isinstance(result.exception, DeskError), bad.name
            assert result.exception.code in {bad.code, "file_empty", "file_unread"}, bad.name
            assert result.stdout == ""
        assert not RAW & set(result.output + str(result.exception or "")), bad.name
    with sqlite_database.reading() as session:
        versions = session.scalars(select(ArticleVersion).order_by(ArticleVersion.id)).all()
        assert [version.text for version in versions] == kept
    files = len(list(sqlite_database.settings.store.iterdir()))
    assert files == len({version.received_sha256 for version in versions})
