"""A writing request is done whole or not at all, and again where PostgreSQL undid it."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.accounts.roles import Permission
from app.db import Database
from app.db_problems import DatabaseProblem
from app.once.asked import FIELD, HEADER, new_key
from app.once.models import FormReceipt
from app.unit_of_work import in_unit_of_work, session
from claims.models import Claim, Comment
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.claims.newsroom import a_claim


def with_view(desk: Desk, view: Callable[..., ResponseReturnValue]) -> str:
    """Give the desk one more writing address."""
    desk.app.add_url_rule("/trial", "trial", in_unit_of_work(view), methods=["POST"])
    desk.app.extensions["permissions"]["trial"] = Permission.READ
    return "/trial"


def send(person: Person, path: str, **typed: Any) -> Any:
    token = person.open("/help", "csrf_token").fields["csrf_token"]
    return person.client.post(path, data={"csrf_token": token, FIELD: new_key(), **typed})


def test_two_that_stand_in_each_others_way_are_done(postgresql_database: Database) -> None:
    """Each holds what the other wants; PostgreSQL undoes one, and it is done again."""
    desk = Desk(postgresql_database)
    with postgresql_database.writing("system:test") as opened:
        other = a_claim(opened).id
    gate, tries = threading.Barrier(2), list[str]()

    def crossing() -> ResponseReturnValue:
        pair = [desk.claim_id, other]
        pair = pair if request.form["way"] == "there" else pair[::-1]
        tries.append(request.form["way"])
        for at, key in enumerate(pair):
            row = session().scalars(select(Claim).where(Claim.id == key).with_for_update()).one()
            row.kind = f"{row.kind} {request.form['way']}"
            session().flush()
            if at == 0 and len(tries) <= 2:
                gate.wait(10)
        flash(f"done {request.form['way']}")
        return redirect("/queue", 303)

    path = with_view(desk, crossing)
    people = [desk.person("li.wei"), desk.person("zhang.min")]
    answers: list[int] = []

    def go(person: Person, way: str) -> None:
        answers.append(send(person, path, way=way).status_code)
        with person.client.session_transaction() as kept:
            assert [text for _, text in kept["_flashes"]] == [f"done {way}"]

    threads = [
        threading.Thread(target=go, args=one) for one in zip(people, ("there", "back"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    assert len(tries) == 3
    with postgresql_database.reading() as opened:
        for key in (desk.claim_id, other):
            assert sorted(opened.get_one(Claim, key).kind.split()[-2:]) == ["back", "there"]


def test_the_key_may_come_as_a_header_and_is_an_accounts_own(any_desk: Desk) -> None:
    def writes() -> ResponseReturnValue:
        session().get_one(Claim, any_desk.claim_id, with_for_update=True).kind = str(uuid.uuid4())
        return redirect(f"/queue?{uuid.uuid4()}", 303)

    path = with_view(any_desk, writes)
    li, zhang = any_desk.person("li.wei"), any_desk.person("zhang.min")

    def sent(person: Person, key: str) -> tuple[int, str | None]:
        form = person.open("/help", "csrf_token").fields
        headers = {HEADER: key, "Accept": "application/json"}
        data = {"csrf_token": form["csrf_token"]}
        found = person.client.post(path, data=data, headers=headers)
        return found.status_code, found.headers.get("Location")

    first = sent(li, '"one"')
    assert first[0] == 303
    assert sent(li, "one") == first
    assert sent(zhang, "one") != first
    assert sent(li, "two") != first
    assert sent(li, "")[0] == sent(li, "x" * 65)[0] == 400


def test_a_refused_request_leaves_its_key_free(any_desk: Desk) -> None:
    answers = iter([("refused", 422), ("broken", 500), ("done", 200)])

    def changes() -> ResponseReturnValue:
        session().get_one(Claim, any_desk.claim_id, with_for_update=True).kind = str(uuid.uuid4())
        return next(answers)

    path, person = with_view(any_desk, changes), any_desk.person("li.wei")
    found = [send(person, path, **{FIELD: "one"}) for _ in range(4)]
    assert [answer.status_code for answer in found] == [422, 500, 200, 200]
    assert found[3].text == "done"


def test_a_double_click_is_one_remark_and_one_answer(any_desk: Desk) -> None:
    """The second comes while the first is under way; with other words it is no double click."""
    person = any_desk.person("li.wei")
    form = person.open(any_desk.path, "body")
    cookie = person.client.get_cookie("desk_session")
    assert cookie is not None
    gate, answers = threading.Barrier(3), list[tuple[int, str | None]]()

    def go() -> None:
        client = any_desk.app.test_client()
        client.set_cookie("desk_session", cookie.value)
        gate.wait(10)
        found = client.post(form.action, data={**form.fields, "body": "Clicked."})
        answers.append((found.status_code, found.headers.get("Location")))

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _place in answers} == {303}
    assert len(set(answers)) == 1
    assert any_desk.count(Comment) == 1
    other = person.send(form, body="Clicked and edited.")
    assert other.status_code == 422
    assert "Clicked and edited." in other.text
    assert any_desk.count(Comment) == 1


def test_a_repetition_is_answered_before_its_view_reads_anything(any_desk: Desk) -> None:
    """The key is claimed first: what a view would decide upon has changed by its own first run."""
    runs = list[str]()

    def changes() -> ResponseReturnValue:
        row = session().get_one(Claim, any_desk.claim_id, with_for_update=True)
        runs.append(row.kind)
        row.kind = str(uuid.uuid4())
        return redirect(f"/queue?{row.kind}", 303)

    path, person = with_view(any_desk, changes), any_desk.person("li.wei")
    places = {send(person, path, **{FIELD: "one"}).headers["Location"] for _ in range(3)}
    assert len(places) == len(runs) == 1


def test_the_receipt_stands_or_falls_with_what_was_done(any_desk: Desk) -> None:
    """It is there when the effects are committed, and gone with those that are not."""
    seen, before = list[int | None](), any_desk.count(FormReceipt)

    def at_commit(opened: Session) -> None:
        kept = select(FormReceipt.status).where(FormReceipt.path == "/trial")
        seen.append(opened.scalar(kept))
        if len(seen) == 1:
            raise DatabaseProblem

    def changes() -> ResponseReturnValue:
        session().get_one(Claim, any_desk.claim_id, with_for_update=True).kind = "changed"
        event.listen(session(), "before_commit", at_commit, once=True)
        return redirect("/queue", 303)

    def kind() -> str:
        with any_desk.database.reading() as opened:
            return opened.get_one(Claim, any_desk.claim_id).kind

    path, person = with_view(any_desk, changes), any_desk.person("li.wei")
    assert send(person, path, **{FIELD: "one"}).status_code >= 500
    assert any_desk.count(FormReceipt) == before
    assert kind() != "changed"
    assert send(person, path, **{FIELD: "one"}).status_code == 303
    assert kind() == "changed"
    assert seen == [303, 303]
