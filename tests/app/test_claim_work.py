"""The work on one claim, over HTTP, from the first evidence to the signature and back."""

import io
import json
import uuid
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database
from app.factory import create_app
from claims.models import Claim, Comment, Contest, Evidence, Figure, Finding
from claims.vocabulary import Severity, Stage
from sources.models import Snapshot, Source
from sources.vocabulary import Tier
from tests.app.browser import PASSWORD, Person, Reader
from tests.claims.newsroom import a_claim, a_source

NEW_SOURCE = {
    "origin": "new",
    "url": "https://example.org/report",
    "title": "Annual report 2024",
    "publisher": "Example plc",
    "kind": "company_filing",
    "tier": "primary",
    "stance": "supports",
    "quote": "The share was 5.0 % by revenue.",
    "locator_kind": "page",
    "locator": "37",
}


class Desk:
    """A running application with three people and one claim."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = create_app(database.settings, database)
        with database.writing("system:test") as session:
            for name, roles in (
                ("li.wei", {Role.CHECKER}),
                ("zhang.min", {Role.REVIEWER}),
                ("wang.fang", {Role.DESK_LEAD}),
            ):
                add_account(
                    session,
                    name=name,
                    display_name=name,
                    password=PASSWORD,
                    roles=roles,
                    by="system:test",
                )
            claim = a_claim(session)
            self.claim_id, self.figure_id = claim.id, claim.figures[0].id
            self.other_id = a_claim(session, article=claim.article).figures[0].id
            self.source_key = a_source(session, tier=Tier.PRIMARY).key

    @property
    def path(self) -> str:
        return f"/claims/{self.claim_id}"

    def person(self, name: str, language: str = "en") -> Person:
        return Person(self.app, name, language)

    def count(self, model: Any) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def claim(self, session: Session) -> Claim:
        return session.get_one(Claim, self.claim_id)

    def first(self, model: Any) -> uuid.UUID:
        with self.database.reading() as session:
            found: uuid.UUID = session.scalars(select(model.id).order_by(model.id)).all()[0]
            return found

    def stage(self) -> Stage:
        with self.database.reading() as session:
            return self.claim(session).stage

    def files(self) -> list[str]:
        folder = self.database.settings.store
        return [file.name for file in folder.iterdir()] if folder.exists() else []


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    """Give a desk; what is asked of the forms does not depend on the engine."""
    return Desk(sqlite_database)


@pytest.fixture
def any_desk(database: Database) -> Desk:
    """Give a desk on each engine in turn."""
    return Desk(database)


@pytest.fixture
def checker(desk: Desk) -> Person:
    return desk.person("li.wei")


@pytest.fixture
def reviewer(desk: Desk) -> Person:
    return desk.person("zhang.min")


def attach(desk: Desk, person: Person, **typed: Any) -> int:
    data = {"source": desk.source_key, "stance": "supports", "quote": "5 %", **typed}
    return person.fill(f"{desk.path}/evidence/new", "quote", **data).status_code


def assess(desk: Desk, person: Person, status: str = "supported", **typed: Any) -> int:
    data = {f"figure_{desk.figure_id.hex}": status, "reasoning": "As the report says."}
    data |= {"disposition": "stet", **typed}
    return person.fill(f"{desk.path}/assessment", "reasoning", **data).status_code


def submitted(desk: Desk, checker: Person) -> None:
    assert attach(desk, checker) == 303
    assert assess(desk, checker) == 303
    assert checker.fill(f"{desk.path}/submit", "receipt").status_code == 303


def test_a_claim_is_checked_signed_and_reopens_when_evidence_is_added(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    reviewer = desk.person("zhang.min")
    upload = (io.BytesIO(b"%PDF-1.7 the report"), "report.pdf")
    typed = {**NEW_SOURCE, "figure": "5.0%", "period": "2024", "addresses": str(desk.figure_id)}
    sent = checker.fill(f"{desk.path}/evidence/new", "quote", **typed, file=upload)
    assert sent.status_code == 303
    assert desk.count(Snapshot) == len(desk.files()) == 1
    assert "1 link, 1 origin, 1 primary" in checker.read(desk.path).text
    assert assess(desk, checker) == 303
    assert checker.fill(f"{desk.path}/submit", "receipt").status_code == 303
    assert checker.get(f"{desk.path}/sign-off").status_code == 403
    page = reviewer.read(f"{desk.path}/sign-off")
    assert page.form("answer").fields["content_sha256"][0] in page.text
    assert reviewer.fill(f"{desk.path}/sign-off", "answer", answer="sign").status_code == 303
    assert desk.stage() is Stage.SIGNED_OFF
    assert "Stands under the present content" in checker.read(desk.path).text
    assert attach(desk, checker, stance="refutes") == 303
    assert desk.stage() is Stage.CHECKING
    assert "the content is no longer the one that was signed" in checker.read(desk.path).text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("url", "javascript:alert(1)", "http"),
        ("url", "http://127.0.0.1/admin", "internal network"),
        ("figure", "1_000", "underscore"),
        ("figure", "NaN", ""),
        ("figure", "7" * 400, "digits"),
        ("figure", "5 or so, I think", ""),
        ("period", "next year", "2024-10"),
        ("quote", "5\u202e %", "U+202E"),
        ("issued", "soon", "2025-03"),
        ("stance", "", "what it does"),
        ("derived_from", "no-such-source", "no such source"),
    ],
)
def test_bad_input_is_named_kept_and_not_stored(
    desk: Desk, checker: Person, field: str, typed: str, said: str
) -> None:
    sources = desk.count(Source)
    data = {**NEW_SOURCE, "figure": "5.0%", "period": "2024", field: typed}
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **data)
    page = Reader(response.text)
    assert response.status_code == 422
    assert f'href="#{field}' in response.text
    assert said.lower() in page.text.lower()
    assert "Error:" in page.text
    kept = page.form("quote").fields
    for name in {"title", "locator", field} - {"stance"}:
        assert kept[name] in ([data[name]], []), name
    assert desk.count(Evidence) == 0
    assert desk.count(Source) == sources


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.pdf", "0 bytes"),
        (b"<!doctype html><script>alert(1)</script>", "page.html", "Web pages"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.png", "Web pages"),
        (b"%PDF-1.7", "../../etc/passwd", "../"),
    ],
)
def test_a_bad_upload_is_refused_and_leaves_no_file(
    desk: Desk, checker: Person, content: bytes, name: str, said: str
) -> None:
    sources = desk.count(Source)
    file = (io.BytesIO(content), name)
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **NEW_SOURCE, file=file)
    assert response.status_code == 422
    assert 'href="#file"' in response.text
    assert said in Reader(response.text).text
    assert NEW_SOURCE["quote"] in response.text
    assert desk.files() == []
    assert (desk.count(Evidence), desk.count(Source)) == (0, sources)


def test_another_claims_figure_cannot_be_addressed(desk: Desk, checker: Person) -> None:
    data = {**NEW_SOURCE, "addresses": str(desk.other_id)}
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **data)
    assert response.status_code == 422
    assert "belongs to another claim" in Reader(response.text).text
    assert desk.count(Evidence) == 0


def test_a_replayed_form_is_not_saved_twice_and_keeps_its_text(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    data = {"source": desk.source_key, "stance": "supports", "quote": "Only once."}
    assert checker.send(form, **data).status_code == 303
    again = checker.send(form, **data)
    assert again.status_code == 409
    assert "Only once." in again.text
    assert desk.count(Evidence) == 1


def test_a_stale_new_item_is_asked_again_and_then_goes_through(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    assert attach(desk, reviewer) == 303
    data = {"source": desk.source_key, "stance": "refutes", "quote": "Mine."}
    refused = checker.send(form, **data)
    assert refused.status_code == 409
    page = Reader(refused.text).form("quote")
    assert page.fields["quote"] == ["Mine."]
    page.action = form.action
    assert checker.send(page).status_code == 303
    assert desk.count(Evidence) == 2


def test_two_people_editing_one_item_see_both_texts(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    reviewer = desk.person("zhang.min")
    attach(desk, checker)
    edit = f"/evidence/{desk.first(Evidence)}/edit"
    mine, theirs = checker.open(edit, "quote"), reviewer.open(edit, "quote")
    assert reviewer.send(theirs, quote="Their words.").status_code == 303
    clash = checker.send(mine, quote="My words.", locator="12")
    assert clash.status_code == 409
    assert "Their words." in clash.text
    assert "zhang.min" in clash.text
    page = Reader(clash.text).form("quote")
    assert page.fields["quote"] == ["My words."]
    assert checker.send(page).status_code == 303
    with desk.database.reading() as session:
        item = session.scalars(select(Evidence)).one()
        assert (item.quote, item.locator) == ("My words.", "12")


def test_an_edit_keeps_the_figure_and_what_it_is_about(desk: Desk, checker: Person) -> None:
    attach(desk, checker, figure="4.6%", period="2024", same_scope="y", basis="by revenue")
    edit = f"/evidence/{desk.first(Evidence)}/edit"
    assert checker.fill(edit, "quote", note="see table 3").status_code == 303
    with desk.database.reading() as session:
        item = session.scalars(select(Evidence)).one()
        assert item.figure is not None
        assert (item.figure.stated_text, item.figure.period) == ("4.6%", "2024")
        assert item.figure.basis == {"en": "by revenue"}
        assert item.note == {"en": "see table 3"}


def test_a_withdrawn_item_is_struck_and_named(desk: Desk, checker: Person) -> None:
    attach(desk, checker)
    path = f"/evidence/{desk.first(Evidence)}/withdraw"
    assert checker.fill(path, "reason", reason=" ").status_code == 422
    assert checker.fill(path, "reason", reason="wrong year").status_code == 303
    page = checker.get(desk.path).text
    assert "wrong year" in page
    assert 'class="withdrawn"' in page


def test_a_stale_assessment_shows_both_texts(desk: Desk, checker: Person, reviewer: Person) -> None:
    key = f"figure_{desk.figure_id.hex}"
    path = f"{desk.path}/assessment"
    mine = checker.open(path, "reasoning")
    assert assess(desk, reviewer, "refuted", reasoning="Their reasons.") == 303
    typed = {key: "supported", "reasoning": "My reasons.", "disposition": "stet"}
    clash = checker.send(mine, **typed)
    assert clash.status_code == 409
    assert "Their reasons." in clash.text
    assert "My reasons." in clash.text


def test_a_status_for_another_claims_figure_is_refused(desk: Desk, checker: Person) -> None:
    typed = {f"figure_{desk.other_id.hex}": "supported", "reasoning": "x", "disposition": "stet"}
    typed[f"figure_{desk.figure_id.hex}"] = "supported"
    response = checker.fill(f"{desk.path}/assessment", "reasoning", **typed)
    assert response.status_code == 422
    assert "it belongs to another claim" in response.text


def test_no_status_is_chosen_beforehand(desk: Desk, checker: Person) -> None:
    attach(desk, checker, figure="5%", period="2024", same_scope="y")
    form = checker.open(f"{desk.path}/assessment", "reasoning")
    assert form.fields[f"figure_{desk.figure_id.hex}"] == []
    assert "Suggested:" in checker.read(f"{desk.path}/assessment").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reasoning": ""}, "reasoning"),
        ({"disposition": "correct"}, "proposed_wording"),
        ({"lowered_to": "supported"}, "lowered_to"),
    ],
)
def test_an_unfinished_assessment_names_what_is_wrong(
    desk: Desk, checker: Person, typed: dict[str, str], field: str
) -> None:
    data = {f"figure_{desk.figure_id.hex}": "refuted", "reasoning": "r", "disposition": "stet"}
    response = checker.fill(f"{desk.path}/assessment", "reasoning", **{**data, **typed})
    assert response.status_code == 422
    assert f'href="#{field}"' in response.text
    with desk.database.reading() as session:
        assert desk.claim(session).verification_status == "unchecked"


def test_submitting_too_early_lists_what_is_missing(desk: Desk, checker: Person) -> None:
    attach(desk, checker)
    response = checker.fill(f"{desk.path}/submit", "receipt")
    assert response.status_code == 422
    assert "has no status yet" in response.text
    assert "Nobody has decided" in response.text


def test_whoever_assessed_cannot_sign_whatever_their_role(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    reviewer = desk.person("zhang.min")
    attach(desk, checker)
    assess(desk, reviewer)
    checker.fill(f"{desk.path}/submit", "receipt")
    response = reviewer.fill(f"{desk.path}/sign-off", "answer", answer="sign")
    assert response.status_code == 403
    assert "Whoever assessed a claim cannot sign it" in response.text
    assert desk.stage() is Stage.SUBMITTED


def test_a_signature_under_changed_content_is_refused(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    submitted(desk, checker)
    form = reviewer.open(f"{desk.path}/sign-off", "answer")
    form.fields["content_sha256"] = ["0" * 64]
    refused = reviewer.send(form, answer="sign")
    assert refused.status_code == 409
    assert desk.stage() is Stage.SUBMITTED


def test_a_return_needs_a_reason_and_shows_it(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    submitted(desk, checker)
    path = f"{desk.path}/sign-off"
    assert reviewer.fill(path, "answer", answer="return").status_code == 422
    done = reviewer.fill(path, "answer", answer="return", reason="No basis given.")
    assert done.status_code == 303
    assert desk.stage() is Stage.CHECKING
    assert "No basis given." in checker.read(desk.path).text


def test_a_contest_is_raised_and_settled_by_a_third_person(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    reviewer = desk.person("zhang.min")
    attach(desk, reviewer)
    item = str(desk.first(Evidence))
    typed = {"reason": "party_denies", "side": "subject", "statement": "They deny it."}
    path = f"{desk.path}/contests/new"
    both = checker.fill(path, "statement", **typed, evidence_for=item, evidence_against=item)
    assert both.status_code == 422
    assert 'href="#evidence_against-0"' in both.text
    foreign = checker.fill(path, "statement", **typed, about=f"figure:{desk.other_id}")
    assert foreign.status_code == 422
    assert 'href="#about"' in foreign.text
    raised = checker.fill(path, "statement", **typed, blocking="y", evidence_against=item)
    assert raised.status_code == 303
    page = checker.read(desk.path)
    assert "Contested" in page.text
    assert "blocks sign-off" in page.text
    contest = desk.first(Contest)
    assert checker.get(f"/contests/{contest}/settle").status_code == 403
    settle = f"/contests/{contest}/settle"
    done = reviewer.fill(settle, "settlement", outcome="rejected", settlement="The filing says so.")
    assert done.status_code == 303
    assert "The filing says so." in checker.read(desk.path).text


def test_the_raiser_cannot_settle_but_can_withdraw(desk: Desk, reviewer: Person) -> None:
    typed = {"reason": "legal", "side": "reviewer", "statement": "Ask the lawyer."}
    reviewer.fill(f"{desk.path}/contests/new", "statement", **typed)
    contest = desk.first(Contest)
    assert "cannot settle it" in reviewer.read(f"/contests/{contest}/settle").text
    token = reviewer.open(f"{desk.path}/contests/new", "statement").fields
    forced = reviewer.client.post(
        f"/contests/{contest}/settle",
        data={**token, "outcome": "upheld", "settlement": "Because I say so."},
    )
    assert forced.status_code == 403
    withdrawn = reviewer.fill(f"/contests/{contest}/withdraw", "settlement", settlement="Solved.")
    assert withdrawn.status_code == 303


def test_a_remark_is_answered_and_dealt_with(desk: Desk, checker: Person, reviewer: Person) -> None:
    assert checker.fill(desk.path, "body", body=" ").status_code == 422
    assert checker.fill(desk.path, "body", body="By revenue?").status_code == 303
    remark = desk.first(Comment)
    answered = reviewer.fill(f"/comments/{remark}/reply", "body", body="Yes, by revenue.")
    assert answered.status_code == 303
    foreign = reviewer.fill(desk.path, "body", body="x", reply_to=str(uuid.uuid4()))
    assert foreign.status_code == 422
    page = checker.read(desk.path)
    form = next(one for one in page.forms if one.action.endswith("/resolve"))
    assert checker.send(form).status_code == 303
    assert checker.send(form).status_code == 409
    assert "dealt with" in checker.read(desk.path).text


def test_a_finding_is_waived_with_a_reason(desk: Desk, checker: Person) -> None:
    with desk.database.writing("system:test") as session:
        session.add(
            Finding(
                claim_id=desk.claim_id,
                code="period_missing",
                severity=Severity.MANDATORY,
                message={"en": "No period is stated."},
                created_by="system:rules",
            )
        )
    attach(desk, checker)
    path = f"/findings/{desk.first(Finding)}/waiver"
    assert "No period is stated." in checker.read(f"{desk.path}/submit").text
    assert checker.fill(path, "reason", reason="The headline says 2024.").status_code == 303
    assert "No period is stated." not in checker.read(f"{desk.path}/submit").text


def test_a_dropped_claim_is_reopened_with_a_reason(desk: Desk, checker: Person) -> None:
    assert checker.fill(f"{desk.path}/drop", "reason", reason="Cut in v2.").status_code == 303
    assert desk.stage() is Stage.DROPPED
    stale = checker.fill(f"{desk.path}/drop", "reason", reason="Again.")
    assert stale.status_code == 409
    assert checker.fill(f"{desk.path}/reopen", "reason", reason="Back in v3.").status_code == 303
    assert desk.stage() is Stage.CHECKING
    assert "Back in v3." in checker.read(desk.path).text


@pytest.mark.parametrize(
    "path",
    [
        "/claims/{}",
        "/claims/{}.json",
        "/claims/{}/history",
        "/claims/{}/evidence/new",
        "/evidence/{}/edit",
        "/evidence/{}/withdraw",
        "/contests/{}/withdraw",
        "/comments/{}/reply",
        "/findings/{}/waiver",
    ],
)
def test_what_does_not_exist_is_not_found(checker: Person, path: str) -> None:
    assert checker.get(path.format(uuid.uuid4())).status_code == 404
    assert checker.get(path.format("17")).status_code == 404


def test_the_json_twin_says_the_same(desk: Desk, checker: Person) -> None:
    attach(desk, checker, figure="4.6%", period="2024", same_scope="y")
    twin = json.loads(checker.get(f"{desk.path}.json").text)
    assert twin["id"] == str(desk.claim_id)
    assert twin["figures"][0]["comparisons"][0]["outcome"] == "within"
    assert twin["evidence"][0]["figure"]["low"] == "4.6"
    assert twin["origins"]["supporting"] == {"links": 1, "origins": 1, "primary": 1}
    assert twin["content_sha256"] in checker.read(desk.path).text


def test_the_history_tells_who_changed_what(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    attach(desk, checker, quote="Before.")
    edit = f"/evidence/{desk.first(Evidence)}/edit"
    checker.fill(edit, "quote", quote="After.")
    page = checker.read(f"{desk.path}/history").text
    assert "Before." in page
    assert "After." in page
    assert "li.wei" in page


def test_every_page_has_unique_identifiers_and_both_languages(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    submitted(desk, checker)
    item, chinese = desk.first(Evidence), desk.person("wang.fang", "zh")
    checker.fill(desk.path, "body", body="By revenue?")
    for path in (
        "",
        "/history",
        "/evidence/new",
        "/assessment",
        "/contests/new",
        "/submit",
        "/sign-off",
        "/drop",
    ):
        page = chinese.read(desk.path + path)
        assert len(page.ids) == len(set(page.ids)), path
    assert 'lang="zh-Hans"' in chinese.get(desk.path).text
    page = reviewer.read(f"/evidence/{item}/edit")
    assert len(page.ids) == len(set(page.ids))


def statements(database: Database, person: Person, path: str) -> int:
    """Count what the database is asked while a page is answered."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        assert person.get(path).status_code == 200
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.fixture
def crowded(desk: Desk) -> uuid.UUID:
    """Give a claim with many figures and items of evidence."""
    with desk.database.writing("system:test") as session:
        claim = a_claim(session, figures=4)
        for place in range(12):
            source = a_source(session)
            item = Evidence(
                claim=claim,
                number=place + 1,
                source=source,
                stance="supports",
                quote="x",
                created_by="editor:li.wei",
            )
            item.figure = Figure(
                number=1, stated_text="x", role="value", created_by="editor:li.wei"
            )
            session.add(item)
            session.add(Comment(claim=claim, body="x", created_by="editor:li.wei"))
        session.flush()
        found = claim.id
    return found


def test_a_crowded_claim_costs_no_more_statements_than_a_bare_one(
    desk: Desk, checker: Person, crowded: uuid.UUID
) -> None:
    attach(desk, checker, figure="5%")
    few = statements(desk.database, checker, desk.path)
    many = statements(desk.database, checker, f"/claims/{crowded}")
    assert many <= few <= 32
