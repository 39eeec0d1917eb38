"""An issue fixes a content once: the same state answers with it, another one replaces it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.appendix_issue import issuing
from app.db import Database
from app.ledger.tables import EVENT, options
from app.ledger.verify import verify
from claims.appendix.commitments import root_of
from claims.errors import Conflict, Missing, Refused
from claims.models import Appendix, Claim
from claims.new_version import add_version
from claims.policy import current_policy
from claims.text import read_text
from claims.vocabulary import Profile
from sources.citation_styles import Style
from sources.store import Store
from tests.app.appendix_issue.newsdesk import BY, Newsdesk, killed
from tests.claims import newsroom

PEOPLE = 4


def acts(database: Database, op: str) -> int:
    with database.reading() as session:
        query = select(func.count()).select_from(EVENT).where(EVENT.c.op == op)
        return session.scalar(query, execution_options=options(session)) or 0


def test_an_issue_has_a_number_its_document_and_its_act_in_a_ledger_that_is_whole(
    database: Database,
) -> None:
    desk = Newsdesk(database)
    assert (desk.issue().number, desk.issue(language="en").number) == (1, 2)
    row, document = desk.row(1), desk.document(1)
    assert document.integrity is not None
    plain = document.as_dict()
    assert root_of(plain["content"], plain["salts"]).hex() == row.root_sha256
    assert plain["issue"]["ledger_position"] == row.ledger_position
    assert [one["number"] for one in document.integrity.claims] == desk.numbers()
    values = document.integrity.act["values"]
    assert values["n.root"]["value"] == f'"{row.root_sha256}"'
    assert values["n.shown_sha256"]["value"] == f'"{document.shown_sha256}"'
    assert acts(database, "appendix") == 2
    assert verify(database).findings == []


def test_where_nothing_has_changed_it_is_the_same_issue(database: Database) -> None:
    desk = Newsdesk(database)
    first = desk.issue()
    again = desk.issue("editor:zhang.min")
    assert (again.key, again.is_new) == (first.key, False)
    assert acts(database, "appendix") == 1
    assert [desk.issue(style=Style.APA).number for _ in range(2)] == [2, 2]
    desk.reword(desk.numbers()[0], "Something else.")
    assert desk.issue().number == 3
    assert desk.document(3).issue.replaces is not None


def test_it_says_in_which_claims_it_differs_from_the_one_it_replaces(
    sqlite_database: Database,
) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    one, two, three = desk.numbers()
    desk.issue(language="en")
    desk.reword(two, "The share was 6 %.")
    with sqlite_database.writing(BY) as session:
        article = session.scalars(select(Claim)).first().article  # type: ignore[union-attr]
        newsroom.a_submitted_claim(session, article=article)
    added = set(desk.numbers()) - {one, two, three}
    desk.issue()
    replaces = desk.document(3).issue.replaces
    assert replaces is not None
    assert (replaces.number, replaces.changed) == (1, [two])
    assert (set(replaces.added), replaces.removed) == (added, [])
    assert desk.row(3).replaces_id == desk.row(1).id
    assert desk.row(2).replaces_id is None


def test_an_older_version_and_an_earlier_state_can_be_issued(database: Database) -> None:
    desk = Newsdesk(database)
    desk.issue()
    position = desk.row(1).ledger_position
    desk.reword(desk.numbers()[0], "The share was 6 %.")
    with database.writing(BY) as session:
        article = session.scalars(select(Claim)).first().article  # type: ignore[union-attr]
        add_version(session, article, read_text("2025 年的份额为 7%。"), by=BY)
    assert desk.issue(version=1).number == 2
    assert desk.document(2).head["version"]["number"] == 1
    assert desk.issue(as_of=str(position)).number == 3
    assert desk.document(3).as_dict()["content"] == desk.document(1).as_dict()["content"]
    assert desk.row(3).ledger_position == position
    assert desk.issue().number == 4
    assert desk.document(4).head["version"]["number"] == 2
    with pytest.raises(Missing):
        desk.issue(version=3)
    with pytest.raises(Missing):
        desk.issue(as_of="999999")


def test_people_who_issue_at_once_get_numbers_of_their_own_or_the_same_issue(
    database: Database,
) -> None:
    desk = Newsdesk(database)
    asked: list[dict[str, Any]] = [{}, {"language": "en"}, {"profile": Profile.PUBLIC}, {}]
    with ThreadPoolExecutor(PEOPLE) as pool:
        found = list(pool.map(lambda one: desk.issue(**one), asked))
    assert found[0].key == found[3].key
    assert sorted({one.number for one in found}) == [1, 2, 3]
    with database.reading() as session:
        assert sorted(session.scalars(select(Appendix.number))) == [1, 2, 3]
    assert verify(database).findings == []


def test_what_was_not_previewed_is_not_issued(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    seen = desk.row(1).root_sha256
    desk.reword(desk.numbers()[0], "Something else.")
    with pytest.raises(Conflict, match="has changed since"):
        issuing.issue(sqlite_database, desk.store, desk.wish(), by=BY, seen=seen)


def test_a_ledger_that_must_not_be_signed_issues_nothing(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    desk.reword(desk.numbers()[0], "Something else.")
    sqlite_database.signer.state_file.write_text("somebody else's", encoding="ascii")
    with pytest.raises(Conflict, match="nothing is issued"):
        desk.issue()
    with sqlite_database.reading() as session:
        assert list(session.scalars(select(Appendix.number))) == [1]


def test_a_policy_may_forbid_what_nobody_signed_to_go_out_to_the_public(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Newsdesk(sqlite_database)
    assert desk.issue(profile=Profile.PUBLIC).number == 1
    strict = replace(current_policy(), public_unsigned=False)
    monkeypatch.setattr(issuing, "current_policy", lambda: strict)
    with pytest.raises(Refused, match=f"C-{desk.numbers()[0]:02d}"):
        desk.issue(profile=Profile.PUBLIC, language="en")
    assert desk.issue(profile=Profile.LEGAL).number == 2


@pytest.mark.parametrize("step", ["_proven", "_entered"])
def test_killed_in_the_middle_it_leaves_nothing_half_and_can_be_repeated(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """T-FAULT: a process killed while it issues."""
    desk = Newsdesk(sqlite_database)
    with killed(monkeypatch, issuing, step):
        desk.issue()
    with sqlite_database.reading() as session:
        assert session.scalars(select(Appendix)).all() == []
    assert desk.issue().number == 1
    assert verify(sqlite_database).findings == []
    assert list(Store(sqlite_database.settings.store).root.glob(".tmp-*")) == []
