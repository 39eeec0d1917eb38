"""A finding says what is wrong and where: the words that somebody goes looking with."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from app.db import Database
from app.ledger.note import Checkpoint
from app.ledger.report import MOST_OF_A_KIND
from app.ledger.signer import append
from app.ledger.tree import EMPTY, Root
from app.ledger.verify import verify
from tests.app.ledger.attacks import ATTACKS
from tests.app.ledger.conftest import Opener
from tests.app.ledger.outsider import (
    Within,
    carry_out,
    direct,
    quiet,
    quietly_sqlite,
    shell,
)
from tests.app.ledger.small import SIGNING, Note, Small, check

HEADS = ("the database", "the file outside", "the signer's own file")


def lines(database: Database) -> list[str]:
    """Every finding as one line, without sealing what is pending."""
    return [f"{one.code} {one.detail}" for one in verify(database, Small.metadata).findings]


def rolled_back(size: int, there: int, places: tuple[str, ...] = HEADS) -> list[str]:
    return [f"ROLLBACK {size} leaves were signed, by {place}; {there} are" for place in places]


WORDS: dict[str, list[str]] = {
    "a place left empty": [
        "SEQ_GAP leaf 7 is missing, the next is 8",
        *(f"BAD_MAC leaf {seq}" for seq in range(8, 19)),
    ],
    "an event removed": [
        "EVENT_MISSING leaf 2 seals event 3",
        "EID_GAP 17 events are numbered up to 18",
        "LIVE_EXTRA note n0",
    ],
    "an event and its leaf removed": [
        "SEQ_GAP leaf 2 is missing, the next is 3",
        "ROOT_MISMATCH 10 leaves, by the database",
        "ROOT_MISMATCH 10 leaves, by the file outside",
        *rolled_back(18, 17),
        "EID_GAP 17 events are numbered up to 18",
        "LIVE_EXTRA note n0",
    ],
    "an approval removed": [
        *rolled_back(18, 17),
        "TAIL_CUT the last event is 17, the counter says [(18,)]",
    ],
    "the newest entries and their heads removed": [
        *rolled_back(18, 12, HEADS[1:]),
        "TAIL_CUT the last event is 12, the counter says [(18,)]",
        "LIVE_DIFF note n1: title, done",
        "LIVE_MISSING note n3",
        "LIVE_MISSING remark m3",
        "LIVE_EXTRA stamp s1",
    ],
    "a value changed": [
        *(f"LEAF_MISMATCH leaf {seq}, event {seq + 1}" for seq in (2, 4, 6, 8, 14)),
        "LIVE_DIFF note n0: title",
        "DISCONTINUITY note n1: event 15",
        "LIVE_DIFF note n1: title",
        "LIVE_DIFF note n2: title",
        "DISCONTINUITY note n3: event 17",
    ],
    "two leaves sealing each other's events": [
        "LEAF_MISMATCH leaf 3, event 5",
        "ORDER leaf 4 seals event 4 after event 5",
        "LEAF_MISMATCH leaf 4, event 4",
    ],
    "a leaf made up": ["BAD_MAC leaf 18", "EVENT_MISSING leaf 18 seals event 19"],
    "a seal zeroed": ["BAD_MAC leaf 4"],
    "a redaction made up": ["UNSEALED event 19: note n0 at 2026-01-01T00:00:00.000Z"],
    "an event that is no JSON": [
        "UNSEALED event 19: note n1 at never",
        "DISCONTINUITY note n1: event 19",
    ],
    "a name left in the context": ["CTX_NOT_CLEAR [(1, 'chief', None)]"],
    "a checkpoint made up": [
        "BAD_SIGNATURE a checkpoint in the database at 3: this is no signed note"
    ],
    "a checkpoint under another size": ["BAD_SIGNATURE the database has that of 18 under 5"],
    "the leaves dropped": [
        *["DATABASE no such table: ledger_leaf"] * 2,
        "SCHEMA table ledger_leaf missing",
        *(f"TRIGGER trigger ledger_leaf_{name} missing" for name in ("fixed", "kept", "taken")),
    ],
    "a second revision claimed": [
        "STAMP the database says ['0001_ledger', '0002'], the last migration left ['0001_ledger']"
    ],
}


@pytest.mark.parametrize("name", WORDS)
def test_what_an_attack_left_is_named_and_nothing_else(small_desk: Opener, name: str) -> None:
    database = small_desk("sqlite", "worked")
    assert carry_out(database, next(one for one in ATTACKS["sqlite"] if one.name == name))
    assert lines(database) == WORDS[name]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_change_from_outside_is_told_with_its_moment(worked: Database) -> None:
    carry_out(worked, direct("by hand", "UPDATE note SET done = 1 WHERE id = 'n0'"))
    worked.seal()
    with worked.reading() as session:
        connection = session.connection()
        at = connection.exec_driver_sql("SELECT at FROM ledger_event WHERE eid = 19").scalar_one()
    assert lines(worked) == [
        f"FOREIGN event 19: U note n0 at {at}",
        f"UNATTRIBUTED event 19: U note n0 at {at}",
    ]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_field_that_differs_is_named_and_every_row_is_counted(worked: Database) -> None:
    whole = check(worked)
    carry_out(
        worked,
        quiet("three rows", "UPDATE note SET title = 'x', figure = 7, data = x'01' WHERE id = 'n0';"
              " DELETE FROM remark WHERE id = 'm1'; INSERT INTO stamp VALUES ('s2', 'y')", ""),
    )  # fmt: skip
    report = verify(worked, Small.metadata)
    assert [f"{one.code} {one.detail}" for one in report.findings] == [
        "LIVE_DIFF note n0: title, figure, data",
        "LIVE_MISSING remark m1",
        "LIVE_EXTRA stamp s2",
    ]
    assert report.rows == whole.rows


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_table_whose_history_cannot_be_read_hides_no_other(worked: Database) -> None:
    with shell(worked) as outside:
        quietly_sqlite(
            outside,
            lambda inside: (
                inside.execute("UPDATE note SET done = 'x' WHERE id = 'n0'"),
                inside.execute("UPDATE note SET figure = 1e999 WHERE id = 'n1'"),
                inside.execute("DELETE FROM remark WHERE id = 'm0'"),
            ),
        )
    assert lines(worked)[-1] == "LIVE_MISSING remark m0"


RUBBISH = (
    "INSERT INTO ledger_event(kind, tbl, pk, op, at, new, salt) VALUES"
    " ('migration', 'schema', 'x', 'U', 'never', '{}', x'00')"
)
UNREADABLE = {
    '{"to":5}': ["UNREADABLE TypeError: 'int' object is not iterable"],
    '{"to":["0001_ledger"],"columns_removed":5}': [
        f"UNREADABLE the history of {table}: 'int' object has no attribute 'get'"
        for table in ("note", "pair", "person", "remark", "stamp")
    ],
}


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("story", UNREADABLE)
def test_a_story_that_cannot_be_read_is_told_by_every_check_that_needs_it(
    worked: Database, story: str
) -> None:
    with shell(worked) as outside:
        outside.execute(RUBBISH.format(story))
    found = lines(worked)
    assert [line for line in found if line.startswith("UNREADABLE")] == UNREADABLE[story]
    assert "UNSEALED event 19: schema x at never" in found


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_signed_head_of_the_empty_log_is_no_alarm(worked: Database) -> None:
    empty = SIGNING.sign(Checkpoint(SIGNING.name, 0, EMPTY).text)
    append(worked.signer.copies, empty)
    assert lines(worked) == []
    append(worked.signer.copies, SIGNING.sign(Checkpoint(SIGNING.name, 0, b"x" * 32).text))
    assert lines(worked) == ["ROOT_MISMATCH 0 leaves, by the file outside"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_head_nobody_can_read_is_told_with_its_place(worked: Database) -> None:
    append(worked.signer.copies, "rubbish\n")
    worked.signer.state_file.write_text("{}")
    assert lines(worked) == [
        "BAD_SIGNATURE the signer's own file: 'size'",
        *(f"BAD_SIGNATURE a checkpoint in the database at {size}: no known key signed this"
          for size in (10, 18)),
        *["BAD_SIGNATURE a checkpoint in the file outside: no known key signed this"] * 2,
        "BAD_SIGNATURE a checkpoint in the file outside: this is no signed note",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_signers_memory_convicts_by_itself(worked: Database) -> None:
    state = json.loads(worked.signer.state_file.read_text())
    peaks = [f"{number:02}" * 32 for number in range(len(state["peaks"]))]
    root = Root(state["size"], [bytes.fromhex(peak) for peak in peaks]).value().hex()
    worked.signer.state_file.write_text(json.dumps(state | {"peaks": peaks, "root": root}))
    assert lines(worked) == ["ROOT_MISMATCH 18 leaves, by the signer's own file"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_code_that_wants_other_triggers_says_what_to_do(worked: Database) -> None:
    Small.metadata.tables["receipt"].info.clear()
    try:
        found = lines(worked)
    finally:
        Small.metadata.tables["receipt"].info["ledger"] = "unaudited"
    assert found == ["TRIGGER this code wants other triggers: run `manage.py db upgrade`"]


def test_one_state_is_looked_at_from_beginning_to_end(worked: Database) -> None:
    asked: list[bool] = []

    class Watched(Within):
        @contextmanager
        def reading(self, *, steady: bool = False) -> Iterator[Session]:
            asked.append(steady)
            yield Session(self.connection)

    with worked.engine.connect() as connection:
        inside = Watched(connection, worked.key, worked.signer, worked.settings)
        assert verify(inside, Small.metadata).findings == []
    assert asked == [True]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_name_in_the_schema_that_no_migration_made_is_damage(worked: Database) -> None:
    carry_out(
        worked,
        direct("one bit of a name", "PRAGMA writable_schema = ON; UPDATE sqlite_master SET"
               " tbl_name = 'Pair' WHERE name = 'sqlite_autoindex_pair_1'"),
    )  # fmt: skip
    assert lines(worked) == ["DATABASE the schema's entry of sqlite_autoindex_pair_1 is damaged"]


def test_a_report_counts_what_it_looked_at(worked: Database) -> None:
    began = time.monotonic()
    report = check(worked)
    took = time.monotonic() - began
    here = "" if worked.is_sqlite else "ledger."
    with worked.reading() as session:
        connection = session.connection()
        query = f"SELECT leaf FROM {here}ledger_leaf ORDER BY seq"  # noqa: S608
        root = Root()
        for (leaf,) in connection.exec_driver_sql(query):
            root.append(bytes(leaf))
    assert (report.events, report.leaves, report.rows, report.files) == (18, 18, 9, 0)
    assert report.root == root.value().hex()
    assert 0 < report.seconds <= took


@pytest.mark.parametrize("engine", ["sqlite"])
def test_many_events_from_outside_are_counted_and_the_first_are_kept(worked: Database) -> None:
    with worked.writing("editor:ana") as session:
        session.add_all([Note(id=f"x{n}", title=f"x{n}") for n in range(MOST_OF_A_KIND)])
    carry_out(worked, direct("all by hand", "UPDATE note SET done = NOT done"))
    report = check(worked)
    assert report.counts["FOREIGN"] == MOST_OF_A_KIND + 3
    kept = [one.detail for one in report.findings if one.code == "FOREIGN"]
    assert len(kept) == MOST_OF_A_KIND
    assert kept[0].startswith("event 119: U note n0 at ")
