"""Whoever signs in is told that their password was replaced meanwhile, and by whom."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.links import make_link
from app.accounts.models import Account
from app.accounts.vocabulary import LinkPurpose
from app.cli.user import user
from app.ledger import search
from app.ledger.search import Asked
from app.once.asked import new_key
from app.security_events.reading import events
from app.security_events.vocabulary import Event
from tests.app.browser import PASSWORD, Reader
from tests.app.claim_desk import Desk

NEXT = "kettle under lighthouse"
REPLACED, SET = "Your password was replaced through", "replaced on the desk"
WHOSE = "li.wei"
MAKER = "editor:wang.fang"


def browser(desk: Desk, language: str = "en") -> FlaskClient:
    client = desk.app.test_client()
    client.set_cookie("desk_language", language)
    return client


def sign_in(client: FlaskClient, password: str) -> str:
    """Sign in, and return what the page says that follows."""
    form = Reader(client.get("/sign-in").text).form("password")
    sent = {**form.fields, "name": WHOSE, "password": password}
    assert client.post("/sign-in", data=sent).status_code == 303
    said = client.get("/queue").text
    token = Reader(said).form("csrf_token").fields["csrf_token"]
    client.post("/sign-out", data={"csrf_token": token})
    return said


def use_link(desk: Desk, client: FlaskClient, password: str = NEXT) -> str:
    """Make a link as an administrator does, use it in a browser, and return what is said then."""
    with desk.database.writing(MAKER) as session:
        account = session.scalars(select(Account).where(Account.name == WHOSE)).one()
        token = make_link(session, account, LinkPurpose.RESET, by=MAKER).token
    place = f"/sign-in/link/{token}"
    form = Reader(client.get(place).text).form("again")
    sent = {**form.fields, "password": password, "again": password, "receipt": new_key()}
    assert client.post(place, data=sent).status_code == 303
    said = client.get("/queue").text
    with client.session_transaction() as kept:
        kept.clear()
    return said


def test_a_link_that_somebody_else_used_is_told_once_with_its_maker(desk: Desk) -> None:
    """T-ROLE: an administrator who lets themselves in leaves a word for the person."""
    own, other = browser(desk), browser(desk)
    assert REPLACED not in sign_in(own, PASSWORD)
    assert REPLACED not in use_link(desk, other), "whoever used it knows"
    page = sign_in(own, NEXT)
    assert f"{REPLACED} a one-time link that wang.fang made at 20" in page
    assert "tell another administrator" in page
    assert REPLACED not in sign_in(own, NEXT)


def test_it_is_told_in_chinese_and_in_a_browser_never_seen(desk: Desk) -> None:
    use_link(desk, browser(desk))
    page = sign_in(browser(desk, "zh"), NEXT)
    assert "您的密码已通过一次性链接更换：链接由 wang.fang 于 20" in page


def test_whoever_used_their_own_link_is_not_warned_of_themselves(desk: Desk) -> None:
    own = browser(desk)
    sign_in(own, PASSWORD)
    assert REPLACED not in use_link(desk, own)
    assert REPLACED not in sign_in(own, NEXT)
    assert REPLACED not in use_link(desk, own, PASSWORD)


@pytest.fixture
def command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set a password as whoever runs the machine does."""
    settings = desk.database.settings
    monkeypatch.setenv("DESK_HOME", str(settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", settings.database_url)

    def run(password: str) -> None:
        done = CliRunner().invoke(user, ["password", WHOSE, "--password", password])
        assert done.exit_code == 0, done.output

    return run


def test_a_password_set_by_a_command_is_on_record_and_told(
    desk: Desk, command: Callable[[str], None]
) -> None:
    own = browser(desk)
    sign_in(own, PASSWORD)
    command(NEXT)
    assert SET in sign_in(own, NEXT)
    assert SET not in sign_in(own, NEXT)
    with desk.database.reading() as session:
        (entry,) = search.entries(session, Asked(op="password_set"), limit=2)
        known = [event for event, _ in events(session, Asked(), {Event.PASSWORD_CHANGED})]
    assert (entry.new or {})["name"] == WHOSE
    assert NEXT not in repr(entry)
    assert known == [Event.PASSWORD_CHANGED]


def test_every_step_of_a_link_is_an_entry_with_a_name(desk: Desk) -> None:
    """Who made it, who used it, and when: read by whoever holds "audit"."""
    use_link(desk, browser(desk))
    with desk.database.reading() as session:
        found = dict(events(session, Asked()))
    assert found[Event.LINK_MADE].actor == MAKER
    assert found[Event.LINK_USED].actor == f"editor:{WHOSE}"
