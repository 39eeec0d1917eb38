"""The timeline tells what happened in words, and the verification says what it found."""

import pytest
from sqlalchemy import text

from app import ledger_check
from app.accounts.roles import Role
from app.db import Database
from app.ledger import acts, history
from claims.models import Claim
from claims.status import VerificationStatus
from tests.app.jobs.deeds import work
from tests.app.views.visit import Visit
from tests.claims import newsroom


def changed_claim(database: Database) -> Claim:
    """Return a claim that was added and then refuted by an editor."""
    with database.writing("system:test", "request-1") as session:
        claim = newsroom.a_claim(session)
    with database.writing("editor:zhang.min", "request-2") as session:
        found = session.get_one(Claim, claim.id)
        found.verification_status = VerificationStatus.REFUTED
    database.seal()
    return claim


def test_a_change_is_told_with_its_thing_its_fields_and_its_actor(database: Database) -> None:
    claim = changed_claim(database)
    page = Visit(database).get("/audit").text
    assert f"C-{claim.number:02d}: verification status Refuted" in page
    assert "zhang.min" in page
    assert "<del>" in page
    assert "Unchecked" in page


def test_filters_show_one_objects_history_or_one_actors(database: Database) -> None:
    claim = changed_claim(database)
    visit = Visit(database)
    one = visit.get(f"/audit.json?table=claim&pk={claim.id}").json
    assert one is not None
    assert [entry["op"] for entry in one["entries"]] == ["U", "I"]
    theirs = visit.get("/audit.json?actor=zhang.min").json
    assert theirs is not None
    assert {entry["actor"] for entry in theirs["entries"]} == {"editor:zhang.min"}
    assert "No entry meets these filters." in visit.get("/audit?actor=nobody").text


def test_pages_go_back_to_the_first_entry_without_a_gap(sqlite_database: Database) -> None:
    with sqlite_database.writing("system:test") as session:
        for _ in range(40):
            newsroom.a_claim(session)
    visit = Visit(sqlite_database)
    seen: list[int] = []
    link = "/audit.json"
    while link:
        found = visit.get(link).json
        assert found is not None
        seen += [entry["eid"] for entry in found["entries"]]
        link = found["next"]
    assert seen == list(range(max(seen), 0, -1))


def test_an_entry_has_its_own_page_with_both_images_and_its_leaf(database: Database) -> None:
    claim = changed_claim(database)
    with database.reading() as session:
        entry = history.entries(session, table="claim", pk=str(claim.id))[0]
    visit = Visit(database)
    page = visit.get(f"/audit/{entry.eid}").text
    assert "request-2" in page
    assert "through the application" in page
    assert f"leaf {entry.seq} of" in page
    visit.get("/audit/999999", 404)


def test_migrations_are_listed_with_file_hash_and_fingerprints(database: Database) -> None:
    page = Visit(database).get("/audit/migrations").text
    assert "0001_ledger" in page
    assert "sha256" in page
    assert "Fingerprint after" in page
    assert "schema" in Visit(database, Role.ADMIN).get("/audit?kind=migration").text


def test_an_act_and_an_export_are_told_too(sqlite_database: Database) -> None:
    with sqlite_database.writing("editor:zhang.min") as session:
        article = newsroom.an_article(session)
        acts.record(session, "export", "article", str(article.id), "X", {"number": 3})
        acts.record(session, "export", "ledger", "all.zip", "X", {"events": "all"})
        acts.record(session, "act", "account", "zhang.min", "sign_in", {})
        acts.record(session, "act", "contact", "key", "rotate", {"contacts": 1})
    visit = Visit(sqlite_database)
    page = visit.get("/audit").text
    assert "Appendix 3 exported: Article Ten years" in page
    assert "File exported" in page
    assert "Signed in" in page
    assert "Key rotated" in page
    assert "file of the ledger, all.zip" in visit.get("/audit/questions/exports").text


