"""Asking outside from the claim's page: the link shown once, its end, and accepting an answer."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.ledger import history
from claims.models import Answer, Claim, Contest, Evidence, Invitation
from claims.vocabulary import Stance
from tests.app.views.visit import Visit
from tests.claims.newsroom import CHECKER
from tests.claims.outside import answered, claims_in_text, invited

ASKED = {
    "name": "Prof. Wang",
    "side": "expert",
    "question": "Is this share right?",
    "days": "14",
    "language": "en",
    "show_title": "y",
}


@pytest.fixture
def claim_id(sqlite_database: Database) -> str:
    with sqlite_database.writing(CHECKER) as session:
        return str(claims_in_text(session)[0].id)


def ask(visit: Visit, claim_id: str, **typed: Any) -> str:
    """Open an invitation and return the path of its link."""
    page = visit.post(f"/claims/{claim_id}/invitations/new", 200, **ASKED, claims=claim_id, **typed)
    found = re.search(r"http://localhost(/answers/[\w-]+)", page.text)
    assert found is not None
    return found[1]


def test_the_link_is_shown_once_and_its_hash_is_kept(
    sqlite_database: Database, claim_id: str
) -> None:
    visit = Visit(sqlite_database)
    form = visit.get(f"/claims/{claim_id}/invitations/new").text
    assert re.search(rf'checked[^>]*value="{claim_id}"', form)
    link = ask(visit, claim_id)
    with sqlite_database.reading() as session:
        key = session.scalars(select(Invitation.id)).one()
    for path in (f"/claims/{claim_id}", f"/invitations/{key}", f"/claims/{claim_id}/history"):
        page = visit.get(path).text
        assert "Prof. Wang" in page
        assert link not in page
    assert "Waiting for an answer" in visit.get(f"/claims/{claim_id}").text
    assert "Nobody of the desk answers" in visit.get(link).text


def test_a_link_made_anew_ends_the_former_and_revoking_ends_both(
    sqlite_database: Database, claim_id: str
) -> None:
    visit = Visit(sqlite_database)
    former = ask(visit, claim_id)
    with sqlite_database.reading() as session:
        here = f"/invitations/{session.scalars(select(Invitation.id)).one()}"
    page = visit.post(f"{here}/link", 200, days="7", version="1").text
    found = re.search(r"/answers/[\w-]+", page)
    assert found is not None
    visit.get(former, 404)
    visit.get(found[0])
    visit.post(f"{here}/revoke", 409, version="1")
    visit.post(f"{here}/revoke", version="2")
    visit.get(found[0], 404)
    assert "Revoked" in visit.get(here).text
    visit.post(f"{here}/link", 409, days="7", version="3")


def test_the_form_sent_twice_asks_once(sqlite_database: Database, claim_id: str) -> None:
    visit = Visit(sqlite_database)
    link = ask(visit, claim_id, receipt="one")
    assert ask(visit, claim_id, receipt="one") == link
    visit.get(link)
    with sqlite_database.reading() as session:
        assert len(session.scalars(select(Invitation)).all()) == 1


@pytest.mark.parametrize("typed", [{"name": ""}, {"question": " "}, {"days": "9"}, {"claims": ""}])
def test_what_is_missing_is_said(
    sqlite_database: Database, claim_id: str, typed: dict[str, str]
) -> None:
    fields = {**ASKED, "claims": claim_id, **typed}
    page = Visit(sqlite_database).post(f"/claims/{claim_id}/invitations/new", 422, **fields)
    assert "Not saved yet" in page.text


@pytest.mark.parametrize("role", [Role.REPORTER, Role.APPROVER, Role.AUDITOR, Role.ADMIN])
def test_who_may_not_check_may_not_ask_outside(
    sqlite_database: Database, claim_id: str, role: Role
) -> None:
    visit = Visit(sqlite_database, role)
    visit.get(f"/claims/{claim_id}/invitations/new", 403)
    visit.post(f"/claims/{claim_id}/invitations/new", 403, **ASKED, claims=claim_id)
    assert "invitations/new" not in visit.get(f"/claims/{claim_id}").text


def test_an_answer_is_accepted_with_a_stance_and_its_contest_made_to_block(
    database: Database,
) -> None:
    with database.writing(CHECKER) as session:
        claim = claims_in_text(session)[0]
        answered(session, invited(session, claim).invitation, claim, link="https://example.org/")
        here = f"/claims/{claim.id}"
    visit = Visit(database)
    page = visit.get(here).text
    assert "waits to be accepted: does not count yet" in page
    with database.reading() as session:
        item = session.scalars(select(Evidence)).one()
        contest = session.scalars(select(Contest.id)).one()
    accept = f"/evidence/{item.id}/accept"
    assert "https://example.org/" in visit.get(accept).text
    visit.post(accept, 409, stance="qualifies", version="7")
    visit.post(accept, 303, stance="qualifies", version="1")
    visit.post(accept, 409, stance="refutes", version="2")
    visit.post(f"/contests/{contest}/block", 303, version="1")
    assert "blocks sign-off" in visit.get(here).text
    with database.reading() as session:
        row = session.scalars(select(Answer)).one()
        assert (row.accepted_by, row.evidence.stance) == (visit.actor, Stance.QUALIFIES)
        assert (
            session.scalars(select(Claim.stage).where(Claim.id == row.claim_id)).one() == "checking"
        )


def test_the_past_shows_who_was_asked_and_leads_nowhere(
    sqlite_database: Database, claim_id: str
) -> None:
    visit = Visit(sqlite_database)
    ask(visit, claim_id)
    with sqlite_database.reading() as session:
        here = f"/claims/{claim_id}?at={history.position(session)}"
    page = visit.get(here).text
    assert "Prof. Wang" in page
    assert "/invitations/" not in page
