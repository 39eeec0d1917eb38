"""The next version of an article through its pages: taken in, looked at, answered."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.ledger.verify import verify
from claims.intake import add_article
from claims.models import Claim, ClaimAnchor, Figure
from claims.text import read_text
from claims.triage import accept_all
from claims.vocabulary import AnchorState
from tests.app.views.visit import Visit
from tests.claims.newsroom import CHECKER

TEXT = """港口年报

临海市港务局说，全港去年吞吐量达到1.26亿吨，比上一年增长8.4%。

三家航运公司的负责人告诉记者，每个航次因此多付12万元至18万元。

医院的记录里，因哮喘就诊的儿童从每月40多例增加到60余例。
"""
CHANGED = TEXT.replace("8.4%", "8.7%").replace("因哮喘就诊的儿童", "患哮喘的儿童")


def an_article(database: Database) -> str:
    with database.writing(CHECKER) as session:
        made = add_article(
            session,
            read_text(TEXT),
            title="Harbour report",
            language="zh-Hans",
            published="2026-02-01",
            file_name=None,
            by=CHECKER,
        )
        accept_all(session, made.versions[0], by=CHECKER)
        return made.key


def anchors(database: Database) -> dict[AnchorState, int]:
    with database.reading() as session:
        rows = session.scalars(
            select(ClaimAnchor.state).where(ClaimAnchor.created_by != CHECKER)
        ).all()
    return {state: rows.count(state) for state in set(rows)}


def test_a_new_version_is_taken_in_and_its_changes_are_shown_first(database: Database) -> None:
    key, visit = an_article(database), Visit(database)
    answer = visit.post(f"/articles/{key}/versions/new", way="paste", text=CHANGED, seen="1")
    assert answer.headers["Location"].endswith(f"/articles/{key}/v/2")

    page = visit.get(f"/articles/{key}/v/2").text
    assert page.index("Figure changed") < page.index("Reworded")
    assert anchors(database)[AnchorState.FIGURE_CHANGED] >= 1


def test_all_with_the_same_figures_are_confirmed_in_one_act(database: Database) -> None:
    key, visit = an_article(database), Visit(database)
    visit.post(f"/articles/{key}/versions/new", way="paste", text=CHANGED, seen="1")
    visit.post(f"/articles/{key}/v/2/confirm")

    with database.reading() as session:
        waiting = session.scalars(
            select(ClaimAnchor.state).where(
                ClaimAnchor.state != AnchorState.EXACT, ClaimAnchor.confirmed_by.is_(None)
            )
        ).all()
    assert set(waiting) == {AnchorState.FIGURE_CHANGED}
    assert visit.client.post(f"/articles/{key}/v/2/confirm").status_code == 409


def test_the_new_figure_is_taken_over_and_is_to_be_checked(database: Database) -> None:
    key, visit = an_article(database), Visit(database)
    visit.post(f"/articles/{key}/versions/new", way="paste", text=CHANGED, seen="1")
    with database.reading() as session:
        claim = session.scalars(
            select(Claim.id)
            .join(ClaimAnchor)
            .where(ClaimAnchor.state == AnchorState.FIGURE_CHANGED)
        ).first()
    visit.post(f"/articles/{key}/v/2/adopt", claim=str(claim))

    with database.reading() as session:
        rows = session.scalars(select(Figure).where(Figure.claim_id == claim)).all()
        assert Decimal("8.7") in {row.low for row in rows}
        assert all(row.mention_id is not None for row in rows)
    database.seal()
    assert verify(database).findings == []


@pytest.mark.parametrize(("text", "status"), [(TEXT, 422), ("", 422)])
def test_an_unchanged_or_empty_text_is_refused(
    sqlite_database: Database, text: str, status: int
) -> None:
    key, visit = an_article(sqlite_database), Visit(sqlite_database)
    path = f"/articles/{key}/versions/new"

    answer = visit.client.post(path, data={"way": "paste", "text": text, "seen": "1"})
    assert answer.status_code == status


def test_two_people_do_not_store_over_each_other(sqlite_database: Database) -> None:
    key, visit = an_article(sqlite_database), Visit(sqlite_database)
    visit.post(f"/articles/{key}/versions/new", way="paste", text=CHANGED, seen="1")
    late = {"way": "paste", "text": TEXT + "\n又一句。", "seen": "1"}

    answer = visit.client.post(f"/articles/{key}/versions/new", data=late)
    assert answer.status_code == 409
    assert "又一句" in answer.text


def test_an_auditor_looks_and_confirms_nothing(sqlite_database: Database) -> None:
    key, checker = an_article(sqlite_database), Visit(sqlite_database)
    checker.post(f"/articles/{key}/versions/new", way="paste", text=CHANGED, seen="1")
    visit = Visit(sqlite_database, role=Role.AUDITOR, language="zh")

    assert "/confirm" not in visit.get(f"/articles/{key}/v/2").text
    assert visit.client.post(f"/articles/{key}/v/2/confirm").status_code == 403


def test_a_version_that_is_not_there_is_missing(sqlite_database: Database) -> None:
    key, visit = an_article(sqlite_database), Visit(sqlite_database)

    assert visit.client.get(f"/articles/{key}/v/7").status_code == 404
