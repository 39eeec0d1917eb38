"""The page of a copy: its text part by part, what is known of the file, what rests on it."""

import io
import uuid

from sqlalchemy.orm import Session

from app.db import Database
from app.snapshot_text import PART
from claims.evidence import Passage, attach_evidence
from claims.evidence_places import copy_of
from claims.selections import selected_at
from claims.vocabulary import Stance
from sources.models import Snapshot, Source
from sources.snapshots import take_in
from sources.store import Store
from tests.app.views.visit import Visit
from tests.claims.newsroom import CHECKER, a_claim, a_source

TEXT = "年报\n\n份额约为4.6%，高于上年的3.1%。\n\n" + "".join(
    f"第{number}段：门店{number}家，占{number}.5%。\n\n" for number in range(1, 2_000)
)
LARGEST_PAGE = 150_000
"""Bytes of a page that shows one part, however long the text is."""


def kept(database: Database, content: str, name: str = "年报.txt") -> uuid.UUID:
    """Keep a text, and rest a claim on its first passage."""
    with database.writing(CHECKER) as session:
        source = a_source(session, title="年报", language="zh")
        store = Store(database.settings.store)
        snapshot = take_in(session, store, source, io.BytesIO(content.encode()), name, CHECKER)
        copy = copy_of(snapshot)
        assert copy is not None
        start = copy.text.find("份额约为4.6%")
        if start >= 0:
            rest(session, source, snapshot, (start, start + 8))
        return snapshot.id


def rest(session: Session, source: Source, snapshot: Snapshot, place: tuple[int, int]) -> None:
    copy = copy_of(snapshot)
    assert copy is not None
    found = selected_at(copy, place)
    figure = found.figures[0]
    passage = Passage(
        stance=Stance.REFUTES,
        source=source,
        snapshot=snapshot,
        quote=found.quote,
        place=found.span,
        figure=figure.figure,
        figure_place=figure.span,
    )
    attach_evidence(session, a_claim(session), passage, by=CHECKER)


def test_the_page_shows_the_text_the_file_and_the_marked_passage(database: Database) -> None:
    key, visit = kept(database, TEXT), Visit(database)
    page = visit.get(f"/snapshots/{key}").text
    with database.reading() as session:
        row = session.get_one(Snapshot, key)
        digest = row.sha256
    assert digest in page
    assert "年报.txt" in page
    assert '<span class="hl on s-ok s-wrong l0">份额' in page
    assert '<span class="mention">约为4.6%</span>' in page
    assert "E-1</a>" in page
    assert "li.wei" in page
    assert len(page) < LARGEST_PAGE


ASKED = {
    "part=3": "第",
    "q=门店1900家": "<mark>门店</mark>",
    "where=1902": 'data-n="1902"',
    "from=24000": "第",
    "part=999": 'data-n="2001"',
    "part=-5": "年报",
    "part=x&q=&where=nowhere": "年报",
}


def test_any_place_of_a_long_text_is_one_address_away(sqlite_database: Database) -> None:
    key, visit = kept(sqlite_database, TEXT), Visit(sqlite_database)
    for asked, shown in ASKED.items():
        page = visit.get(f"/snapshots/{key}?{asked}").text
        assert shown in page, asked
        assert len(page) < LARGEST_PAGE


def test_the_longest_text_costs_a_page_no_more_than_a_short_one(
    sqlite_database: Database,
) -> None:
    line = "In 2024 the office counted 1,234 shops, 5.6% more than before.\n"
    text = line * (2_000_000 // len(line))
    key, visit = kept(sqlite_database, text, "long.txt"), Visit(sqlite_database)
    for asked in ("part=1", "from=1999000", "q=counted"):
        assert len(visit.get(f"/snapshots/{key}?{asked}").text) < LARGEST_PAGE
    told = visit.get(f"/snapshots/{key}.json?part=7").json
    assert told is not None
    part = told["part"]
    assert part["text"] == text[part["start"] : part["stop"]]
    assert len(part["text"]) < 2 * PART


def test_a_damaged_file_is_said_to_be_and_its_text_is_still_there(
    sqlite_database: Database,
) -> None:
    key, visit = kept(sqlite_database, TEXT), Visit(sqlite_database)
    (file,) = (one for one in sqlite_database.settings.store.iterdir() if len(one.name) == 64)
    file.chmod(0o600)
    file.write_bytes(b"altered")
    page = visit.get(f"/snapshots/{key}").text
    assert "is not handed out" in page
    assert f"/snapshots/{key}/file" not in page
    assert "份额" in page


def test_the_past_knows_what_rested_on_a_copy_then(database: Database) -> None:
    key, visit = kept(database, TEXT), Visit(database)
    database.seal()
    then = visit.get("/audit.json").json
    assert then is not None
    before = visit.get(f"/snapshots/{key}.json").json
    with database.writing(CHECKER) as session:
        snapshot = session.get_one(Snapshot, key)
        start = TEXT.index("3.1%")
        rest(session, snapshot.source, snapshot, (start, start + 4))
    position = max(entry["seq"] for entry in then["entries"]) + 1
    past = visit.get(f"/snapshots/{key}.json?at={position}").json
    now = visit.get(f"/snapshots/{key}.json").json
    assert before is not None
    assert past is not None
    assert now is not None
    assert (len(past["evidence"]), len(now["evidence"])) == (1, 2)
    assert past["evidence"] == before["evidence"]
    assert past["part"] == before["part"]
