"""Who sends a form must have been given it by a page of ours, in this very session."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from lxml import html
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.models import Draft
from app.db import Database
from app.models import Base
from app.once.asked import FIELD, new_key
from app.unit_of_work import SAFE_METHODS
from sources.identifiers import uuid7
from tests.app.browser import PASSWORD, Person, Reader
from tests.app.claim_desk import Desk
from tests.app.forms.stands import PAGES, Stands
from tests.app.forms.test_base import form_on

HERE, ELSEWHERE = "http://localhost", "https://elsewhere.example"
SAME = {"Sec-Fetch-Site": "same-origin", "Origin": HERE}
TOKEN = "csrf_token"
JSON = {"Accept": "application/json"}
"""Asked for so that no page is made a thousand times; the page is looked at below."""
PUTS = {"drafts.keep": "/drafts/claim/one"}
SIGNED = {"farewells.said"}
"""What the identity provider's own server sends: no browser, but a signature."""
OUTSIDE = {"accounts.signed_in", "answers.answer", "accounts.link_used"}
"""What people without a session send."""


def digest(database: Database) -> str:
    """What stands in the tables, but for when a session was last seen."""
    found = hashlib.sha256()
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(text(f'SELECT * FROM "{table.name}"')).all()  # noqa: S608
            kept = sorted(repr(tuple(row)) for row in rows)
            found.update(f"{table.name}{kept if table.name != 'quota_use' else ''}".encode())
    return found.hexdigest()


class Writing:
    """A writing route, and the form that a page of the desk has for it."""

    def __init__(self, stands: Stands, person: Person, rule: Rule) -> None:
        self.person, self.rule = person, rule
        for name in rule.arguments - set(stands.known) - {"key"}:
            # Nobody made one: what is not there is looked for only once the form is known as ours.
            stands.known[name] = uuid7()
        self.method = next(iter((rule.methods or set()) - SAFE_METHODS))
        self.path = PUTS.get(rule.endpoint) or stands.path(rule, rule.rule)
        page = stands.path(rule, PAGES.get(rule.endpoint, rule.rule))
        self.fields = self._fields(page)

    def _fields(self, page: str) -> dict[str, Any]:
        """The form as the page shows it, else a token of the session and nothing more."""
        shown = self.person.get(page)
        form = form_on(shown.text, self.path) if shown.status_code == 200 else None
        if form is not None:
            return {name: value or "" for name, value in form.form_values()}
        sign_out = self.person.read("/help").form(TOKEN)
        return {TOKEN: sign_out.fields[TOKEN], FIELD: new_key()}

    def send(self, headers: dict[str, str] | None = None, **changes: Any) -> TestResponse:
        """Send the form with changes; a value of None leaves a field out."""
        data = {key: one for key, one in {**self.fields, **changes}.items() if one is not None}
        told = {**JSON, **(headers or {})}
        return self.client.open(self.path, method=self.method, data=data, headers=told)

    def send_as(self, kind: str) -> TestResponse:
        """Send the token in a body of a type that is no form's."""
        body = f"{TOKEN}={self.fields[TOKEN]}"
        return self.client.open(
            self.path, method=self.method, data=body, content_type=kind, headers=JSON
        )

    @property
    def client(self) -> FlaskClient:
        return self.person.client


def by_secret(person: Person, secret: str) -> str:
    """A token of this very session, sealed with another secret."""
    with person.client.session_transaction() as kept:
        held = kept[TOKEN]
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(held))


Forgery = Callable[[Writing], TestResponse]


def forgeries(app: Flask, person: Person, stranger: Person) -> dict[str, Forgery]:
    """What another site, an old page or a patient liar sends."""
    foreign = stranger.read("/help").form(TOKEN).fields[TOKEN][0]
    former = by_secret(person, "a former secret that nobody accepts any more")
    tampered = by_secret(person, app.config["SECRET_KEY"])[:-3] + "abc"
    found: dict[str, Forgery] = {
        "no token": lambda to: to.send(csrf_token=None),
        "the token of another session": lambda to: to.send(csrf_token=foreign),
        "the token of a former secret": lambda to: to.send(csrf_token=former),
        "a token that was changed": lambda to: to.send(csrf_token=tampered),
        "a page of another site": lambda to: to.send({"Sec-Fetch-Site": "cross-site"}),
        "a page of a neighbour": lambda to: to.send({"Sec-Fetch-Site": "same-site"}),
        "a foreign origin": lambda to: to.send({"Origin": ELSEWHERE}),
        "the same host on another port": lambda to: to.send({"Origin": f"{HERE}:8080"}),
        "an origin of nowhere": lambda to: to.send({**SAME, "Origin": "null"}),
        "a foreign referrer": lambda to: to.send({"Referer": f"{ELSEWHERE}/?{HERE}"}),
    }
    for kind in ("text/plain", "application/json", "application/xml", ""):
        found[f"a body of type {kind!r}"] = partial(Writing.send_as, kind=kind)
    return found


@pytest.fixture
def stands(sqlite_database: Database) -> Stands:
    return Stands(sqlite_database)


def routes(app: Flask) -> list[Rule]:
    found = [
        rule
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - SAFE_METHODS and rule.endpoint not in SIGNED
    ]
    return sorted(found, key=lambda rule: rule.endpoint)


