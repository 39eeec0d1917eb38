"""The saved questions answer what an auditor asks, as page, JSON and CSV."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import text

from app.accounts.roles import Role
from app.db import Database
from app.ledger import acts
from app.questions import QUESTIONS
from claims.evidence import withdraw_evidence
from claims.material import material_sha256
from claims.models import Article, Claim
from claims.queries.claims import claim_with_all
from claims.sign_offs import sign
from claims.status import VerificationStatus
from claims.workflow import submit
from tests.app.browser import PASSWORD
from tests.app.claim_desk import Desk, submitted
from tests.app.views.visit import Visit
from tests.claims import newsroom


def answers(auditor: Visit, name: str, query: str = "") -> list[dict[str, Any]]:
    auditor.database.seal()
    found = auditor.get(f"/audit/questions/{name}.json{query}").json
    assert found is not None
    listed: list[dict[str, Any]] = found["answers"]
    return listed


def with_text(desk: Desk) -> str:
    """Give the desk's article a version, and return the article's key."""
    with desk.database.writing("system:test") as session:
        article = desk.claim(session).article
        session.add(newsroom.a_version(article, 1, "2024 年的份额为 5%。"))
        return article.key


def test_every_question_has_a_page_and_an_answer_in_every_form(database: Database) -> None:
    with database.writing("editor:li.wei") as session:
        newsroom.a_submitted_claim(session)
    visit = Visit(database, Role.AUDITOR)
    index = visit.get("/audit/questions").text
    assert len(QUESTIONS) >= 8
    for name, question in QUESTIONS.items():
        assert f"/audit/questions/{name}" in index
        assert question.title["en"] in visit.get(f"/audit/questions/{name}").text
        for ending in ("json", "csv"):
            visit.get(f"/audit/questions/{name}.{ending}?since=1&until=5&actor=li.wei")
    visit.get("/audit/questions/whatever", 404)
    assert question.title["zh"] in Visit(database, Role.AUDITOR, "zh").get("/audit/questions").text


def test_what_changed_after_publication_is_listed_and_what_changed_before_is_not(
    any_desk: Desk,
) -> None:
    database, key = any_desk.database, with_text(any_desk)
    auditor, checker = Visit(database, Role.AUDITOR), any_desk.person("li.wei")
    submitted(any_desk, checker)
    assert answers(auditor, "changed-after-publication") == []
    issued = checker.fill(f"/articles/{key}/appendix", "formats", formats=["json"])
    assert issued.status_code == 303
    assert answers(auditor, "changed-after-publication") == []
    with database.writing("editor:zhang.min") as session:
        claim = claim_with_all(session, any_desk.claim_id)
        newsroom.assessed(session, claim, VerificationStatus.REFUTED)
    found = answers(auditor, "changed-after-publication", f"?article={key}")
    assert {answer["table"] for answer in found} == {"claim", "figure"}
    assert any("verification_status" in answer["said"]["en"] for answer in found)
    assert answers(auditor, "changed-after-publication", "?actor=li.wei") == []


def test_an_appendix_issued_with_unsigned_claims_is_named(any_desk: Desk) -> None:
    key, checker = with_text(any_desk), any_desk.person("li.wei")
    auditor = Visit(any_desk.database, Role.AUDITOR)
    submitted(any_desk, checker)
    with any_desk.database.reading() as session:
        number = any_desk.claim(session).number
    checker.fill(f"/articles/{key}/appendix", "formats", formats=["json"])
    assert answers(auditor, "exports") == []
    checker.get(f"/articles/{key}/appendix/1/json")
    (found,) = answers(auditor, "issued-unreviewed")
    assert f"C-{number:02d}" in found["said"]["en"]
    (exported,) = answers(auditor, "exports")
    assert "appendix 1 (json)" in exported["said"]["en"]


def test_a_signature_under_ones_own_work_is_found(database: Database) -> None:
    with database.writing("editor:li.wei") as session:
        claim = newsroom.a_submitted_claim(session)
        claim_id = claim.id
    sign = (
        "INSERT INTO sign_off"
        " (id, claim_id, decision, level, content_sha256, created_at, created_by)"
        " SELECT :id, claim.id, 'signed', 2, :sha, claim.created_at, :by"
        " FROM claim WHERE id = :claim"
    )
    key = claim_id if not database.is_sqlite else str(claim_id)
    with database.writing("editor:zhang.min") as session:
        values = {"id": "01900000-0000-7000-8000-000000000001", "claim": key}
        session.execute(text(sign), {**values, "sha": "1" * 64, "by": "editor:zhang.min"})
    auditor = Visit(database, Role.AUDITOR)
    assert answers(auditor, "signed-own-work") == []
    with database.writing("editor:zhang.min") as session:
        session.get_one(Claim, claim_id).statement = {"en": "Touched by the signer."}
    with database.writing("editor:zhang.min") as session:
        values = {"id": "01900000-0000-7000-8000-000000000009", "claim": key}
        session.execute(text(sign), {**values, "sha": "9" * 64, "by": "editor:zhang.min"})
    (found,) = answers(auditor, "signed-own-work")
    assert found["actor"] == "editor:zhang.min"
    assert "had edited or assessed it before" in found["said"]["en"]


def test_having_only_submitted_a_claim_is_no_work_of_ones_own(database: Database) -> None:
    with database.writing("editor:li.wei") as session:
        claim_id = newsroom.a_claim(session).id
        claim = claim_with_all(session, claim_id)
        newsroom.attached(session, claim)
        newsroom.assessed(session, claim)
    with database.writing("editor:zhang.min") as session, newsroom.levels(session, 1):
        claim = claim_with_all(session, claim_id)
        submit(session, claim, by="editor:zhang.min")
        sign(session, claim, by="editor:zhang.min", seen_sha256=material_sha256(claim))
    assert answers(Visit(database, Role.AUDITOR), "signed-own-work") == []


def test_a_signature_that_did_not_last_is_found_with_the_change(any_desk: Desk) -> None:
    database = any_desk.database
    auditor = Visit(database, Role.AUDITOR)
    submitted(any_desk, any_desk.person("li.wei"))
    reviewer = any_desk.person("zhang.min")
    assert reviewer.fill(f"{any_desk.path}/sign-off", "answer", answer="sign").status_code == 303
    assert answers(auditor, "signatures-void") == []
    with database.writing("editor:wang.fang") as session:
        claim = claim_with_all(session, any_desk.claim_id)
        withdraw_evidence(session, claim.evidence[0], by="editor:wang.fang", reason="wrong file")
    (void,) = answers(auditor, "signatures-void")
    assert void["actor"] == "editor:wang.fang"
    assert "editor:zhang.min" in void["said"]["en"]
    (withdrawn,) = answers(auditor, "evidence-withdrawn")
    assert withdrawn["said"]["zh"] == "撤回：wrong file"


def test_a_change_from_a_shell_is_found(sqlite_database: Database) -> None:
    with sqlite_database.writing("editor:li.wei") as session:
        newsroom.an_article(session)
    with sqlite_database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("UPDATE article SET byline = 'x'")
        connection.commit()
    auditor = Visit(sqlite_database, Role.AUDITOR)
    assert [found["op"] for found in answers(auditor, "from-outside")] == ["U"]
    assert [found["op"] for found in answers(auditor, "unattributed")] == ["U"]


def test_reads_roles_deletions_and_lowered_statuses(sqlite_database: Database) -> None:
    with sqlite_database.writing("editor:li.wei") as session:
        claim = newsroom.a_claim(session, figures=2)
        newsroom.assessed(session, claim, lowered_to=VerificationStatus.CONFLICTING)
        acts.record(session, "read", "contact", "c1", "read", {})
    with sqlite_database.writing("editor:li.wei") as session:
        extra = newsroom.a_figure(session.get_one(Claim, claim.id), 7)
        session.add(extra)
        session.flush()
        session.delete(extra)
    auditor = Visit(sqlite_database, Role.AUDITOR)
    assert len(answers(auditor, "confidential-reads")) == 1
    assert len(answers(auditor, "removed")) == 1
    assert "lowered from supported to conflicting" in str(answers(auditor, "status-lowered"))
    assert answers(auditor, "roles-changed")
    assert PASSWORD not in str(answers(auditor, "roles-changed"))


def test_the_csv_runs_no_formula(sqlite_database: Database) -> None:
    with sqlite_database.writing("editor:li.wei") as session:
        claim = newsroom.a_claim(session)
        newsroom.attached(session, claim)
        withdraw_evidence(session, claim.evidence[0], by="editor:li.wei", reason="=HYPERLINK(1)")
        assert session.get(Article, claim.article_id)
    with sqlite_database.writing("=cmd|x") as session:
        acts.record(session, "read", "contact", "+1", "read", {})
    page = Visit(sqlite_database, Role.AUDITOR).get("/audit/questions/confidential-reads.csv")
    rows = list(csv.reader(io.StringIO(page.text.removeprefix("\ufeff"))))
    assert rows[0][0] == "entry"
    assert "'=cmd|x" in rows[1]
    assert "'+1" in rows[1]
    assert page.headers["Content-Disposition"].endswith('"confidential-reads.csv"')


@pytest.mark.parametrize("query", ["since=never", "article=nowhere"])
def test_what_is_no_period_or_article_is_refused(sqlite_database: Database, query: str) -> None:
    answer = Visit(sqlite_database).client.get(f"/audit/questions/exports?{query}")
    assert answer.status_code in {404, 422}
