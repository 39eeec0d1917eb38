"""The page of the contested register and its two twins."""

import csv
import io

import pytest

from app.db import Database
from claims.contests import Dispute, raise_contest
from claims.vocabulary import ContestReason, Side
from tests.app.views.visit import Visit
from tests.claims import newsroom


def contest(database: Database, statement: str = "公司否认。", party: str = "长江存储") -> None:
    with database.writing("editor:zhang.min") as session:
        dispute = Dispute(
            reason=ContestReason.PARTY_DENIES,
            side=Side.SUBJECT,
            party={"zh": party},
            statement={"zh": statement},
            blocking=True,
        )
        raise_contest(session, newsroom.a_claim(session), dispute, by="editor:zhang.min")


def test_a_contest_is_shown_with_side_reason_and_what_it_blocks(database: Database) -> None:
    contest(database)
    page = Visit(database).get("/contested").text
    for shown in ("长江存储", "A party denies it", "公司否认。", "blocks sign-off"):
        assert shown in page


def test_its_json_twin_has_the_same_contest(database: Database) -> None:
    contest(database)
    found = Visit(database).get("/contested.json?blocking=1").json
    assert found is not None
    assert [row["reason"] for row in found["contests"]] == ["party_denies"]


def test_a_cell_that_begins_a_formula_is_defused_in_csv(sqlite_database: Database) -> None:
    """form-18: a cell is text."""
    contest(sqlite_database, statement='=HYPERLINK("http://evil")', party="@SUM(1)")
    answer = Visit(sqlite_database).get("/contested.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    header, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    cells = dict(zip(header, row, strict=True))
    assert cells["What is disputed"].startswith("'=")
    assert cells["Party"].startswith("'@")


@pytest.mark.parametrize("asked", ["reason=x", "side=x", "state=x", "cursor=x"])
def test_an_unknown_word_in_the_address_is_refused(sqlite_database: Database, asked: str) -> None:
    Visit(sqlite_database).get(f"/contested?{asked}", 422)


def test_an_empty_register_says_so(sqlite_database: Database) -> None:
    assert "No contest meets these filters." in Visit(sqlite_database).get("/contested").text
