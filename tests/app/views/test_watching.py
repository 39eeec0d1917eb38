"""Who edits beside me, and what others saved since: asked every few seconds, answered cheaply."""

import re
from typing import Any

from app.accounts.models import Presence
from claims.models import Article, Claim
from sources.base import now
from tests.app.browser import Person, the_json
from tests.app.claim_desk import Desk, assess
from tests.app.views.visit import Visit


def watched(person: Person, path: str) -> str:
    """The address at which a page asks, with the place it was made at."""
    page = person.get(path).text
    found = re.search(r'data-watch="([^"]+)".*?data-since="([^"]+)"', page)
    assert found is not None, page[:2000]
    return f"{found[1]}?since={found[2]}"


def speak(person: Person, desk: Desk) -> Any:
    token = person.open(f"{desk.path}/edit", "kind").fields["csrf_token"][0]
    address = f"/watch/claims/{desk.claim_id}"
    return person.client.put(address, headers={"X-CSRFToken": token})


def test_who_has_a_form_open_is_named_on_claim_article_and_forms(any_desk: Desk) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    assert speak(checker, desk).get_json() == {"people": "", "news": ""}
    said = "li.wei is editing this claim"
    assert the_json(reviewer, f"/watch/claims/{desk.claim_id}")["people"] == said
    for page in ("", "/edit", "/assessment"):
        assert said in reviewer.get(desk.path + page).text
        assert said not in checker.get(desk.path + page).text
    with desk.database.reading() as session:
        claim = session.get_one(Claim, desk.claim_id)
        key = session.get_one(Article, claim.article_id).key
    people = the_json(reviewer, f"/watch/articles/{key}")["people"]
    assert re.fullmatch(r"li\.wei is editing C-\d+", people)
    chinese = the_json(desk.person("zhang.min", "zh"), f"/watch/claims/{desk.claim_id}")
    assert chinese["people"] == "li.wei 正在编辑这条论断"


def test_whoever_falls_silent_or_saves_is_named_no_more(any_desk: Desk) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    address = f"/watch/claims/{desk.claim_id}"
    speak(checker, desk)
    assert assess(desk, checker) == 303
    assert the_json(reviewer, address)["people"] == ""
    speak(checker, desk)
    with desk.database.writing("system:test") as session:
        session.query(Presence).update({"seen_at": now().replace(year=2020)})
    assert the_json(reviewer, address)["people"] == ""
    speak(reviewer, desk)
    assert desk.count(Presence) == 1


def test_what_others_saved_since_is_counted_by_saves(any_desk: Desk) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    address = watched(reviewer, desk.path)
    mine = watched(checker, desk.path)
    assert the_json(reviewer, address)["news"] == ""
    assert assess(desk, checker) == 303
    assert the_json(reviewer, address)["news"] == "1 change by li.wei since you opened this"
    assert checker.fill(f"{desk.path}/edit", "kind", kind="another").status_code == 303
    assert the_json(reviewer, address)["news"] == "2 changes by li.wei since you opened this"
    assert the_json(checker, mine)["news"] == ""
    assert the_json(reviewer, watched(reviewer, desk.path))["news"] == ""
    assert the_json(reviewer, f"/watch/claims/{desk.claim_id}?since=1~nonsense")["news"] == ""


def test_a_quiet_page_costs_three_statements_and_no_bytes(desk: Desk, checker: Person) -> None:
    visit = Visit(desk.database)
    path = f"/watch/claims/{desk.claim_id}?since=99999999"
    first = visit.get(path)
    with visit.statements() as sent:
        visit.get(path, 304, headers={"If-None-Match": first.headers["ETag"]})
    assert len(sent) <= 4, sent
    since = watched(checker, desk.path).partition("since=")[2]
    assert checker.fill(f"{desk.path}/edit", "kind", kind="another").status_code == 303
    with visit.statements() as sent:
        visit.get(f"/watch/claims/{desk.claim_id}?since={since}")
    assert len(sent) <= 6, sent


def test_a_page_of_the_past_watches_nothing(desk: Desk, checker: Person) -> None:
    assert "data-watch" not in checker.get(f"{desk.path}?at=1").text


def test_a_claim_that_is_not_there_has_nobody(desk: Desk, checker: Person) -> None:
    token = checker.open(f"{desk.path}/edit", "kind").fields["csrf_token"][0]
    missing = f"/watch/claims/{desk.other_id}"
    answer = checker.client.put(missing, headers={"X-CSRFToken": token})
    assert answer.status_code == 404
