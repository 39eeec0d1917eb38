"""No revision changes an audited table without saying what that means for older rows."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import text

import app.models
from app import schema
from app.db import Database
from app.ledger import history
from app.ledger.audited import UNAUDITED
from app.ledger.upcast import UPCASTERS, State, touched, unchanged, upcast
from app.models import Base
from tests.app.ledger.small import SMALL, Small, migration
from tests.app.ledger.test_migration import as_operations
from tests.engines import Maker
from tests.migrations import steps
from tests.migrations.test_every_revision import REVISIONS, before, fill

__all__ = ["app"]
Stories = list[Mapping[str, Any]]


def stories_of(database: Database) -> Stories:
    """What each migration tells, oldest first."""
    with database.reading() as session:
        return [entry.new or {} for entry in history.migrations(session)[::-1]]


def unspoken(stories: Stories, audited: Collection[str], known: Collection[str]) -> list[str]:
    """The revisions that change an audited table and have no upcaster."""
    return [
        revision
        for before, story in pairwise(stories)
        for revision in story["to"]
        if touched(story, before["objects"]) & set(audited) and revision not in known
    ]


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_a_revision_that_changes_an_audited_table_has_an_upcaster(
    make_database: Maker, revision: str
) -> None:
    database = make_database("sqlite", holding=before(revision))
    fill(database, steps.expected(revision).before)
    schema.upgrade(database, revision, actor="system:test")
    audited = [t.name for t in Base.metadata.sorted_tables if t.info.get("ledger") != UNAUDITED]
    assert unspoken(stories_of(database)[-2:], audited, UPCASTERS) == []


def test_every_upcaster_is_of_a_revision() -> None:
    assert set(UPCASTERS) <= set(REVISIONS)


def test_a_revision_that_says_nothing_is_found(worked: Database) -> None:
    audited = [table.name for table in Small.metadata.sorted_tables]
    with migration(worked) as connection:
        as_operations(connection).create_table("apart", sa.Column("id", sa.Text, primary_key=True))
    assert unspoken(stories_of(worked)[-2:], audited, ()) == []
    with migration(worked) as connection:
        as_operations(connection).add_column("note", sa.Column("colour", sa.Text))
    assert unspoken(stories_of(worked)[-2:], audited, ()) == [SMALL]
    assert unspoken(stories_of(worked)[-2:], audited, {SMALL: unchanged}) == []


def test_rewriting_rows_is_a_change_too(worked: Database) -> None:
    with migration(worked) as connection:
        connection.execute(text("UPDATE note SET title = upper(title)"))
    assert unspoken(stories_of(worked)[-2:], ["note"], ()) == [SMALL]


def renamed(state: State) -> None:
    """A revision that calls a field by another name."""
    for row in state.get("note", {}).values():
        row["heading"] = row.pop("title")


def emptied(state: State) -> None:
    """A revision that takes a table away."""
    state.pop("note")


def test_upcasters_apply_in_order_from_the_schema_then_to_that_of_today() -> None:
    known = {"0012_b": emptied, "0011_a": renamed}
    for since, until, expected in (
        ("0010_x", "0011_a", {"note": {"n1": {"heading": "one"}}}),
        ("0010_x", "0012_b", {}),
        ("base", "0011_a", {"note": {"n1": {"heading": "one"}}}),
        ("0011_a", "0011_a", {"note": {"n1": {"title": "one"}}}),
        ("0009_w", "0010_x", {"note": {"n1": {"title": "one"}}}),
    ):
        state: State = {"note": {"n1": {"title": "one"}}}
        upcast(state, since, until, known)
        assert state == expected, (since, until)


def test_a_touched_revision_leaves_the_state_alone() -> None:
    state: State = {"note": {"n1": {"title": "one"}}}
    unchanged(state)
    assert state == {"note": {"n1": {"title": "one"}}}


def claim(stage: str, by: str | None = None) -> dict[str, Any]:
    return {"stage": stage, "submitted_by": by}


def test_claims_of_before_levels_were_submitted_once_and_wait_for_two() -> None:
    state: State = {
        "claim": {
            "open": claim("open"),
            "submitted": claim("submitted", "editor:ana"),
            "signed": claim("signed_off", "editor:ana"),
            "answered": claim("open"),
            "back": claim("open", "editor:ana"),
        },
        "sign_off": {"s1": {"claim_id": "answered"}, "s2": {"claim_id": "signed"}},
        "note": {"n1": {"title": "one"}},
    }
    UPCASTERS["0011_sign_off_levels"](state)
    found = {
        key: (row["submission"], row["sign_off_levels"]) for key, row in state["claim"].items()
    }
    assert found == {
        "open": (0, None),
        "submitted": (1, 2),
        "signed": (1, 2),
        "answered": (1, None),
        "back": (1, None),
    }
    assert [row["submission"] for row in state["sign_off"].values()] == [1, 1]
    assert state["note"] == {"n1": {"title": "one"}}
    nothing: State = {}
    UPCASTERS["0011_sign_off_levels"](nothing)
    assert nothing == {}


def test_what_a_migration_touched_is_told_by_its_story_and_the_fingerprints() -> None:
    before = {
        "table a": "1",
        "table public.b": "2",
        "table c": "3",
        "trigger t": "4",
        "table d": "5",
    }
    story = {
        "objects": {"table a": "1", "table public.b": "9", "trigger t": "8", "table new": "7"},
        "columns_added": {"e": ["x"]},
        "columns_removed": {"f": ["y"]},
        "rows_rewritten": {"g": 3},
        "tables_added": ["new"],
    }
    assert touched(story, before) == {"b", "c", "d", "e", "f", "g"}
    assert touched({}, {}) == set()
