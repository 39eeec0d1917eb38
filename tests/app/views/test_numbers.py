"""The page of numbers: what is open, dismissed and claimed, and how it changes."""

import re
import uuid

from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from claims.models import QuantityMention
from tests.app.views.test_triage import article
from tests.app.views.visit import Visit


def open_numbers(database: Database) -> list[str]:
    with database.reading() as session:
        rows = select(QuantityMention.id).where(QuantityMention.dismissed_as.is_(None))
        return [str(key) for key in session.scalars(rows)]


def test_numbers_are_dismissed_together_and_opened_again(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    page = visit.get(f"/articles/{key}/numbers").text
    assert re.search(r"0 of \d+ numbers accounted for", page)
    assert "in proposal" in page
    chosen = open_numbers(database)[:3]
    visit.post(f"/articles/{key}/numbers/dismiss", mentions=chosen, reason="idiom", note="说法")
    page = visit.get(f"/articles/{key}/numbers?view=dismissed").text
    assert page.count("说法") == 3
    with database.reading() as session:
        version = session.get_one(QuantityMention, uuid.UUID(chosen[0])).version
    visit.post(f"/articles/{key}/numbers/{chosen[0]}/reopen", version=version)
    assert visit.get(f"/articles/{key}/numbers?view=dismissed").text.count("说法") == 2
    visit.post(f"/articles/{key}/numbers/undo")
    visit.post(f"/articles/{key}/numbers/undo")
    assert "No number was dismissed." in visit.get(f"/articles/{key}/numbers?view=dismissed").text


def test_nothing_chosen_and_what_is_done_already_are_told(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    answer = visit.post(f"/articles/{key}/numbers/dismiss", 409, reason="idiom")
    assert "accounted for already" in answer.text
    visit.post(f"/articles/{key}/numbers/dismiss", 422, mentions=open_numbers(database)[:1])


def test_claimed_numbers_link_to_their_claims(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    visit.post(f"/articles/{key}/intake/accept-all")
    page = visit.get(f"/articles/{key}/numbers?view=claimed").text
    assert "C-01" in page
    reading_view = visit.get(f"/articles/{key}").text
    assert "data-next-number" in reading_view
    assert f"/articles/{key}/numbers" in reading_view


def test_an_auditor_dismisses_nothing(database: Database) -> None:
    key = article(database)
    visit = Visit(database, Role.AUDITOR)
    assert '<form method="post" action="/articles' not in visit.get(f"/articles/{key}/numbers").text
    visit.post(f"/articles/{key}/numbers/dismiss", 403, reason="idiom")
