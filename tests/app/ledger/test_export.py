"""What an export holds: every byte that a stranger gets, and which entries belong to a row."""

import json
from typing import Any

import pytest

from app.db import Database
from app.ledger import export
from app.ledger.leaf import Event, commitment, field_salt, leaf, openings, value_digest
from app.ledger.note import opened
from app.ledger.verify_offline import leaf_of
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import SIGNING, Note, Remark, Small

SALT = bytes(range(32))
EVENT = Event(
    eid=7,
    kind="row",
    tbl="note",
    pk="n1",
    op="U",
    at="2026-01-02T03:04:05.678Z",
    actor="editor:ana",
    req=None,
    dbuser=None,
    xid=None,
    old='{"title":"甲"}',
    new='{"title":"乙","figure":1.10}',
    salt=SALT,
)


def shown(name: str, value: str) -> dict[str, str]:
    return {"salt": field_salt(SALT, name).hex(), "value": value}


def hidden(name: str) -> dict[str, str]:
    return {"digest": value_digest(name, openings(EVENT.old, EVENT.new, SALT)[name]).hex()}


@pytest.mark.parametrize(
    ("withheld", "values"),
    [
        ((), {}),
        (("figure",), {"n.figure": hidden("n.figure")}),
        (("note.figure",), {"n.figure": hidden("n.figure")}),
        (("note.title",), {"n.title": hidden("n.title"), "o.title": hidden("o.title")}),
        (("remark.title", "n.title", "note", ""), {}),
    ],
)
def test_each_value_is_shown_under_its_own_salt_or_withheld(
    withheld: tuple[str, ...], values: dict[str, Any]
) -> None:
    found = export.entry(EVENT, "app", 6, withheld)
    assert found["index"] == 6
    assert found["values"] == {
        "n": {"digest": ""},
        "n.figure": shown("n.figure", "1.10"),
        "n.title": shown("n.title", '"乙"'),
        "o": {"digest": ""},
        "o.title": shown("o.title", '"甲"'),
        **values,
    }
    header = json.loads(found["header"])
    assert header["c"] == commitment(EVENT.old, EVENT.new, SALT).hex()
    assert leaf_of(found) == leaf(EVENT, "app")


@pytest.mark.parametrize(
    "event",
    [
        EVENT._replace(new="[["),
        EVENT._replace(old="[]"),
        EVENT._replace(pk="lone \ud800"),
        EVENT._replace(new='{"title":"\\ud800"}'),
        EVENT._replace(new="[[", pk="lone \ud800"),
    ],
)
def test_what_somebody_wrote_by_hand_can_be_checked_as_well(event: Event) -> None:
    found = export.entry(event, "foreign", 6, ())
    again = json.loads(export.dumped(found))
    assert leaf_of(again) == leaf(event, "foreign")
    readable = event.new != "[[" and event.old != "[]"
    assert (found["values"] is not None) == readable


def test_chinese_stays_readable_and_a_lone_surrogate_is_spelled_out() -> None:
    assert export.dumped({"a": "份额 \ud800"}) == '{"a": "份额 \\ud800"}'
    assert export.dumped("\ud83d\ude00") == '"\\ud83d\\ude00"'


def pieces(database: Database, eids: list[int] | None) -> list[str]:
    note = database.checkpoint()
    assert note is not None
    with database.reading(steady=True) as session:
        return list(
            export.written(
                session.connection(),
                database.prover,
                opened(note, [SIGNING.verifier]),
                note,
                ["first key", str(SIGNING.verifier)],
                eids=eids,
            )
        )


def test_an_export_is_one_entry_a_line_under_its_head(worked: Database) -> None:
    found = pieces(worked, [3, 5])
    start = json.loads(found[0].removesuffix(', "entries": [') + "}")
    assert start == {
        "format": "claim-desk-ledger-export@v1",
        "keys": ["first key", str(SIGNING.verifier)],
        "checkpoint": worked.signer.outside()[-1],
        "earlier": [],
        "complete": False,
    }
    assert (found[1][:1], found[2][:2], found[3:]) == ("\n", ",\n", ["\n]}\n"])
    assert json.loads(found[1])["index"] == 2
    assert json.loads(found[2][2:])["index"] == 4
    assert '"n.title": {"salt": ' in found[1]
    assert "份额 0" in found[1]


def test_no_entry_is_not_every_entry(worked: Database) -> None:
    none, whole = pieces(worked, []), pieces(worked, None)
    assert json.loads("".join(none))["entries"] == []
    assert json.loads("".join(none))["complete"] is False
    every = json.loads("".join(whole))
    assert every["complete"] is True
    assert [entry["index"] for entry in every["entries"]] == list(range(18))
    assert {entry["proof"] for entry in every["entries"]} == {None}


def test_what_hangs_on_a_table_points_at_it() -> None:
    assert export.dependents(Small.metadata, "note") == [("remark", "note_id")]
    assert export.dependents(Small.metadata, "remark") == []


def events(database: Database, table: str, pk: str) -> list[str]:
    """The events of a row and of what hangs on it, as words."""
    with database.reading() as session:
        numbers = export.events_of(session.connection(), Small.metadata, table, pk)
        here = "" if database.is_sqlite else "ledger."
        rows = session.connection().exec_driver_sql(
            f"SELECT eid, tbl || ' ' || pk || ' ' || op FROM {here}ledger_event"  # noqa: S608
        )
        words = {row[0]: row[1] for row in rows}
    assert numbers == sorted(set(numbers))
    return [words[number] for number in numbers]


def test_a_row_has_its_own_entries_and_those_of_what_hangs_on_it(worked: Database) -> None:
    of_a_deleted = ["note n3 D", "note n3 I", "remark m3 D", "remark m3 I"]
    assert sorted(events(worked, "note", "n3")) == of_a_deleted
    assert events(worked, "remark", "m0") == ["remark m0 I"]
    assert events(worked, "note", "nowhere") == []
    assert events(worked, "note", "n1")[-1] == "note n1 A"


def test_what_once_hung_on_a_row_belongs_to_it_and_what_only_names_it_does_not(
    worked: Database,
) -> None:
    with worked.writing("editor:ana") as session:
        session.add_all([Note(id="n", title="short"), Note(id="n00", title="n0")])
        session.flush()
        session.add(Remark(id="m9", note_id="n00", body="about n0"))
    with worked.writing("editor:ana") as session:
        session.get_one(Remark, "m0").note_id = "n2"
    worked.seal()
    assert events(worked, "note", "n0") == ["note n0 I", "remark m0 I", "remark m0 U"]
    assert events(worked, "note", "n2")[-1] == "remark m0 U"
    assert "remark m0 I" in events(worked, "note", "n2")
    assert events(worked, "note", "n") == ["note n I"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_rubbish_that_names_a_row_hides_nothing_of_it(worked: Database) -> None:
    with shell(worked) as outside:
        as_deed(
            "INSERT INTO ledger_event(kind, tbl, pk, op, at, new, salt)"
            " VALUES ('row', 'remark', 'a', 'I', 'never', 'n0 [[', x'00'),"
            """ ('act', 'remark', 'b', 'I', 'now', '{"note_id":"n0"}', x'00'),"""
            """ ('row', 'remark', 'c', 'I', 'now', '{"note_id":"n0"}', x'00')"""
        )(outside)
    worked.seal()
    assert events(worked, "note", "n0") == ["note n0 I", "remark m0 I", "remark c I"]
