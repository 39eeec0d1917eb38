"""The commands that read the past: as-of, history and ask, for people and for machines."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from app.cli.audit import audit
from app.db import Database
from app.ledger import history
from claims.models import Claim, Comment
from tests.claims import newsroom


class Terminal:
    """A database with one claim that was changed, and the commands on it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing("editor:li.wei") as session:
            article = newsroom.an_article(session)
            session.add(newsroom.a_version(article, 1, "2024 年的份额为 5%。"))
            claim = newsroom.a_claim(session, article=article)
            newsroom.attached(session, claim)
            self.key, self.number, claim_id = article.key, str(claim.number), claim.id
        database.seal()
        with database.reading() as session:
            self.then = str(history.position(session))
        with database.writing("editor:zhang.min") as session:
            session.get_one(Claim, claim_id).statement = {"zh": "改了。", "en": "Changed."}
        database.seal()

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(audit, list(arguments))

    def json(self, *arguments: str) -> Any:
        found = self.run(*arguments, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.output)


@pytest.fixture
def terminal(database: Database, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("DESK_HOME", str(database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", database.settings.database_url)
    return Terminal(database)


def test_an_article_a_claim_and_the_queue_as_of_a_number(terminal: Terminal) -> None:
    one = terminal.json("as-of", "claim", terminal.key, terminal.number, "--at", terminal.then)
    assert one["statement"]["en"] == "The share was 5 % in 2024."
    assert one["as_of"]["position"] == int(terminal.then)
    article = terminal.json("as-of", "article", terminal.key, "--at", terminal.then)
    assert [row["statement"]["en"] for row in article["claims"]] == ["The share was 5 % in 2024."]
    later = terminal.json("as-of", "queue", "--at", "2999-01-01 00:00")
    assert "Changed." in str(later["claims"])
    said = terminal.run("as-of", "article", terminal.key, "--at", terminal.then).output
    assert "2024 年的份额为 5%。" in said
    assert "改了。" not in said


def test_the_history_of_a_claim_from_its_beginning(terminal: Terminal) -> None:
    told = terminal.json("history", "claim", terminal.key, terminal.number)
    assert [told[0]["table"], told[0]["op"]] == ["claim", "I"]
    assert {change["field"] for change in told[-1]["changes"]} == {"statement", "version"}
    parts = terminal.json("history", "claim", terminal.key, terminal.number, "--part", "evidence")
    assert {entry["table"] for entry in parts} == {"evidence"}
    line = terminal.run("history", "claim", terminal.key, terminal.number).output.splitlines()[-1]
    assert "editor:zhang.min claim U" in line


def test_the_log_takes_the_filters_of_the_page(terminal: Terminal) -> None:
    assert len(terminal.json("log", "--q", "改了")) == 1
    assert len(terminal.json("log", "--kind", "data", "--actor", "zhang.min")) == 1
    claim = f"{terminal.key}/{terminal.number}"
    listed = terminal.json("log", "--claim", claim, "--since", terminal.then)
    assert [entry["actor"] for entry in listed] == ["editor:zhang.min"]
    assert terminal.json("log", "--article", terminal.key, "--until", "1") == []


def test_questions_are_listed_and_asked(terminal: Terminal) -> None:
    assert "who exported what" in terminal.run("ask").output.lower()
    assert len(terminal.json("ask")) >= 8
    assert terminal.json("ask", "exports") == []
    csv = terminal.run("ask", "unattributed", "--csv").output
    assert csv.removeprefix("\ufeff").startswith("entry,at,who")


def test_what_is_not_there_is_said(terminal: Terminal) -> None:
    for arguments in (
        ("as-of", "article", "nowhere", "--at", "1"),
        ("as-of", "queue", "--at", "nonsense"),
        ("as-of", "queue", "--at", "99999999"),
        ("history", "claim", terminal.key, "999"),
        ("ask", "nothing"),
        ("log", "--kind", "nothing"),
    ):
        found = terminal.run(*arguments)
        assert found.exit_code != 0, arguments


def test_what_somebody_wrote_makes_no_entry_of_the_list(terminal: Terminal) -> None:
    """T-LOG: words of several lines, which anybody may write, tell nothing in another's name."""
    forged = (
        "改了。\n#1 2026-01-01T00:00:00.000Z editor:wang.fang sign_off I decision signed\x1b[2J"
    )
    with terminal.database.writing("editor:zhang.min") as session:
        claim = session.scalars(select(Claim)).one()
        session.add(Comment(claim=claim, body=forged, created_by="editor:zhang.min"))
        claim.proposed_wording = forged
    terminal.database.seal()
    told = terminal.run("history", "claim", terminal.key, terminal.number).output
    assert "wang.fang" in told
    assert not [line for line in told.splitlines() if line.startswith("#1 2026-01-01")]
    shown = terminal.run("as-of", "claim", terminal.key, terminal.number, "--at", "2999-01-01")
    assert not [line for line in shown.output.splitlines() if line.startswith("#1 ")]
    assert "\x1b" not in told + shown.output
