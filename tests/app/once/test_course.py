"""Every writing request is done once, however often and however close together it comes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.db import Database
from app.ledger.tables import EVENT, options
from app.ledger.verify import verify
from app.limits.models import QuotaUse
from app.models import Base
from app.once.asked import FIELD, new_key
from app.unit_of_work import SAFE_METHODS
from tests.app.browser import Form, Reader
from tests.app.forms.stands import PAGES, Stands
from tests.app.once.fillings import FILLINGS, Filling

COOKIE = "desk_session"
LAST = (
    "triage.accept_all",
    "claim_figures.remove",
    "confidences.let_go",
    "confidences.destroy",
    "claims.drop",
    "claims.reopen",
    "administration.disable",
    "own_account.end_session",
    "own_account.end_other_sessions",
    "own_account.change_password",
)
"""What ends something that others are about, in this order."""
RENEWING = frozenset({"own_account.change_password", "own_account.end_other_sessions"})
"""What changes the cookie of the browser it comes from."""
DONE = EVENT.c.kind != "security"
"""What was done, without what is noted of who was refused."""
OUTSIDE = frozenset({"accounts.link_used", "answers.answer"})
"""What people without a session send."""
ELSEWHERE = frozenset(
    {
        "administration.reset_factors",
        "article_sign_offs.sign",
        "captures.accept",
        "captures.take",
        "claims.submit",
        "differences.leave",
        "factors.add_passkey",
        "factors.add_telephone",
        "factors.confirm",
        "factors.new_codes",
        "factors.remove",
        "identities.bind",
        "identities.unbind",
        "identities.unbind_for",
        "provider.owned",
        "differences.take",
        "invitations.accept",
        "looks.look",
        "snapshots.original",
        "sources.judge",
        "sources.take_publisher",
        "triage.merge",
        "triage.read",
        "triage.split",
        "versions.confirm",
        "versions.place",
        "versions.take_over",
    }
)
"""What this desk has nothing for; their tests are those of their views, their key is the same."""
UNCOUNTED = frozenset(
    {"form_receipt", "open_session", "presence", "quota_use", "sign_in_attempt", "failed_proof"}
)
"""Tables that say who came and what was asked, and not what was done."""


@dataclass(frozen=True)
class Once:
    """A form that is about to be sent, and by whom."""

    stands: Stands
    client: FlaskClient
    form: Form
    filling: Filling
    renews: bool = False

    def send(self, client: FlaskClient, **other: Any) -> TestResponse:
        data = {**self.form.fields, **self.filling.sent(self.stands), **other}
        return client.post(self.form.action, data=data)

    def browsers(self, number: int) -> list[FlaskClient]:
        """Browsers with the same cookie, as two requests of one browser have it."""
        cookie = self.client.get_cookie(COOKIE)
        return [with_cookie(self.stands, cookie.value if cookie else "") for _ in range(number)]


def with_cookie(stands: Stands, value: str) -> FlaskClient:
    client = stands.app.test_client()
    client.set_cookie("desk_language", "en")
    client.set_cookie(COOKIE, value)
    return client


def keyed(stands: Stands) -> list[Rule]:
    """The writing addresses that need a key, those that end sessions at the end."""
    views = stands.app.view_functions
    found = [
        rule
        for rule in stands.app.url_map.iter_rules()
        if {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())
        and getattr(views[rule.endpoint], "repeatable", None) is None
    ]
    last = {name: at for at, name in enumerate(LAST, 1)}
    return sorted(found, key=lambda rule: (last.get(rule.endpoint, 0), rule.endpoint))


def writes(form: Form) -> bool:
    return "csrf_token" in form.fields


def goes(form: Form, page: str) -> str:
    return urlsplit(form.action or page).path


def named(stands: Stands, rule: Rule, action: str) -> dict[str, Any]:
    """What the address of a page may name: what the desk has, and what a form is about."""
    method = next(iter((rule.methods or set()) - SAFE_METHODS))
    _endpoint, own = stands.app.url_map.bind("localhost").match(urlsplit(action).path, method)
    return {**stands.known, **own}


def opened(stands: Stands, rule: Rule) -> Once:
    """The form of an address as its page shows it, or a bare button."""
    filling = FILLINGS.get(rule.endpoint, Filling())
    action = filling.path(stands) if filling.path is not None else stands.path(rule, rule.rule)
    page = PAGES.get(rule.endpoint, action).format(**named(stands, rule, action))
    client = with_cookie(stands, "") if rule.endpoint in OUTSIDE else stands.person.client
    shown = client.get(page)
    forms = Reader(shown.text).forms if shown.status_code == 200 else []
    wanted = urlsplit(action).path
    form = next((one for one in forms if writes(one) and goes(one, page) == wanted), None)
    if form is None:
        token = stands.person.open("/help", "csrf_token").fields["csrf_token"]
        form = Form(action, {"csrf_token": token, FIELD: [new_key()]})
    form.action = form.action.partition("#")[0] or action
    return Once(stands, client, form, filling, rule.endpoint in RENEWING)


def rows(database: Database) -> dict[str, list[Any]]:
    """Everything the ledger does not watch; what it watches is told by how far it is."""
    with database.reading() as session:
        found = {
            table.name: sorted(map(str, session.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.info.get("ledger") == "unaudited" and table.name not in UNCOUNTED
        }
    return found | {"ledger": [place(database)]}


def requests(database: Database, since: int) -> set[str]:
    """The requests that the ledger tells of since a number."""
    with database.reading() as session:
        query = select(EVENT.c.req).where(EVENT.c.eid > since, DONE)
        return set(session.scalars(query, execution_options=options(session))) - {None}


def place(database: Database) -> int:
    with database.reading() as session:
        query = select(EVENT.c.eid).where(DONE).order_by(EVENT.c.eid.desc()).limit(1)
        return session.scalar(query, execution_options=options(session)) or 0


def told(answer: TestResponse) -> tuple[int, str | None, str | None]:
    """What a person is answered: where they are led, or what they see."""
    body = None if answer.status_code == 303 else Reader(answer.text).text
    return answer.status_code, answer.headers.get("Location"), body


def led_to_sign_in(answer: TestResponse) -> bool:
    return answer.headers.get("Location") == "/sign-in"


def at_once(once: Once, browsers: list[FlaskClient]) -> list[TestResponse]:
    """Send the same form from several browsers at the same moment; return the answer of each."""
    gate = threading.Barrier(len(browsers))

    def go(browser: FlaskClient) -> TestResponse:
        gate.wait()
        return once.send(browser)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(go, browsers))


def complaint(once: Once) -> str | None:
    """What is wrong with a form that is sent without a key, twice at a time, and once more."""
    database = once.stands.desk.database
    with database.writing("system:test") as session:
        # This one person does in a minute what a desk does in a day.
        session.execute(delete(QuotaUse))
    before, since = rows(database), place(database)
    bare = once.send(once.browsers(1)[0], **{FIELD: ""})
    if bare.status_code != 400 or rows(database) != before:
        return f"without a key: {bare.status_code} {Reader(bare.text).text[-300:]}"
    browsers = once.browsers(3)
    answers = at_once(once, browsers[:2])
    # Whoever changes a password goes on with the cookie that the first answer gave; one that comes
    # with the cookie before when that is done is led to sign in, and has changed nothing.
    first = next((at for at in (0, 1) if not led_to_sign_in(answers[at])), 0)
    if once.renews:
        answers = [one for one in answers if not led_to_sign_in(one)] or answers
    if any(answer.status_code >= 400 for answer in answers):
        return f"refused: {[told(answer) for answer in answers]}"[:900]
    after = rows(database)
    last = browsers[first] if once.renews else browsers[2]
    answers.append(once.send(last))
    if len({told(answer) for answer in answers}) != 1:
        return f"answers differ: {[told(answer) for answer in answers]}"[:900]
    if rows(database) != after:
        return "the third time did something"
    if len(done := requests(database, since)) > 1:
        return f"done by {len(done)} requests"
    if after == before and not requests(database, since):
        return "nothing was done"
    cookie = last.get_cookie(COOKIE)
    if cookie is not None:
        once.client.set_cookie(COOKIE, cookie.value)
    return None


@pytest.fixture
def stands(sqlite_database: Database) -> Stands:
    return Stands(sqlite_database)


def test_every_form_is_done_once_and_answered_alike(stands: Stands) -> None:
    wrong = {}
    for rule in keyed(stands):
        if rule.endpoint not in ELSEWHERE:
            wrong[rule.endpoint] = complaint(opened(stands, rule))
    found = [f"{name}: {said}" for name, said in wrong.items() if said]
    assert found == [], "\n".join(found)
    assert verify(stands.desk.database).codes <= {"FILE_MISSING"}
