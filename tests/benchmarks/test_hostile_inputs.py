"""A few hundred inputs made to break the desk: no fault, nothing kept of what was refused.

The command of the same name sends as many as one likes to a real server, and watches more.
"""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.db import Database
from app.factory import create_app
from claims.errors import DeskError
from tests.app.browser import PASSWORD
from tests.app.capturing import now_ready, worker
from tests.app.forms.stands import EVERYBODY, Stands
from tests.benchmarks.hostile import books, report
from tests.benchmarks.hostile.assault import FIRST_ERROR, Assault
from tests.benchmarks.hostile.browsers import shown, with_key
from tests.benchmarks.hostile.forms import Sent, posted
from tests.benchmarks.hostile.kinds import FIT, SOURCES
from tests.benchmarks.hostile.lines import Answer, Inside
from tests.benchmarks.hostile.meter import Meter, Passage
from tests.benchmarks.hostile.scenes import scene
from tests.benchmarks.hostile.site import Site, Traps, fetcher

COUNT, CHANCE = 200, 20
TITLE = "A report on the tides"
SECONDS = 1.0
"""For one fetch: a hostile site may take all of them."""
COUNTED = {path: {"sign_in_attempt"} for path in ("/account/password", "/sign-in")}
"""What a refusal has to leave: a wrong password is counted."""
OF_ANYBODY = {"quota_use"}
"""What any request may leave: how many its sender made is counted in blocks."""


class Strict(Assault):
    """Counts all rows around every refusal."""

    database: Database
    left: list[tuple[Sent, dict[str, int]]]

    def once(self, sent: Sent) -> Answer:
        """Make an attempt; where it is refused, no table may have grown."""
        before = books.totals(self.database)
        answer = super().once(sent)
        if answer.status >= FIRST_ERROR:
            after = books.totals(self.database)
            kept = OF_ANYBODY | COUNTED.get(sent.path, set())
            grown = {
                name: after[name] - count
                for name, count in before.items()
                if after[name] != count and name not in kept
            }
            if grown:
                self.left.append((sent, grown))
        return answer


@pytest.fixture
def stands(sqlite_database: Database) -> Stands:
    return Stands(sqlite_database)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


@pytest.fixture
def traps(site: Site) -> Iterator[Traps]:
    found = Traps(site.port)
    yield found
    found.close()


def attacked(stands: Stands, site: Site, traps: Traps, count: int) -> Strict:
    """A desk after so many attempts, and after the jobs they left."""
    database = stands.desk.database
    web = fetcher(site.port, SECONDS)
    stands.app.extensions["fetcher"] = web
    found = Strict(Inside(stands.app.test_client()), EVERYBODY, PASSWORD)
    found.database, found.left = database, []
    found.carry_out(scene(stands, found, site, traps), count, CHANCE)
    worker(database, web).run_ready()
    now_ready(database)
    worker(database, web).run_ready()
    return found


def test_nothing_that_is_sent_breaks_the_desk(stands: Stands, site: Site, traps: Traps) -> None:
    """T-BAD: Of all groups: articles, figures, addresses, uploads, forms."""
    invented = books.complaints(stands.desk.database)
    found = attacked(stands, site, traps, COUNT)
    assert sum(found.tally.answers.values()) >= COUNT
    assert [(sent, answer.text[-500:]) for sent, answer in found.tally.faults] == []
    assert found.left == []
    assert found.tally.leaks == []
    assert books.written_by(found.database, found.tally.refused) == []
    assert books.strays(found.database) == []
    assert books.complaints(found.database) == invented
    assert traps.caught == []


def test_whatever_must_not_be_would_be_seen(
    stands: Stands, site: Site, traps: Traps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault, a leak, a row of a refused request, a file of nobody and a visit inside, planted."""
    monkeypatch.setattr("tests.benchmarks.hostile.site.public_web", lambda _address, _port: None)
    monkeypatch.setattr("app.views.sources.find", lambda _session, _key: 1 / 0)
    database = stands.desk.database
    web = fetcher(site.port, SECONDS)
    stands.app.extensions["fetcher"] = web
    found = Assault(Inside(stands.app.test_client()), EVERYBODY, PASSWORD)
    typed = scene(stands, found, site, traps).form(SOURCES, **FIT, title=TITLE)
    let_in = found.line.send(posted("source", SOURCES, typed))
    assert {table for _request, table in books.written_by(database, {let_in.request})} >= {"source"}
    look = Sent("looked at", "GET", urlsplit(let_in.location).path)
    found.tally.note("looked at", look, found.line.send(look))
    assert [answer.status for _sent, answer in found.tally.faults] == [500]
    found.tally.canaries = {"a title": TITLE}
    listed = Sent("looked at", "GET", "/sources")
    found.tally.note("looked at", listed, found.line.send(listed))
    assert found.tally.leaks == [(listed, "a title")]
    with pytest.raises(DeskError):
        web.fetch(f"http://inside.example:{traps.port}/")
    assert traps.caught == [f"127.0.0.1 {traps.port}"]
    assert books.strays(database) == []
    database.settings.store.joinpath("evil").touch()
    assert books.strays(database) == ["evil"]


def test_a_route_is_reached_where_its_view_read_what_it_was_asked(
    sqlite_database: Database,
) -> None:
    """Refused at the door, answered by the view, and busy for longer than anybody may be."""
    app, noted = create_app(sqlite_database.settings, sqlite_database), list[Passage]()
    busy = app.view_functions["accounts.language"]

    def slowly(**arguments: Any) -> Any:
        until = time.thread_time() + report.COSTLY
        while time.thread_time() < until:
            pass
        return busy(**arguments)

    app.view_functions["accounts.language"] = slowly
    Meter(app, noted.append)
    line, language = Inside(app.test_client()), "POST /language"
    line.send(posted("early", "/language", []))
    early = report.reached(noted)
    assert language in report.unreached(early)
    assert early["/language", "POST"] == {"refused early": 1}
    token = [pair for pair in shown(line, "/sign-in") if pair[0] == "csrf_token"]
    answer = line.send(posted("late", "/language", with_key(token)))
    assert answer.status == 303
    reached = report.reached(noted)
    assert language not in report.unreached(reached)
    assert set(report.unreached(reached)) < set(report.unreached(early))
    assert f"| {language} | 1 |  |  | 1 |" in report.table(reached)
    (dear,) = report.costly(noted, {answer.request: posted("late", "/language", [])})
    assert "late POST /language 303" in dear


def test_what_the_server_came_to_hold_is_told_with_the_request_that_held_it(
    sqlite_database: Database,
) -> None:
    app, noted = create_app(sqlite_database.settings, sqlite_database), list[Passage]()
    Meter(app, noted.append)
    answers = [Inside(app.test_client()).send(posted("", "/language", [])) for _ in range(2)]
    assert 10 < noted[0].before <= noted[0].peak <= noted[1].before
    noted[0].before = noted[0].peak = 100
    noted[1].before, noted[1].peak = 110, 164
    greedy = {answers[1].request: posted("greedy", "/language", [])}
    assert list(report.large(noted, greedy)) == [
        f"54 MB more than ever, 164 MB then: greedy POST /language 403 {answers[1].request}",
        "10 MB more than ever, 110 MB then: while nothing was answered",
    ]
