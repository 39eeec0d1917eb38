"""What is refused is entered after all, once for a window; what is read is one entry a view."""

import json
import threading
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from app.accounts import tokens
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import Scope
from app.cli import commands
from app.db import Database
from app.ledger.search import Asked
from app.security_events.reading import events, plain
from app.security_events.server import started, stopped
from app.security_events.vocabulary import TITLES, Event
from sources.contact_keys import ContactKeys
from sources.contacts import Reached, add_contact
from sources.registry import add_source
from sources.veil import alias
from tests.app.browser import Form, Person
from tests.app.claim_desk import Desk

KEEPER = "editor:li.wei"


def seen(database: Database, *wanted: Event) -> list[dict[str, Any]]:
    """The events of the ledger, oldest first, as a collector gets them."""
    with database.reading() as session:
        found = events(session, Asked(), wanted, oldest=True)
        return [plain(event, entry) for event, entry in found]


def names(database: Database) -> Counter[str]:
    return Counter(one["event"] for one in seen(database))


class Confided:
    """A desk with one contact of one confidential source."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        keys = ContactKeys(desk.database.settings.contact_key_file)
        with desk.database.writing(KEEPER) as session:
            source = add_source(session, by=KEEPER, title="Somebody", confidential=True)
            told = Reached(name="Zibellina")
            self.contact = add_contact(session, keys, source, told, by=KEEPER).id
            self.page = f"/sources/{source.key}/contacts"
            self.alias = f"/sources/{alias(source.id)}/contacts/{self.contact}/read"

    @property
    def address(self) -> str:
        return f"{self.page}/{self.contact}/read"

    def button(self, person: Person) -> Form:
        """The button that opens the contact, as its page has it."""
        forms = person.read(self.page).forms
        return next(form for form in forms if form.action == self.address)


@pytest.fixture
def confided(desk: Desk) -> Confided:
    return Confided(desk)


def test_each_view_of_a_contact_is_one_entry_and_a_double_click_no_second(
    confided: Confided,
) -> None:
    """T-READ: two views, one of them sent twice at once, are two entries."""
    person, database = confided.desk.person("li.wei"), confided.desk.database
    assert "Zibellina" in person.send(confided.button(person)).text
    assert len(seen(database, Event.CONTACT_READ)) == 1
    form, answers = confided.button(person), []
    crowd = [threading.Thread(target=lambda: answers.append(person.send(form))) for _ in range(2)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert any("Zibellina" in answer.text for answer in answers)
    assert len(seen(database, Event.CONTACT_READ)) == 2
    assert seen(database, Event.CONTACT_READ_REFUSED) == []
    read = seen(database, Event.CONTACT_READ)[0]
    assert read["actor"] == KEEPER
    assert read["subject"] == {"table": "contact", "id": str(confided.contact)}
    assert "no-store" in answers[0].headers["Cache-Control"]


def test_whoever_is_refused_a_contact_is_entered_and_sees_nothing(confided: Confided) -> None:
    """T-READ: an attempt is an event: without the right, without the key, by no other door."""
    desk, database = confided.desk, confided.desk.database
    stranger = desk.person("zhang.min")
    own = Form(confided.alias, stranger.open("/sources/new", "title").fields)
    for _ in range(3):
        assert stranger.send(own).status_code == 403
    found = seen(database, Event.CONTACT_READ_REFUSED)
    assert [(one["actor"], one["outcome"]) for one in found] == [("editor:zhang.min", "failure")]
    assert found[0]["subject"]["id"] == str(confided.contact)
    desk.app.extensions["tally"].tell()
    counts = [one["count"] for one in seen(database, Event.CONTACT_READ_REFUSED)]
    assert counts == [1, 2]
    keeper = desk.person("li.wei")
    database.settings.contact_key_file.unlink()
    assert keeper.send(confided.button(keeper)).status_code == 503
    assert len(seen(database, Event.CONTACT_READ_REFUSED)) == 3
    assert seen(database, Event.CONTACT_READ) == []
    assert keeper.get(f"{confided.page}.json").status_code == 404
    assert keeper.get(confided.address).status_code == 405


def test_a_token_reads_no_contact_and_its_first_use_is_one_entry(confided: Confided) -> None:
    """T-READ: a program has no way to a contact."""
    desk, database = confided.desk, confided.desk.database
    with database.writing(KEEPER) as session:
        owner = session.query(Account).filter_by(name="li.wei").one()
        text = tokens.issue(session, owner.id, "x", [Scope.READ], 30, KEEPER).text
    client = desk.app.test_client()
    bearer = {"Authorization": f"Bearer {text}"}
    for _ in range(2):
        assert client.get("/queue.json", headers=bearer).status_code == 200
    assert client.post(confided.address, headers=bearer).status_code in {400, 401, 403}
    assert seen(database, Event.CONTACT_READ) == []
    first = seen(database, Event.TOKEN_FIRST_USED)
    assert [(one["actor"], one["outcome"]) for one in first] == [(KEEPER, "success")]
    assert client.get("/queue.json", headers={"Authorization": "Bearer no"}).status_code == 401
    assert len(seen(database, Event.TOKEN_REFUSED)) == 1


def test_hundreds_of_refused_requests_write_a_handful_of_entries(desk: Desk) -> None:
    """T-DOS: what is refused is told, and is no lever: two entries for three hundred requests."""
    client = desk.app.test_client()
    with desk.database.reading() as session:
        before = sum(1 for _ in events(session, Asked()))
    for _ in range(300):
        answer = client.post("/language", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    desk.app.extensions["tally"].tell()
    found = seen(desk.database)[before:]
    assert [(one["event"], one["count"]) for one in found] == [
        ("request_forged", 1),
        ("request_forged", 299),
    ]
    assert found[0]["route"] == "/language"
    assert len(found[0]["place"]) == 16
    assert "127.0.0.1" not in json.dumps(found)


def test_coming_going_and_being_refused_a_page_are_on_record(desk: Desk) -> None:
    """T-ROLE: who was refused which page, and when somebody came and went."""
    person = desk.person("li.wei")
    assert person.get("/admin/accounts").status_code == 403
    person.client.post("/sign-out", data=person.open("/queue", "csrf_token").fields)
    found = seen(desk.database, Event.SIGN_IN, Event.ACCESS_DENIED, Event.SIGN_OUT)
    told = [(one["event"], one["actor"], one["outcome"]) for one in found]
    assert told == [
        ("sign_in", KEEPER, "success"),
        ("access_denied", KEEPER, "failure"),
        ("sign_out", KEEPER, "success"),
    ]
    assert found[1]["route"] == "/admin/accounts"


def test_failed_sign_ins_name_an_account_and_never_what_was_typed(any_desk: Desk) -> None:
    """T-AUTH-1: failures are told, of known and unknown names alike, and no name is kept."""
    desk, typed = any_desk, "my-own-passphrase"
    for name in ("li.wei", "li.wei", typed):
        Person(desk.app, name, password="not the right one")
    desk.database.seal()
    found = seen(desk.database, Event.SIGN_IN_FAILED)
    with desk.database.reading() as session:
        owner = session.query(Account).filter_by(name="li.wei").one()
    assert [one["subject"]["id"] for one in found] == [str(owner.id), "unknown"]
    assert typed not in json.dumps(found)
    assert desk.person("li.wei").get("/audit?kind=security").status_code == 200


def test_a_column_that_no_form_asks_for_is_told_and_changes_nothing(desk: Desk) -> None:
    """T-ROLE (form-01): fields sent along with a form reach no row."""
    person = desk.person("li.wei")
    sent = person.fill("/sources/new", "title", title="A paper", created_by="editor:wang.fang")
    assert sent.status_code == 303
    told = seen(desk.database, Event.FIELD_FORGED)
    assert [one["reason"] for one in told] == ["created_by"]


def test_a_ledger_that_takes_nothing_leaves_the_refusal_as_it_is(desk: Desk) -> None:
    """T-FAULT: an event that cannot be entered turns no refusal into an error."""
    client = desk.app.test_client()
    with desk.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("ALTER TABLE ledger_event RENAME TO gone")
        connection.commit()
        answer = client.post("/language", headers={"Sec-Fetch-Site": "cross-site"})
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO ledger_event")
        connection.commit()
    assert answer.status_code == 403
    desk.app.extensions["tally"].tell()
    assert [one["count"] for one in seen(desk.database, Event.REQUEST_FORGED)] == [1]


def test_a_start_tells_its_version_and_which_settings_are_others(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(sqlite_database, "0.1")
    stopped(sqlite_database, "0.1")
    started(sqlite_database, "0.2")
    assert seen(sqlite_database, Event.SETTINGS_CHANGED) == []
    monkeypatch.setattr(
        sqlite_database, "settings", _changed(sqlite_database.settings, timezone="Asia/Tokyo")
    )
    started(sqlite_database, "0.2")
    changed = seen(sqlite_database, Event.SETTINGS_CHANGED)
    assert [one["changed"] for one in changed] == [["DESK_TIMEZONE"]]
    assert "Tokyo" not in json.dumps(seen(sqlite_database))
    assert [one["version"] for one in seen(sqlite_database, Event.SERVER_STARTED)] == [
        "0.1",
        "0.2",
        "0.2",
    ]


def _changed(settings: Any, **values: Any) -> Any:
    return type(settings)(**{**vars(settings), **values})


def test_the_command_hands_events_on_line_by_line(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    with sqlite_database.writing("system:test") as session:
        roles = {Role.CHECKER}
        made = {"name": "li.wei", "display_name": "Li", "password": "a long password"}
        add_account(session, **made, roles=roles, by="system:test")
    asked = ["audit", "security", "--json", "--event", "role_given", "--event", "account_made"]
    lines = CliRunner().invoke(commands, asked).output.splitlines()
    told = [json.loads(line) for line in lines]
    assert {one["event"]: one.get("role") for one in told} == {
        "account_made": None,
        "role_given": "checker",
    }
    assert all({"time", "actor", "outcome", "subject", "entry"} <= set(one) for one in told)
    words = CliRunner().invoke(commands, ["audit", "security"]).output
    assert "Role given · checker · account li.wei" in words


def test_every_event_has_words_in_both_languages() -> None:
    assert set(TITLES) == set(Event)
    assert all(words["zh"] and words["en"] for words in TITLES.values())
