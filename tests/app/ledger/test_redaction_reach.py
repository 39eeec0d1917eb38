"""How far a redaction reaches: which values, which events, which words stay, and what it tells."""

import json
from typing import Any

import pytest
from sqlalchemy import Column, Integer, Text, text
from sqlalchemy.orm import Session

from app.db import Database
from app.ledger import acts, history
from app.ledger.leaf import Erased, erasures, field_salt, openings, value_digest
from app.ledger.redaction import (
    NotRedactable,
    Redaction,
    permitted,
    redact,
    replacement,
    spellings,
    unpermitted,
)
from sources.columns import WordsColumn
from tests.app.ledger.conftest import Opener
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import Note, Pair, Remark, Small, check


def erase(
    database: Database, table: str, pk: str, *fields: str, reason: str = "asked to"
) -> Redaction:
    with database.writing("editor:chief", "r-redact", wait_for_seal=True) as session:
        return redact(session.connection(), Small.metadata, table, pk, fields, reason)


def event(session: Session, eid: int) -> dict[str, Any]:
    here = "" if session.connection().dialect.name == "sqlite" else "ledger."
    query = f"SELECT old, new, salt, red FROM {here}ledger_event WHERE eid = {eid}"  # noqa: S608
    row = session.execute(text(query)).one()
    return {"old": row[0], "new": row[1], "salt": bytes(row[2]), "red": row[3]}


def test_what_is_left_of_an_event_is_the_digest_and_the_other_salts(worked: Database) -> None:
    with worked.reading() as session:
        before = event(session, 3)
    values = openings(before["old"], before["new"], before["salt"])
    done = erase(worked, "note", "n0", "title")
    with worked.reading() as session:
        after = event(session, 3)
    assert (after["old"], after["salt"]) == (None, b"")
    image = json.loads(before["new"])
    del image["title"]
    assert json.loads(after["new"]) == image
    assert erasures(after["red"]) == {
        "d": {"n.title": value_digest("n.title", values["n.title"]).hex()},
        "s": {f"n.{name}": field_salt(before["salt"], f"n.{name}").hex() for name in image},
    }
    assert isinstance(openings(None, after["new"], b"", after["red"])["n.title"], Erased)
    assert (done.events, done.values, done.texts) == ([3, 20], 2, {"份额 0"})


def test_a_redaction_says_who_why_which_fields_and_which_events(worked: Database) -> None:
    erase(worked, "note", "n0", "title", "figure", reason="  a person asked\n")
    with worked.reading() as session:
        second, first = history.entries(session, kind="redaction")
    assert (first.table, first.pk, first.op) == ("note", "n0", "R")
    assert (first.actor, first.request, first.via) == ("editor:chief", "r-redact", "app")
    fields = ["figure", "title"]
    assert first.new == {"events": [3], "fields": fields, "reason": "a person asked"}
    assert second.new == {"events": [20], "fields": fields, "reason": "a person asked"}
    assert (first.eid, second.eid) == (19, 21)


def test_a_key_of_two_columns_is_found_and_no_other_row_is_touched(worked: Database) -> None:
    with worked.writing("editor:ana") as session:
        session.add(Pair(left="a", right="c", body="stays"))
    done = erase(worked, "pair", '["a","b"]', "body")
    with worked.reading() as session:
        assert session.get_one(Pair, ("a", "b")).body == "[erased]"
        assert session.get_one(Pair, ("a", "c")).body == "stays"
    # "x" is too short to be looked for elsewhere.
    assert (done.values, done.texts, done.elsewhere) == (2, set(), [])
    assert check(worked).findings == []


def test_a_field_that_may_be_empty_becomes_empty_and_what_was_empty_stays(worked: Database) -> None:
    with worked.writing("editor:ana") as session:
        session.get_one(Note, "n2").data = b"secret"
    done = erase(worked, "note", "n2", "data")
    with worked.reading() as session:
        assert session.get_one(Note, "n2").data is None
    assert done.values == 2
    assert check(worked).findings == []


def test_what_was_erased_before_stays_erased_and_provable(worked: Database) -> None:
    with worked.writing("editor:ana") as session:
        session.add(Note(id="n8", title="a long title", data=b"a secret"))
    worked.seal()
    first = erase(worked, "note", "n8", "title").events[0]
    erase(worked, "note", "n8", "data")
    with worked.reading() as session:
        left = erasures(event(session, first)["red"])
    assert set(left["d"]) == {"n.title", "n.data"}
    assert set(left["s"]) == {"n.id", "n.figure", "n.done"}
    assert check(worked).findings == []