def writing(stands: Stands) -> Iterator[Writing]:
    """Every writing route, with whoever may use it."""
    person, nobody = stands.person, Person(stands.app, "nobody")
    for rule in routes(stands.app):
        yield Writing(stands, nobody if rule.endpoint in OUTSIDE else person, rule)


def test_every_writing_route_refuses_every_forgery_and_nothing_changes(stands: Stands) -> None:
    """T-CSRF: each form as its page shows it, form-09; only the forgery is the reason."""
    person, database = stands.person, stands.desk.database
    targets = list(writing(stands))
    forged = forgeries(stands.app, person, stands.desk.person("li.wei"))
    before, wrong = digest(database), []
    for name, forge in forged.items():
        for to in targets:
            status = forge(to).status_code
            if status != 403:
                wrong.append(f"{name}: {to.method} {to.rule.endpoint} answers {status}")
        if digest(database) != before:
            wrong.append(f"{name}: the database changed")
    for to in targets:
        # That a guest opened their page is written down: it is no act of theirs.
        if to.rule.endpoint != "answers.answer":
            to.client.get(to.path, query_string=to.fields)
    if digest(database) != before:
        wrong.append("a page that was only opened changed the database")
    assert wrong == [], "\n".join(wrong)
    assert len(targets) > 100


def test_the_same_forms_pass_where_nothing_is_forged(stands: Stands) -> None:
    """Else the test before would prove nothing."""
    refused = []
    for to in writing(stands):
        if to.rule.endpoint == "provider.owned":
            # 400 to whoever has not just come back from the provider, and nobody has.
            continue
        answer = to.send(SAME)
        if answer.status_code in {400, 403, 405, 415, 429} or answer.status_code >= 500:
            refused.append(f"{to.method} {to.path}: {answer.status_code}")
    assert refused == [], "\n".join(refused)


LANGUAGES = {
    "en": ("this form does not belong to your session", "What you typed is kept"),
    "zh": ("这张表单不属于您现在的登录", "您填写的内容已保留"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_signed_in_anew_is_told_and_finds_what_was_typed(desk: Desk, language: str) -> None:
    """T-CSRF: an honest person whose session was renewed in another tab loses no word."""
    person = desk.person("li.wei", language)
    form = person.open(f"{desk.path}/edit", "kind")
    person.client.delete_cookie("desk_session")
    person.fill("/sign-in", "password", name="li.wei", password=PASSWORD)
    answer = person.client.post(form.action, data={**form.fields, "kind": "typed"}, headers=SAME)
    assert answer.status_code == 403
    for words in LANGUAGES[language]:
        assert words in answer.text
    (back,) = html.fromstring(answer.text).xpath("//main//a[contains(@class, 'btn')]/@href")
    again = person.open(back, "kind")
    assert again.fields["kind"] == ["typed"]
    assert person.send(again).status_code == 303


def test_nothing_is_kept_of_what_another_site_or_another_person_sent(desk: Desk) -> None:
    """T-CSRF: the draft is for an honest person alone."""
    person, other = desk.person("li.wei"), desk.person("zhang.min")
    form = person.open(f"{desk.path}/edit", "kind")
    sent = {**form.fields, TOKEN: "forged", "kind": "typed"}
    for who, headers in ((person, {}), (person, {"Origin": ELSEWHERE}), (other, SAME)):
        answer = who.client.post(form.action, data=sent, headers=headers)
        assert answer.status_code == 403
        assert "What you typed is kept." not in answer.text
    assert desk.count(Draft) == 0


def test_a_program_is_told_by_a_word(desk: Desk, checker: Person) -> None:
    answer = checker.client.post(
        f"{desk.path}/edit", data={}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 403
    assert answer.get_json()["code"] == "forged"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
        (
            {
                "Sec-Fetch-Site": "cross-site",
                "Sec-Fetch-Mode": "navigate",
                "Sec-Fetch-Dest": "iframe",
            },
            403,
        ),
    ],
)
def test_other_sites_may_link_to_a_page_and_not_load_it(
    checker: Person, headers: dict[str, str], status: int
) -> None:
    assert checker.client.get("/queue?view=all", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("origin", "base", "status"),
    [
        ("http://desk.example.org", "http://desk.example.org", 303),
        ("http://desk.example.org:80", "http://desk.example.org", 303),
        ("https://desk.example.org", "https://desk.example.org", 303),
        ("http://desk.example.org", "https://desk.example.org", 403),
        ("https://desk.example.org.evil.example", "https://desk.example.org", 403),
        ("https://desk.example.org@evil.example", "https://desk.example.org", 403),
        ("javascript://desk.example.org", "http://desk.example.org", 403),
        ("", "http://desk.example.org", 403),
    ],
)
def test_an_origin_is_ours_by_its_host_and_never_less_secure(
    desk: Desk, origin: str, base: str, status: int
) -> None:
    client = desk.app.test_client()
    page = client.get("/help", base_url=base).text
    data = Reader(page).form(TOKEN).fields | {"language": "zh"}
    answer = client.post("/language", data=data, base_url=base, headers={"Origin": origin})
    assert answer.status_code == status
