"""Drafts over HTTP: kept for whoever types, restored with the version they saw, thrown away."""

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.models import Draft
from claims.models import Claim
from tests.app.browser import Form, Person
from tests.app.claim_desk import Desk, assess, submitted


def put(person: Person, form: Form, key: str | None = None, **typed: object) -> TestResponse:
    name = key or form.fields["draft"][0]
    return person.client.put(f"/drafts/{name}", data={**form.fields, **typed})


def test_a_draft_opens_with_the_version_it_was_typed_on(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    path = f"{desk.path}/assessment"
    form = checker.open(path, "reasoning")
    chosen = {f"figure_{desk.figure_id.hex}": "supported", "disposition": "stet"}
    answer = put(checker, form, reasoning="half a", **chosen)
    assert answer.status_code == 200
    assert answer.get_json()["said"].startswith("Draft kept at ")
    with desk.database.writing("editor:zhang.min") as session:
        session.get_one(Claim, desk.claim_id).kind = "other"
    again = checker.open(path, "reasoning")
    assert again.fields["reasoning"] == ["half a"]
    assert again.fields[f"figure_{desk.figure_id.hex}"] == ["supported"]
    assert again.fields["disposition"] == ["stet"]
    assert again.fields["version"] == form.fields["version"]
    assert again.fields["receipt"] == form.fields["receipt"]
    assert checker.send(again).status_code == 409
    assert desk.count(Draft) == 1
    assert "half a" not in desk.person("zhang.min").get(path).text


def test_a_draft_disappears_with_the_form_that_is_taken_in(desk: Desk, checker: Person) -> None:
    form = checker.open(f"{desk.path}/assessment", "reasoning")
    put(checker, form, reasoning="half a")
    assert assess(desk, checker, reasoning=" ") == 422
    assert desk.count(Draft) == 1
    assert assess(desk, checker) == 303
    assert desk.count(Draft) == 0


def test_a_remark_on_the_claims_page_is_kept_under_the_claim(desk: Desk, checker: Person) -> None:
    put(checker, checker.open(desk.path, "body"), body="I wonder")
    form = checker.open(desk.path, "body")
    assert form.fields["body"] == ["I wonder"]
    assert checker.send(form).status_code == 303
    assert checker.open(desk.path, "body").fields["body"] == [""]


def test_accepting_the_wording_leaves_the_remark_that_is_being_typed(
    desk: Desk, checker: Person
) -> None:
    """U17: two forms on one page are two forms, also to the rule that a form is taken in once."""
    assert assess(desk, checker, "refuted", proposed_wording="about 5%") == 303
    page = checker.read(desk.path)
    accept = next(one for one in page.forms if "about 5%" in one.fields.get("body", [""])[0])
    put(checker, page.form("reply_to"), body="but who wrote this?")

    assert checker.send(accept).status_code == 303

    assert checker.open(desk.path, "reply_to").fields["body"] == ["but who wrote this?"]


def test_words_of_the_text_come_behind_the_remark_that_is_a_draft(
    desk: Desk, checker: Person
) -> None:
    put(checker, checker.open(desk.path, "reply_to"), body="half a remark")
    quoting = f"{desk.path}?quote=the+share"
    form = checker.open(quoting, "reply_to")
    assert form.fields["body"][0].split() == ["half", "a", "remark", "“the", "share”"]
    put(checker, form)
    assert checker.open(quoting, "reply_to").fields["body"][0].count("the share") == 1


def test_a_draft_is_discarded_by_a_button_that_needs_no_script(desk: Desk, checker: Person) -> None:
    path = f"{desk.path}/edit"
    form = checker.open(path, "kind")
    put(checker, form, kind="half a")
    page = checker.get(path).text
    assert 'form="discard-draft"' in page
    sent = {"csrf_token": form.fields["csrf_token"], "draft": form.fields["draft"], "next": path}
    answer = checker.client.post("/drafts/discard", data=sent)
    assert answer.headers["Location"] == path
    assert checker.open(path, "kind").fields["kind"] != ["half a"]
    assert desk.count(Draft) == 0


def test_nothing_is_kept_without_token_account_or_name(desk: Desk, checker: Person) -> None:
    form = checker.open(f"{desk.path}/edit", "kind")
    assert put(checker, form, "x/../y").status_code == 404
    assert put(checker, form, "UPPER/y").status_code == 404
    assert put(checker, form, csrf_token="").status_code == 403
    assert put(checker, form, kind="x" * 300_000).status_code == 413
    assert desk.count(Draft) == 0
    page = checker.get("/sign-in").text
    assert 'name="draft"' not in page or 'name="draft" type="hidden" value=""' in page


def test_a_sign_off_never_takes_its_hash_from_a_draft(desk: Desk, checker: Person) -> None:
    submitted(desk, checker)
    reviewer, path = desk.person("zhang.min"), f"{desk.path}/sign-off"
    form = reviewer.open(path, "content_sha256")
    put(reviewer, form, content_sha256="0" * 64, version="1", reason="The basis is missing.")
    again = reviewer.open(path, "content_sha256")
    assert again.fields["reason"] == ["The basis is missing."]
    assert again.fields["content_sha256"] == form.fields["content_sha256"]
    assert again.fields["version"] == form.fields["version"]


def test_what_was_typed_into_anothers_form_is_not_kept_for_whoever_signed_in(
    desk: Desk, checker: Person
) -> None:
    form = checker.open(f"{desk.path}/edit", "kind")
    reviewer = desk.person("zhang.min")
    mine = reviewer.open(f"{desk.path}/edit", "kind")
    form.fields["csrf_token"] = mine.fields["csrf_token"]
    assert put(reviewer, form, kind="between us").status_code == 409
    assert desk.count(Draft) == 0
    assert put(reviewer, mine, kind="mine").status_code == 200


def test_a_receipt_no_form_of_ours_carries_is_none(any_desk: Desk) -> None:
    checker = any_desk.person("li.wei")
    form = checker.open(f"{any_desk.path}/edit", "kind")
    for receipt in ("\0", "x" * 500_000, "二"):
        assert put(checker, form, kind="half a", receipt=receipt).status_code == 200
        with any_desk.database.reading() as session:
            assert session.scalars(select(Draft.receipt)).all() == [None]
    assert checker.send(form, kind="whole", receipt="\0").status_code == 400
    assert checker.send(form, kind="whole").status_code == 303
