"""The feed as a file: whole when it is there, and refused where nobody is named."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli.review_feed import review_feed
from app.db import Database
from sources.store import Store
from tests.app.exports.an_issue import a_claim
from tests.app.exports.issuing import an_article_with_a_version, put
from tests.engines import PUBLISHING


@pytest.fixture
def desk(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    settings = sqlite_database.settings
    monkeypatch.setenv("DESK_HOME", str(settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", settings.database_url)
    for name, value in PUBLISHING.items():
        monkeypatch.setenv(name, value)
    with sqlite_database.writing("editor:li.wei") as session:
        version = an_article_with_a_version(session)
        put(session, Store(settings.store), version, 1, a_claim())
    return sqlite_database


@pytest.mark.usefixtures("desk")
def test_the_feed_replaces_the_file_that_was_there(tmp_path: Path) -> None:
    file = tmp_path / "claimreview.json"
    file.write_text("old")
    told = CliRunner().invoke(review_feed, ["-o", str(file), "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert found["articles"] == 1
    assert found["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    [item] = json.loads(file.read_bytes())["dataFeedElement"]
    assert item["item"][0]["author"]["name"] == "The Gazette"
    assert list(tmp_path.glob(".claimreview*")) == []


@pytest.mark.usefixtures("desk")
def test_a_feed_that_cannot_be_written_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = CliRunner().invoke(review_feed, ["-o", str(tmp_path / "nowhere" / "feed.json")])
    assert told.exit_code == 1
    assert "nowhere" in told.stderr
    file = tmp_path / "claimreview.json"
    file.write_text("old")
    monkeypatch.delenv("DESK_NEWSROOM")
    told = CliRunner().invoke(review_feed, ["-o", str(file)])
    assert told.exit_code == 1
    assert file.read_text() == "old"
