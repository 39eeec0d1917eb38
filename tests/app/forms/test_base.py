"""U14: every form answers invalid input with 422, says what is wrong and where, and keeps it."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.db import Database
from tests.app.browser import Person
from tests.app.forms.stands import BUTTONS, EVERYBODY, PAGES, Stands

BAD = "bad \u202e text"
"""A direction override, which no field takes: what a reader sees would not be what is stored."""
LOST = {"password", "old", "again", "username"}
"""What a page never sends back."""


@pytest.fixture
def stands(sqlite_database: Database) -> Stands:
    return Stands(sqlite_database)


def posting(stands: Stands) -> list[Rule]:
    rules = stands.app.url_map.iter_rules()
    return sorted((r for r in rules if "POST" in (r.methods or ())), key=lambda r: r.endpoint)


def outside(rule: Rule) -> bool:
    """Whether the form is for people without a session."""
    return rule.endpoint in {"accounts.signed_in", "answers.answer"}


def fields(form: Any) -> list[Any]:
    """The controls of a form that a person fills in."""
    found = form.xpath(".//input[not(@type='hidden')] | .//textarea | .//select")
    return [field for field in found if field.get("name") and field.get("type") != "submit"]


def spoilt(form: Any) -> dict[str, Any]:
    """What the form would send with everything in it wrong or left out."""
    sent: dict[str, Any] = {}
    for field in form.xpath(".//input[@type='hidden']"):
        if field.get("name"):
            sent[field.get("name")] = field.get("value", "")
    for field in fields(form):
        kind = field.get("type", field.tag)
        if kind in {"text", "textarea", "password", "number"}:
            sent[field.get("name")] = BAD
        elif kind == "select":
            sent[field.get("name")] = "nonsense"
    return sent


def form_on(page: str, action: str) -> Any:
    """The form of a page that goes to an address."""
    forms = html.fromstring(page).forms
    return next(
        (
            f
            for f in forms
            if f.method == "POST" and urlsplit(f.get("action") or action).path == action
        ),
        None,
    )


def complaints(answer: TestResponse, sent: dict[str, Any], word: str) -> list[str]:
    """What the answer to invalid input lacks of U14."""
    if answer.status_code != 422:
        return [f"status {answer.status_code}"]
    page = html.fromstring(answer.text)
    found = []
    title = page.findtext(".//title") or ""
    if not title.startswith(word):
        found.append(f"title {title!r}")
    summaries = page.xpath("//*[@data-summary and @tabindex='-1']")
    if len(summaries) != 1:
        return [*found, f"{len(summaries)} summaries"]
    links = summaries[0].xpath(".//a/@href")
    if not links:
        found.append("no link in the summary")
    for link in links:
        found += _unreached(page, link)
    return found + _forgotten(page, sent)


def _unreached(page: Any, link: str) -> list[str]:
    """What is wrong with the field a link of the summary leads to."""
    reached = page.xpath("//*[@id=$id]", id=link.removeprefix("#"))
    if len(reached) != 1:
        return [f"{link} leads to {len(reached)} elements"]
    group = reached[0].xpath("ancestor-or-self::*[@aria-invalid='true']")
    if not group:
        return [f"{link} is not marked as invalid"]
    described = (group[-1].get("aria-describedby") or "").split()
    texts = ["".join(page.xpath("//*[@id=$id]//text()", id=name)) for name in described]
    return [] if any(text.strip() for text in texts) else [f"{link} is not described"]


def _forgotten(page: Any, sent: dict[str, Any]) -> list[str]:
    """The texts that were typed and are not in the form any more."""
    lost = []
    for name, value in sent.items():
        if value != BAD or name in LOST:
            continue
        kept = page.xpath("//input[@name=$name]/@value | //textarea[@name=$name]/text()", name=name)
        if not any(BAD in text for text in kept):
            lost.append(f"{name} is lost")
    return lost


def refused(
    stands: Stands, person: Person, rule: Rule
) -> tuple[TestResponse, dict[str, Any]] | str:
    """The answer to the form of an address with everything wrong; or why there is none."""
    action = stands.path(rule, rule.rule)
    page = stands.path(rule, PAGES.get(rule.endpoint, rule.rule))
    if rule.endpoint == "claims_by_hand.add":
        page = action = f"{page}?start=4&stop=12"
    shown = person.get(page)
    if shown.status_code != 200:
        return f"{page} answers {shown.status_code}"
    form = form_on(shown.text, urlsplit(action).path)
    if form is None:
        return f"{page} has no form to {action}"
    if not fields(form):
        return f"{page} has nothing to fill in"
    sent = spoilt(form)
    goes = form.get("action") or action
    return person.client.post(goes, data=sent), sent


def test_the_lists_of_forms_name_routes_there_are(stands: Stands) -> None:
    known = {rule.endpoint for rule in posting(stands)}
    assert known >= {*BUTTONS, *PAGES}


@pytest.mark.parametrize(("language", "word"), [("en", "Error:"), ("zh", "错误：")])
def test_every_form_says_what_is_wrong_and_keeps_what_was_typed_u14(
    stands: Stands, language: str, word: str
) -> None:
    found = {}
    person = stands.desk.person(EVERYBODY, language)
    nobody = stands.desk.person("nobody", language)
    for rule in posting(stands):
        if rule.endpoint in BUTTONS:
            continue
        said = "错误：" if rule.endpoint == "answers.answer" else word
        answer = refused(stands, nobody if outside(rule) else person, rule)
        found[rule.endpoint] = [answer] if isinstance(answer, str) else complaints(*answer, said)
    wrong = [f"{name}: {', '.join(said)}" for name, said in found.items() if said]
    assert wrong == [], "\n".join(wrong)
