"""What no draft keeps stands on the page of its refusal, and is sent again from there."""

from pathlib import Path
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from app import db_problems
from app.accounts.models import Draft
from app.config import Settings
from app.db import Database
from app.once.asked import new_key
from claims.errors import Conflict
from claims.models import Comment
from tests.app.browser import Form, Person, Reader
from tests.app.claim_desk import Desk

OURS = {"Sec-Fetch-Site": "same-origin"}
NOTE = "一段很长的说明，没有人愿意再打一遍。\r\nA second line with <b>markup</b>."
PROBLEMS: dict[int, Exception] = {
    500: ZeroDivisionError(),
    503: db_problems.Busy(),
    507: db_problems.StorageFull(),
}


def raising(problem: Exception) -> Any:
    def view(**_arguments: Any) -> None:
        raise problem

    return view


def sent(person: Person, form: Form, headers: dict[str, str], **typed: Any) -> TestResponse:
    return person.client.post(form.action, data={**form.fields, **typed}, headers=headers)


@pytest.mark.parametrize("status", PROBLEMS)
def test_the_page_of_a_desk_in_trouble_sends_the_form_again(
    desk: Desk, checker: Person, status: int
) -> None:
    """T-FAULT: nothing typed is lost where nothing can be kept, and it is done once."""
    form = checker.open(desk.path, "body")
    views = desk.app.view_functions
    views["comments.add"], whole = raising(PROBLEMS[status]), views["comments.add"]
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = sent(checker, form, OURS, body=NOTE)
    assert answer.status_code == status
    again = Reader(answer.text).form("body")
    assert again.fields["body"] == [NOTE]
    assert again.fields["receipt"] == form.fields["receipt"]
    assert "<b>markup" not in answer.text
    again.action = form.action
    for foreign in ({}, {"Sec-Fetch-Site": "cross-site"}):
        assert NOTE not in sent(checker, form, foreign, body=NOTE).text
    views["comments.add"] = whole
    for _ in range(2):
        assert checker.send(again).status_code == 303
    assert desk.count(Comment) == 1


@pytest.mark.parametrize("problem", [Conflict("x", {"zh": "甲", "en": "x"}), db_problems.Refused()])
def test_what_is_refused_as_a_whole_is_a_draft(
    desk: Desk, checker: Person, problem: Exception
) -> None:
    form = checker.open(f"{desk.path}/edit", "kind")
    desk.app.view_functions["claim_edits.save"] = raising(problem)
    answer = sent(checker, form, OURS, kind="typed")
    assert answer.status_code == 409
    (back,) = html.fromstring(answer.text).xpath("//main//a[contains(@class, 'btn')]/@href")
    assert checker.open(back, "kind").fields["kind"] == ["typed"]


def test_what_is_too_long_for_a_draft_can_be_copied(desk: Desk, checker: Person) -> None:
    form = checker.open(f"{desk.path}/edit", "kind")
    checker.client.delete_cookie("desk_session")
    long = "too long " * 40_000
    answer = sent(checker, form, OURS, kind=long)
    assert answer.status_code == 403
    areas = html.fromstring(answer.text).xpath("//textarea[@readonly and not(@name)]")
    assert long.strip() in {area.text.strip() for area in areas}
    assert desk.count(Draft) == 0


def test_a_guest_gets_back_what_was_answered_and_passwords_go_nowhere(
    desk: Desk, checker: Person, tmp_path: Path
) -> None:
    form, guest = checker.open("/account/password", "username"), desk.app.test_client()
    dead = {
        "DESK_HOME": str(tmp_path / "dead"),
        "DESK_DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}",
    }
    desk.app.extensions["database"] = Database(Settings.load(dead))
    said = {"statement": NOTE, "receipt": new_key()}
    answer = guest.post("/answers/a-link", data=said, headers=OURS)
    assert answer.status_code == 503
    assert Reader(answer.text).form("statement").fields["statement"] == [NOTE]
    answer = sent(checker, form, OURS, password="a secret that nobody sees")
    assert answer.status_code == 503
    assert "a secret that nobody sees" not in answer.text
