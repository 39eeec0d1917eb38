"""Looking at sources on the command line: what is due is queued, one is looked at here and now."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.db import Database
from sources.base import now
from sources.fetching import Fetcher
from sources.looks.models import HostPace
from sources.looks.noting import BY
from sources.looks.robots import host_of_pace
from tests.app.looks.site import ARTICLE, Watching, page, site
from tests.sources.servers import fetcher


@pytest.fixture
def database(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    settings = sqlite_database.settings
    monkeypatch.setenv("DESK_HOME", str(settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", settings.database_url)
    return sqlite_database


def run(*arguments: str) -> Any:
    found = CliRunner().invoke(commands, ["source", *arguments, "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_a_source_is_looked_at_here_and_now(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site(rain=page(ARTICLE)) as pages:
        server = pages.server
        assert server is not None

        def only_this_machine(agent: str) -> Fetcher:
            assert agent.startswith("ClaimDesk/")
            return fetcher(server)

        monkeypatch.setattr("app.cli.watch.Fetcher", only_this_machine)
        watching = Watching(database, pages)
        item = watching.evidence("/rain")
        with database.writing(BY) as session:
            # The site's rules were read today, so there is no pause between them and the page.
            host = host_of_pace(pages.url("/rain"))
            session.add(HostPace(host=host, free_at=now(), robots="", robots_at=now()))
        key = "source-rain-rain.example"
        told = run("watch", key, "--now")
        assert [one["key"] for one in told["queued"]] == [key]
        assert told["jobs"] >= 1
        assert pages.asked == ["/rain"]
        assert watching.last(item).answered_at is not None


def test_what_is_due_is_queued_once_and_nothing_is_asked(database: Database) -> None:
    with site(rain=page(ARTICLE)) as pages:
        watching = Watching(database, pages)
        watching.evidence("/rain")
        assert len(run("watch")["queued"]) == 1
        run("watch")
        assert watching.waiting() == 1
        assert pages.asked == []


def test_where_watching_is_switched_off_nothing_is_queued_and_that_is_said(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_WATCH", "0")
    with site(rain=page(ARTICLE)) as pages:
        watching = Watching(database, pages)
        watching.evidence("/rain")
        found = CliRunner().invoke(commands, ["source", "watch"])
        assert found.exit_code == 0
        assert "DESK_WATCH=0" in found.stderr
        assert watching.waiting() == 0
