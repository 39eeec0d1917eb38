"""What is sent after a session ended is kept for the person who typed it, and for nobody else."""

from typing import Any

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.accounts.models import Account, Draft
from app.once.asked import new_key
from tests.app.browser import PASSWORD, Form, Person
from tests.app.claim_desk import Desk

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def opened(desk: Desk, checker: Person) -> Form:
    """A form whose session has ended meanwhile."""
    form = checker.open(f"{desk.path}/edit", "kind")
    checker.client.delete_cookie("desk_session")
    return form


def sent(person: Person, form: Form, headers: dict[str, str] | None, **typed: Any) -> TestResponse:
    data = {**form.fields, **typed}
    return person.client.post(form.action, data=data, headers=headers or {})


def test_the_typist_signs_in_and_finds_what_was_typed(
    desk: Desk, checker: Person, opened: Form
) -> None:
    answer = sent(checker, opened, OURS, kind="kept")
    assert answer.status_code == 303
    sign_in = answer.headers["Location"]
    assert sign_in == f"/sign-in?next={desk.path}/edit"
    assert "Not saved yet" in checker.get(sign_in).text
    back = checker.fill(sign_in, "password", name="li.wei", password=PASSWORD)
    form = checker.open(back.headers["Location"], "kind")
    assert form.fields["kind"] == ["kept"]
    assert form.fields["version"] == opened.fields["version"]
    assert "Draft from" in checker.get(form.action).text
    assert checker.send(form).status_code == 303
    assert desk.count(Draft) == 0


def test_another_person_who_signs_in_there_finds_nothing(
    desk: Desk, checker: Person, opened: Form
) -> None:
    answer = sent(checker, opened, OURS, kind="kept")
    where = answer.headers["Location"]
    checker.fill(where, "password", name="zhang.min", password=PASSWORD)
    assert "kept" not in checker.open(f"{desk.path}/edit", "kind").fields["kind"]
    assert desk.count(Draft) == 1


@pytest.mark.parametrize(
    ("headers", "changes"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({"Sec-Fetch-Site": "same-site"}, {}),
        ({"Origin": "https://elsewhere.example"}, {}),
        ({}, {}),
        (OURS, {"typist": "forged"}),
        (OURS, {"kind": "x" * 300_000}),
    ],
)
def test_nothing_is_kept_that_no_page_of_ours_sent(
    desk: Desk, checker: Person, opened: Form, headers: dict[str, str], changes: dict[str, str]
) -> None:
    assert sent(checker, opened, headers, **changes).status_code in {400, 403}
    assert desk.count(Draft) == 0


def test_a_form_that_somebody_else_had_opened_is_looked_over_first(
    desk: Desk, checker: Person
) -> None:
    form = checker.open(f"{desk.path}/edit", "kind")
    token = form.fields["csrf_token"]
    checker.client.post("/sign-out", data={"csrf_token": token, "receipt": new_key()})
    checker.fill("/sign-in", "password", name="zhang.min", password=PASSWORD)
    mine = checker.open(f"{desk.path}/edit", "kind")
    form.fields["csrf_token"] = mine.fields["csrf_token"]
    refused = checker.send(form, kind="mine now")
    assert refused.status_code == 409
    assert "Somebody else was signed in" in refused.text


def test_nothing_is_kept_for_an_account_that_was_shut(
    desk: Desk, checker: Person, opened: Form
) -> None:
    with desk.database.writing("editor:xu.ke") as session:
        session.execute(update(Account).where(Account.name == "li.wei").values(active=False))
    assert sent(checker, opened, OURS, kind="kept").status_code == 403
    assert desk.count(Draft) == 0


def test_addresses_that_are_none_hinder_nobody(desk: Desk, checker: Person, opened: Form) -> None:
    answer = sent(checker, opened, {**OURS, "Referer": "http://["}, kind="kept")
    assert answer.headers["Location"] == f"/sign-in?next={desk.path}/edit"
    for said in ({"Origin": "http://["}, {**OURS, "Origin": "//["}):
        assert sent(checker, opened, said, kind="kept").status_code == 403