def test_a_whole_ledger_is_said_to_hold_and_the_look_is_recorded(database: Database) -> None:
    changed_claim(database)
    visit = Visit(database, Role.AUDITOR)
    assert visit.post("/audit/verify").headers["Location"] == "/audit/verify"
    page = visit.get("/audit/verify").text
    assert "The newest verification" in page
    assert "Verify again" not in page
    assert "The ledger holds" not in page
    work(database)
    for reader in (visit, Visit(database, Role.ADMIN)):
        page = reader.get("/audit/verify").text
        assert "The ledger holds" in page
        assert "Verify again" in page
        assert "The newest verification" not in page
        assert "What a verification proves" in page
    database.seal()
    told = visit.get("/audit/verify.json").json
    assert told is not None
    assert told["under_way"] is None
    assert told["last"]["new"]["findings"] == 0
    assert told["last"]["sealed_since"] > 0
    assert "Ledger verified" in visit.get("/audit?kind=act").text


def test_looking_at_the_page_alone_verifies_nothing(sqlite_database: Database) -> None:
    page = Visit(sqlite_database).get("/audit/verify").text
    assert "What a verification proves" in page
    assert "The ledger holds" not in page
    work(sqlite_database)
    with sqlite_database.reading() as session:
        assert ledger_check.last(session) is None


def test_a_row_changed_past_the_program_is_found_and_named(sqlite_database: Database) -> None:
    claim = changed_claim(sqlite_database)
    visit = Visit(sqlite_database)
    with sqlite_database.engine.connect() as connection:
        connection.execution_options(desk_writing=True)
        trigger = "ledger_claim_update"
        (ddl,) = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": trigger}
        ).one()
        connection.commit()
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text('UPDATE claim SET statement = \'{"zh":"6%"}\''))
        connection.exec_driver_sql(ddl)
        connection.commit()
    visit.post("/audit/verify")
    work(sqlite_database)
    page = visit.get("/audit/verify").text
    assert "The ledger does not hold" in page
    assert "LIVE_DIFF" in page
    assert str(claim.id) in page


@pytest.mark.parametrize("asked", ["kind=secret", "cursor=x", "cursor=WzFd.x"])
def test_a_forged_address_is_refused(sqlite_database: Database, asked: str) -> None:
    Visit(sqlite_database).get(f"/audit?{asked}", 422)


def test_a_stranger_sees_nothing_of_it(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    visit.client.delete_cookie("desk_session")
    for path in ("/audit", "/audit/1", "/audit/migrations", "/audit/verify"):
        assert visit.get(path, 303).headers["Location"].startswith("/sign-in")
    assert visit.get("/audit.json", 401).mimetype == "application/json"


def test_a_timeline_of_the_past_ends_there_with_the_counts_of_its_day(database: Database) -> None:
    claim = changed_claim(database)
    with database.reading() as session:
        entry = history.entries(session, table="claim", pk=str(claim.id))[0]
    assert entry.seq is not None
    visit = Visit(database, Role.AUDITOR)
    then = visit.get(f"/audit.json?at={entry.seq}").json
    later = visit.get(f"/audit.json?at={entry.seq + 1}").json
    assert then is not None
    assert later is not None
    assert (then["counts"], later["counts"]) == ({"unchecked": 1}, {"refuted": 1})
    assert then["entries"][0]["seq"] == entry.seq - 1
    page = visit.get(f"/audit?at={entry.seq}").text
    assert "The list ends there." in page
    assert "列表到此为止" in Visit(database, Role.ADMIN, "zh").get(f"/audit?at={entry.seq}").text


def test_words_periods_articles_and_claims_narrow_the_timeline(database: Database) -> None:
    claim = changed_claim(database)
    with database.reading() as session:
        article = session.get_one(Claim, claim.id).article.key
    visit = Visit(database)
    for query, tables in (
        (f"claim={article}/{claim.number}", {"claim", "figure"}),
        (f"article={article}&kind=data", {"article", "claim", "figure"}),
        ("q=The share was 5", {"claim"}),
        ("q=no such words", set()),
        ("since=2999-01-01", set()),
        ("until=1999-01-01", set()),
    ):
        found = visit.get(f"/audit.json?{query}").json
        assert found is not None
        assert {entry["table"] for entry in found["entries"]} == tables, query


def test_an_auditor_reads_everything_and_puts_nothing_back(sqlite_database: Database) -> None:
    changed_claim(sqlite_database)
    visit = Visit(sqlite_database, Role.AUDITOR)
    assert "/restore" not in visit.get("/audit/1").text
    visit.get("/audit/1/restore", 403)
    visit.post("/audit/1/restore", 403)