REFUSED = {
    ("notes", "n0", ("title",)): "there is no table notes, or no field is named",
    ("note", "n0", ()): "there is no table note, or no field is named",
    ("note", "n0", ("titles",)): "note has no field titles in the ledger",
    ("person", "p1", ("password",)): "person has no field password in the ledger",
    ("note", "n0", ("id",)): "id links rows: without it the history cannot be read",
    ("remark", "m0", ("note_id",)): "note_id links rows: without it the history cannot be read",
    ("note", "n0", ("title", "done")): "done must have a value and is no text",
    ("note", "n99", ("title", "figure")): "no event of note n99 has title, figure",
}


@pytest.mark.parametrize("asked", REFUSED, ids=str)
def test_a_refusal_says_why_and_nothing_was_done(
    small_desk: Opener, asked: tuple[str, str, tuple[str, ...]]
) -> None:
    database = small_desk("sqlite", "worked")
    with pytest.raises(NotRedactable) as refused:
        erase(database, asked[0], asked[1], *asked[2])
    assert str(refused.value) == REFUSED[asked]
    with pytest.raises(NotRedactable, match="say why: the reason stands in the ledger"):
        erase(database, "note", "n0", "title", reason=" \n")
    assert check(database).events == 18


def test_what_stands_in_the_row_afterwards_depends_on_its_column() -> None:
    assert replacement(Column("a", Text, nullable=True)) is None
    assert replacement(Column("a", Text, nullable=False)) == "[erased]"
    words = replacement(Column("a", WordsColumn(), nullable=False))
    assert words == {"en": "[erased]", "zh": "［已删除］"}
    with pytest.raises(NotRedactable):
        replacement(Column("a", Integer, nullable=False))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("four", {"four"}),
        ("六个字以上", {"六个字以上"}),
        ("two", set()),
        (None, set()),
        (True, set()),
        ('say "a"', {'say "a"', 'say \\"a\\"', 'say \\\\\\"a\\\\\\"'}),
        ('{"zh":"第一句","en":"the first"}', {"the first"}),
        ('{"zh":"第一句话","en":"no"}', {"第一句话"}),
        ("{no json", {"{no json"}),
        ({"en": "words", "n": 12345}, {"words"}),
    ],
)
def test_a_text_is_looked_for_in_every_spelling_it_may_have(value: Any, found: set[str]) -> None:
    assert spellings(value) == found


def test_other_events_with_the_text_are_told_old_and_new_and_in_order(worked: Database) -> None:
    with worked.writing("editor:ana") as session:
        session.get_one(Remark, "m2").body = 'he said "份额 0"'
    with worked.writing("editor:ana") as session:
        session.get_one(Remark, "m2").body = "nothing any more"
        acts.record(session, "act", "pair", "x", "A", {"note": "份额 0"})
    worked.seal()
    done = erase(worked, "note", "n0", "title")
    assert done.elsewhere == [19, 20, 21]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_only_what_the_application_entered_permits_an_erasure(worked: Database) -> None:
    erase(worked, "note", "n0", "title")
    erase(worked, "note", "n0", "title", "figure")
    with shell(worked) as outside:
        as_deed(
            "INSERT INTO ledger_event(kind, tbl, pk, op, at, actor, new, salt) VALUES"
            " ('redaction', 'note', 'n1', 'R', 'x', 'chief',"
            """ '{"events":[5],"fields":["title"]}', x'00'),"""
            " ('redaction', 'note', 'n1', 'R', 'x', 'chief', 'rubbish', x'00')"
        )(outside)
    worked.seal()
    with worked.reading() as session:
        named = permitted(session.connection())
    assert named == {3: {"title"}, 20: {"title", "figure"}}


def test_an_erased_value_that_nobody_named_is_unpermitted() -> None:
    red = json.dumps({"d": {"n.title": "00", "o.figure": "00"}, "s": {}})
    assert not unpermitted(red, {"title", "figure"})
    assert unpermitted(red, {"title"})
    assert unpermitted(red, set())
    assert unpermitted("rubbish", {"title", "figure"})
    assert not unpermitted('{"d":{},"s":{}}', set())
