"""Merging in the browser: both shown, chosen field by field, undone exactly, the past untouched."""

from sqlalchemy import select

from app.ledger.history import position
from app.ledger.verify import verify
from claims.models import Evidence
from sources.models import Source
from sources.registry import add_source
from tests.app.browser import Reader
from tests.app.claim_desk import Desk, attach
from tests.app.test_undoing import rows_of, undo

BY = "editor:li.wei"


def a_pair(desk: Desk) -> tuple[str, str]:
    with desk.database.writing(BY) as session:
        url = "https://example.org/a"
        stays = add_source(session, by=BY, title="One", url=url, language="en")
        goes = add_source(session, by=BY, title="Two", url="https://m.example.org/a", issued="2025")
        goes.csl = {"DOI": "10.1000/two"}
        return stays.key, goes.key


def test_two_entries_are_compared_merged_and_parted_again(any_desk: Desk) -> None:
    desk = any_desk
    stays, goes = a_pair(desk)
    me = desk.person("li.wei")
    assert attach(desk, me, source=goes) == 303
    desk.database.seal()
    with desk.database.reading() as session:
        then = position(session)
    before = rows_of(desk)
    page = me.get(f"/sources/{stays}").text
    assert "The same address" in page
    assert f"/sources/{stays}/merge/{goes}" in page

    address = f"/sources/{stays}/merge/{goes}"
    shown = me.get(address).text
    assert all(words in shown for words in ("One", "Two", "10.1000/two"))
    done = me.fill(address, "keep-title", **{"keep-title": "other", "keep-issued": "other"})

    assert done.status_code == 303
    merged = me.get(f"/sources/{stays}.json").get_json()
    assert (merged["title"], merged["issued"], merged["language"]) == ("Two", "2025", "en")
    # What only the other says is chosen where nobody chooses.
    assert "10.1000/two" in me.get(f"/sources/{stays}/export/ris").text
    assert len(merged["relying"]) == 1
    led = me.client.get(f"/sources/{goes}?x=1")
    assert (led.status_code, led.headers["Location"]) == (303, f"/sources/{stays}")
    assert me.client.get(f"/sources/{goes}.json").headers["Location"] == f"/sources/{stays}.json"
    was = me.get(f"/sources/{goes}.json?at={then}").get_json()
    assert (was["key"], was["title"], len(was["relying"])) == (goes, "Two", 1)
    assert me.get(f"/sources/{stays}.json?at={then}").get_json()["title"] == "One"
    assert goes not in {row["key"] for row in me.get("/sources.json").get_json()["sources"]}
    assert me.client.get(address).status_code == 422

    undone = undo(me, done)
    assert undone.status_code == 303, undone.text[:2000]
    after = rows_of(desk)
    assert {key: row for key, row in after.items() if key in before} == before
    assert {table for table, _key in after.keys() - before.keys()} <= {"finding"}
    assert verify(desk.database).findings == []


def test_a_stale_page_of_merging_is_told_so_and_shows_both_again(desk: Desk) -> None:
    stays, goes = a_pair(desk)
    me = desk.person("li.wei")
    address = f"/sources/{stays}/merge/{goes}"
    form = me.open(address, "keep-title")
    with desk.database.writing(BY) as session:
        session.scalars(select(Source).where(Source.key == goes)).one().title = "Three"
    answer = me.send(form)
    assert answer.status_code == 409
    assert "Somebody changed one of the two" in answer.text
    assert "Three" in answer.text
    assert me.send(me.open(address, "keep-title")).status_code == 303
    again = me.send(form)
    assert again.status_code in {409, 422}
    assert desk.count(Evidence) == 0


def test_what_was_typed_over_an_entry_that_was_merged_since_overwrites_nothing_unasked(
    desk: Desk,
) -> None:
    stays, goes = a_pair(desk)
    me, other = desk.person("li.wei"), desk.person("zhang.min")
    form = me.open(f"/sources/{goes}/edit", "title")
    assert other.fill(f"/sources/{stays}/merge/{goes}", "keep-title").status_code == 303

    answer = me.send(form, publisher="Typed")

    assert answer.status_code == 409
    assert all(words in answer.text for words in ("was merged into another", "Typed", "One"))
    assert f'action="/sources/{stays}/edit"' in answer.text
    # Sent on without an answer, it is asked again.
    assert me.send(Reader(answer.text).form("merge.onto")).status_code == 409
    assert me.get(f"/sources/{stays}.json").get_json()["title"] == "One"


def test_evidence_from_an_entry_that_was_merged_since_rests_on_the_one_that_stands(
    desk: Desk,
) -> None:
    stays, goes = a_pair(desk)
    me = desk.person("li.wei")
    form = me.open(f"{desk.path}/evidence/new", "quote")
    assert me.fill(f"/sources/{stays}/merge/{goes}", "keep-title").status_code == 303

    assert me.send(form, source=goes, stance="supports", quote="5 %").status_code == 303

    with desk.database.reading() as session:
        (item,) = session.scalars(select(Evidence)).all()
        assert item.source is not None
        assert item.source.key == stays


def test_two_documents_are_not_proposed_again(desk: Desk) -> None:
    stays, goes = a_pair(desk)
    me = desk.person("li.wei")
    page = me.read(f"/sources/{stays}")
    form = next(form for form in page.forms if form.action == f"/sources/{stays}/apart")
    assert me.send(form).status_code == 303
    assert "The same address" not in me.get(f"/sources/{goes}").text


def test_an_address_proposes_its_publisher(desk: Desk) -> None:
    me = desk.person("li.wei")
    told = me.get("/publishers/at.json?url=https://www.trendforce.com/x").get_json()
    assert (told["publisher"], told["kind"], told["tier"]) == (
        "trendforce",
        "market_research",
        "primary",
    )
    assert me.get("/publishers/at.json?url=nonsense").get_json() == {"publisher": None}
    with desk.database.writing(BY) as session:
        key = add_source(session, by=BY, title="NAND", url="https://www.trendforce.com/x").key
    page = me.read(f"/sources/{key}")
    form = next(form for form in page.forms if form.action == f"/sources/{key}/publisher")
    assert me.send(form).status_code == 303
    saved = me.get(f"/sources/{key}.json").get_json()
    assert (saved["publisher"], saved["kind"]) == ("TrendForce", "market_research")
    listed = me.get("/sources.json?publisher=trendforce").get_json()["sources"]
    assert [row["key"] for row in listed] == [key]
    assert key in me.get("/publishers/trendforce").text
    assert ">1<" in me.get("/publishers").text.replace('<span class="vh"> TrendForce</span>', "")


def test_authors_are_compared_as_they_are_written(any_desk: Desk) -> None:
    with any_desk.database.writing(BY) as session:
        for key, authors in (("one", "{Smith, Jones and Sons}"), ("two", None)):
            add_source(session, by=BY, key=key, title=key, authors=authors)
    page = any_desk.person("li.wei").get("/sources/one/merge/two").text
    assert "Smith, Jones and Sons" in page
    assert "{Smith" not in page
