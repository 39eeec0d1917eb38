"""A draft is its person's own, is replaced and not piled up, and goes with its form."""

import uuid

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.accounts import drafts
from app.accounts.drafts import Kept, Key
from app.accounts.models import Account, Draft
from app.db import Database
from app.once.asked import row_of
from app.once.models import FormReceipt
from claims.errors import Missing, TooLarge
from sources.base import now
from tests.app.claim_desk import Desk

KEY = Key("assessment", "claims.1.assessment")


def account(session: Session, name: str = "li.wei") -> uuid.UUID:
    found: uuid.UUID = session.scalars(select(Account.id).where(Account.name == name)).one()
    return found


def keep(desk: Desk, reasoning: str, receipt: str = "r", name: str = "li.wei") -> None:
    with desk.database.writing("editor:li.wei") as session:
        drafts.keep(session, account(session, name), KEY, {"reasoning": [reasoning]}, receipt)


def kept(desk: Desk, name: str = "li.wei") -> Kept | None:
    with desk.database.reading() as session:
        return drafts.read(session, account(session, name), KEY)


def waiting(desk: Desk) -> set[Key]:
    with desk.database.reading() as session:
        return drafts.listed(session, account(session))


def test_what_is_typed_replaces_what_was_typed_and_is_nobody_elses(any_desk: Desk) -> None:
    """T-ROLE: a draft is found by its account, whatever its form is called."""
    keep(any_desk, "half a")
    keep(any_desk, "half a sentence")
    found = kept(any_desk)
    assert found is not None
    assert found.fields == {"reasoning": ["half a sentence"]}
    assert kept(any_desk, "zhang.min") is None
    with any_desk.database.writing("editor:li.wei") as session:
        drafts.discard(session, account(session), KEY)
    assert kept(any_desk) is None


def test_a_draft_that_arrives_after_its_form_was_taken_in_is_none(any_desk: Desk) -> None:
    keep(any_desk, "late", receipt="taken")
    assert waiting(any_desk) == {KEY}
    with any_desk.database.writing("editor:li.wei") as session:
        session.add(
            FormReceipt(
                key=row_of(str(account(session)), "taken"), actor="a", path="/", received_at=now()
            )
        )
    assert waiting(any_desk) == set()


def test_drafts_leave_no_trace_in_the_ledger(any_desk: Desk) -> None:
    def entries(database: Database) -> int:
        table = "ledger_event" if database.is_sqlite else "ledger.ledger_event"
        with database.reading() as session:
            return session.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608

    before = entries(any_desk.database)
    keep(any_desk, "secret")
    keep(any_desk, "more of it")
    assert entries(any_desk.database) == before


def test_a_draft_goes_with_its_account(any_desk: Desk) -> None:
    keep(any_desk, "half")
    with any_desk.database.migrating("system:test") as connection:
        # Accounts are never deleted; the rule stands for whoever does it from outside.
        foreign = Draft.__table__.foreign_keys
        assert {key.ondelete for key in foreign} == {"CASCADE"}
        assert connection.scalar(select(func.count()).select_from(Draft)) == 1


def test_a_draft_is_limited_and_the_oldest_give_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TooLarge):
        keep(desk, "x" * drafts.LARGEST)
    monkeypatch.setattr(drafts, "MOST", 2)
    with desk.database.writing("editor:li.wei") as session:
        for number in range(4):
            drafts.keep(session, account(session), Key("claim", f"c{number}"), {}, None)
    assert waiting(desk) == {Key("claim", "c2"), Key("claim", "c3")}


@pytest.mark.parametrize("text", ["", "a", "A/b", "a/b/c", "a/" + "b" * 201, "a/b c", "../x"])
def test_what_no_form_can_be_called_is_no_key(text: str) -> None:
    assert drafts.key_of(text) is None
    with pytest.raises(Missing):
        drafts.known_key(text, "")
