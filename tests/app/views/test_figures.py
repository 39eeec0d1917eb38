"""The figures of the house on their pages: searched, set apart, remembered."""

from decimal import Decimal

from app.accounts.roles import Role
from app.db import Database
from tests.app.views.visit import Visit
from tests.claims import newsroom
from tests.claims.test_house import SAMSUNG

TWENTY_ONE = {"stated_text": "21%", "low": Decimal(21), "high": Decimal(21), "stated_decimals": 0}


def two_claims(database: Database) -> tuple[str, str, str]:
    """The page of a claim, and the identifiers of its figure and of one that contradicts it."""
    with database.writing(newsroom.CHECKER) as session:
        made = []
        for facts in (SAMSUNG, {**SAMSUNG, **TWENTY_ONE}):
            claim = newsroom.a_claim(session, figures=0)
            made.append(newsroom.a_figure(claim, 1, **facts))
            session.add(made[-1])
        session.flush()
        return f"/claims/{made[0].claim_id}", str(made[0].id), str(made[1].id)


def test_a_contradiction_is_shown_answered_and_remembered(database: Database) -> None:
    page, figure, other = two_claims(database)
    visit = Visit(database)
    shown = visit.get(page).text
    assert "Printed by us before" in shown
    assert "Both cannot be right." in shown

    path = f"/figures/{figure}/against/{other}"
    assert visit.client.post(path, data={"outcome": "revision", "note": ""}).status_code == 422
    answer = visit.post(path, outcome="revision", note="revised in March")
    assert answer.headers["Location"].endswith("#house")

    shown = visit.get(page).text
    assert "Both cannot be right." not in shown
    assert "The source revised its figure" in shown
    assert "revised in March" in shown


def test_figures_are_searched_by_subject_and_measure(sqlite_database: Database) -> None:
    two_claims(sqlite_database)
    visit = Visit(sqlite_database, language="zh")

    assert "21" in visit.get("/figures?q=三星").text
    assert "本刊没有这方面的数据" in visit.get("/figures?q=没有的东西").text


def test_an_auditor_reads_and_answers_nothing(sqlite_database: Database) -> None:
    _, figure, other = two_claims(sqlite_database)
    visit = Visit(sqlite_database, role=Role.AUDITOR)

    assert visit.client.get("/figures").status_code == 200
    assert visit.client.get(f"/figures/{figure}/against/{other}").status_code == 403


def test_an_unknown_figure_is_missing(sqlite_database: Database) -> None:
    _, figure, _other = two_claims(sqlite_database)
    unknown = "01900000-0000-7000-8000-000000000000"

    visit = Visit(sqlite_database)
    assert visit.client.get(f"/figures/{figure}/against/{unknown}").status_code == 404
