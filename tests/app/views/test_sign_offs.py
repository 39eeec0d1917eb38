"""The work on one claim, over HTTP, from the first evidence to the signature and back."""

import io
import uuid

import pytest

from claims.models import Comment, Contest, Evidence, Finding
from claims.vocabulary import Severity, Stage
from sources.models import Snapshot
from tests.app.browser import Person
from tests.app.claim_desk import NEW_SOURCE, Desk, assess, attach, submitted


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
    """T-2P: nobody signs what they wrote or assessed."""
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
    """T-2P: by the pages, and the two who are party to it are refused."""
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
    """T-2P: by the page."""
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
    assert checker.send(form, receipt="another").status_code == 409
    assert "dealt with" in checker.read(desk.path).text


def test_a_finding_is_waived_with_a_reason(desk: Desk, checker: Person) -> None:
    with desk.database.writing("system:test") as session:
        session.add(
            Finding(
                claim_id=desk.claim_id,
                code="period_missing",
                severity=Severity.MANDATORY,
                message={"en": "No period is stated."},
                created_by="editor:wang.fang",
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
