"""What is shown once is shown again to an honest double click, and stands nowhere in the clear."""

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app import leftovers
from app.accounts.models import ApiToken
from app.db import Database
from app.factory import create_app
from app.once.models import FormReceipt
from sources.base import now
from tests.app.browser import Form, Person
from tests.app.claim_desk import Desk

ASKED = {"name": "for a program", "scopes": ["read"], "days": "90"}


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return Desk(sqlite_database)


def shown(person: Person, form: Form) -> str:
    """The page on which a token is shown, without what every page has of its own."""
    answer = person.send(form, **ASKED)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def kept(desk: Desk) -> bytes:
    files = [file for file in desk.database.settings.home.rglob("*") if file.is_file()]
    return b"".join(file.read_bytes() for file in files)


def test_a_token_is_made_once_shown_twice_and_kept_nowhere(desk: Desk) -> None:
    person = desk.person("li.wei")
    form = person.open("/account/tokens", "scopes")
    page = shown(person, form)
    secret = max(
        re.findall(r"[\w-]{40,}", re.sub(r"<input type=.hidden.[^>]*>", "", page)), key=len
    )
    assert shown(person, form) == page
    assert desk.count(ApiToken) == 1
    assert secret.encode() not in kept(desk)
    assert form.fields["receipt"][0].encode() not in kept(desk)


def test_another_process_gives_the_same_answer(desk: Desk) -> None:
    """The first answer was never received: its process died after the commit."""
    person = desk.person("li.wei")
    form = person.open("/account/tokens", "scopes")
    page = shown(person, form)
    other = Database(desk.database.settings)
    person.client = _moved(person, create_app(desk.database.settings, other).test_client())
    assert shown(person, form) == page
    other.close()


def _moved(person: Person, client: FlaskClient) -> FlaskClient:
    cookie = person.client.get_cookie("desk_session")
    assert cookie is not None
    client.set_cookie("desk_session", cookie.value)
    client.set_cookie("desk_language", "en")
    return client


def test_after_ten_minutes_it_is_not_shown_and_with_the_daily_run_it_is_gone(desk: Desk) -> None:
    person = desk.person("li.wei")
    form = person.open("/account/tokens", "scopes")
    shown(person, form)
    with desk.database.writing("system:test") as session:
        late = now() - dt.timedelta(seconds=1)
        session.execute(update(FormReceipt).values(forget_at=late))
    answer = person.send(form, **ASKED)
    assert answer.status_code == 409
    assert "make it anew" in answer.text
    assert desk.count(ApiToken) == 1
    with desk.database.writing("system:test") as session:
        leftovers.sweep(session, now(), 30)
    with desk.database.reading() as session:
        answers = select(func.count(FormReceipt.answer))
        assert session.scalar(answers) == 0
    assert person.send(form, **ASKED).status_code == 409
    assert desk.count(ApiToken) == 1
