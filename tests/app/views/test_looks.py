"""What a person sees and does when a source's page says something else by now."""

import csv
import io

import pytest
from sqlalchemy import select

from app.jobs.models import Job
from claims.models import Evidence, Finding, Observation
from claims.vocabulary import Watched
from sources.looks.models import WatchWish
from tests.app.browser import Person, the_json
from tests.app.claim_desk import Desk, attach
from tests.claims.watching.pages import NEW, OLD, seen


@pytest.fixture
def changed(desk: Desk, checker: Person) -> Desk:
    """A desk whose claim rests on a page that gives another figure now."""
    assert attach(desk, checker, figure="5.0 %", period="2024") == 303
    look_again(desk)
    return desk


def look_again(desk: Desk, outcome: Watched = Watched.FIGURE_CHANGED) -> None:
    with desk.database.writing("system:watch") as session:
        item = session.get_one(Evidence, desk.first(Evidence))
        assert item.source is not None
        item.source.url = "https://example.org/report"
        seen(session, item, outcome)


def evidence(desk: Desk) -> Evidence:
    with desk.database.reading() as session:
        return session.scalars(select(Evidence)).one()


def test_from_the_claim_one_link_leads_to_both_passages(changed: Desk, checker: Person) -> None:
    claim = checker.get(changed.path).text
    assert f'href="{changed.path}/freshness"' in claim
    assert "Source changed" in claim

    page = checker.read(f"{changed.path}/freshness").text
    for words in (OLD, NEW, "5.0 %", "6.2 %", "+1.2 percentage points", "Another figure"):
        assert words in page


def test_from_the_source_it_is_one_link_to_what_changed(changed: Desk, checker: Person) -> None:
    """The report of addresses leads to the source, which says what is the matter."""
    item = evidence(changed)
    with changed.database.reading() as session:
        row = session.get_one(Evidence, item.id).source
        assert row is not None
        key = row.key
    page = checker.get(f"/sources/{key}").text
    assert f'href="{changed.path}/freshness#e{item.number}"' in page
    assert f"as E-{item.number}" in page


def test_the_queue_and_the_start_page_lead_there(changed: Desk, checker: Person) -> None:
    assert "claims whose source changed" in checker.read("/").text
    listed = the_json(checker, "/queue.json?flag=source_changed")
    assert [row["id"] for row in listed["claims"]] == [str(changed.claim_id)]


def test_the_new_copy_becomes_the_evidence_with_the_figure_it_gives(
    changed: Desk, checker: Person
) -> None:
    path = f"/observations/{changed.first(Observation)}/take"
    form = checker.open(path, "figure")
    assert form.fields["figure"] == ["6.2 %"]

    assert checker.send(form).status_code == 303

    item = evidence(changed)
    assert (item.quote, item.snapshot_id is not None) == (NEW, True)
    page = checker.read(f"{changed.path}/freshness").text
    assert "Source changed" not in page


def test_somebody_who_was_slower_loses_nothing_and_sees_what_is_there(
    changed: Desk, checker: Person, reviewer: Person
) -> None:
    path = f"/observations/{changed.first(Observation)}/take"
    slow = reviewer.open(path, "figure")
    assert checker.fill(path, "figure").status_code == 303

    answer = reviewer.send(slow, figure="6.2 %")

    assert answer.status_code == 409
    assert 'value="6.2 %"' in answer.text


def test_a_figure_that_cannot_be_read_is_asked_for_again(changed: Desk, checker: Person) -> None:
    path = f"/observations/{changed.first(Observation)}/take"

    answer = checker.fill(path, "figure", figure="??")

    assert answer.status_code == 422
    assert evidence(changed).quote == OLD


def test_nothing_to_do_is_said_with_a_reason_and_holds(changed: Desk, checker: Person) -> None:
    with changed.database.reading() as session:
        asked = select(Finding.id).where(Finding.code == "source_changed")
        key = session.scalars(asked).one()

    answer = checker.fill(f"/findings/{key}/waiver", "reason", reason="Revised series, we say so.")

    assert answer.status_code == 303
    page = checker.read(f"{changed.path}/freshness").text
    assert "Revised series, we say so." in page
    assert the_json(checker, f"{changed.path}/freshness.json")["freshness"] == "current"


def test_a_program_is_told_the_same(changed: Desk, checker: Person) -> None:
    told = the_json(checker, f"{changed.path}/freshness.json")

    assert told["freshness"] == "source_changed"
    (news,) = told["news"]
    assert news["observation"]["new_words"] == NEW
    assert news["figures"][0]["now"] == "6.2 %"


def test_the_desk_says_how_often_a_source_is_looked_at(changed: Desk, checker: Person) -> None:
    path = f"/sources/{changed.source_key}/watch"
    assert checker.fill(path, "often", often="days", days="0", reason="x").status_code == 422
    assert checker.fill(path, "often", often="never", reason=" ").status_code == 422
    assert checker.fill(path, "often", often="days", days="3", reason="周报").status_code == 303

    assert "every 3 days" in checker.read(f"/sources/{changed.source_key}").text
    stale = checker.open(path, "often")
    stale.fields["version"] = ["0"]
    assert checker.send(stale, often="never", reason="late").status_code == 409
    assert checker.fill(path, "often", often="policy").status_code == 303
    assert changed.count(WatchWish) == 0


def test_a_look_asked_for_is_queued_once(changed: Desk, checker: Person) -> None:
    page = checker.read(f"/sources/{changed.source_key}")
    form = next(one for one in page.forms if one.action.endswith("/look"))
    for _ in range(2):
        assert checker.send(form).status_code == 303

    assert changed.count(Job) == 1


@pytest.mark.usefixtures("changed")
def test_the_report_is_a_page_a_table_and_data(checker: Person) -> None:
    page = checker.read("/sources/rot").text
    assert "Quoted words changed" in page
    assert "https://example.org/report" in page

    told = the_json(checker, "/sources/rot.json")
    assert told["counts"] == {"changed": 1}
    assert told["addresses"][0]["claims"] == 1
    text = checker.get("/sources/rot.csv").text.removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["risk"], row["copies"]) == ("changed", "1")
    assert checker.get("/sources/rot?cursor=forged").status_code == 422


def test_the_report_without_addresses_says_so(checker: Person) -> None:
    assert "No claim rests on a web address." in checker.read("/sources/rot").text


def test_a_passage_that_is_gone_is_said_to_be_gone(changed: Desk, checker: Person) -> None:
    look_again(changed, Watched.GONE)

    page = checker.read(f"{changed.path}/freshness").text

    assert "No longer on the page" in page
    assert "Take the new snapshot" not in page
