"""The shape of the database at a number, told by stories of migrations, and rows laid over."""

from typing import Any

import pytest

from app.db import Database
from app.ledger import acts, history, replay
from app.ledger.fold import Cut
from tests.app.ledger.outsider import shell
from tests.app.ledger.small import Note, Small

Story = dict[str, Any]
ALL = {"note", "remark", "person", "stamp", "receipt", "pair"}


def story(to: str | None, **more: Any) -> Story:
    return {"to": [] if to is None else [to], **more}


def told(database: Database, *stories: Story) -> list[int]:
    """Enter stories as migrations; the answer is the number before each and after the last."""
    numbers = []
    for number, one in enumerate(stories):
        with database.reading() as session:
            numbers.append(history.position(session))
        with database.migrating("system:test") as connection:
            acts.migration(connection, f"m{number}", one, "U")
    with database.reading() as session:
        return [*numbers, history.position(session)]


def era(database: Database, position: int) -> replay.Era:
    with database.reading() as session:
        return replay.era(session, Small.metadata, position)


def test_the_revision_is_that_of_the_last_migration_before_the_number(
    sqlite_desk: Database,
) -> None:
    first, second, third, now = told(sqlite_desk, story("0002_a"), story(None), story("0004_c"))
    assert [era(sqlite_desk, number).revision for number in (0, first, second, third, now)] == [
        "base",
        "0001_ledger",
        "0002_a",
        "base",
        "0004_c",
    ]
    assert era(sqlite_desk, second).position == second


def test_columns_that_came_and_went_are_walked_back(sqlite_desk: Database) -> None:
    numbers = told(
        sqlite_desk,
        story("0002", columns_added={"note": ["data", "done"], "remark": ["body"]}),
        story("0003", columns_removed={"note": ["data", "never"]}),
        story("0004", columns_added={"note": ["data"]}),
    )
    later = [era(sqlite_desk, number).later for number in numbers]
    assert later == [
        {"note": {"data", "done"}, "remark": {"body"}},
        {},
        {"note": {"data"}},
        {},
    ]
    assert {frozenset(era(sqlite_desk, number).absent) for number in numbers} == {frozenset()}


def test_tables_that_came_and_went_are_walked_back(sqlite_desk: Database) -> None:
    numbers = told(
        sqlite_desk,
        story("0002", tables_removed=["pair"]),
        story("0003", tables_added=["pair"], columns_added={"stamp": ["body"]}),
        story("0004", tables_added=["stamp"]),
    )
    assert [set(era(sqlite_desk, number).absent) for number in numbers] == [
        {"stamp"},
        {"pair", "stamp"},
        {"stamp"},
        set(),
    ]
    assert era(sqlite_desk, 0).absent == ALL
    assert [era(sqlite_desk, number).later for number in numbers] == [{}] * 4


def test_what_was_taken_away_before_the_number_is_cut(sqlite_desk: Database) -> None:
    first, second, third, now = told(
        sqlite_desk,
        story("0002", columns_removed={"note": ["data"]}),
        story("0003", tables_removed=["pair", "note"]),
        story("0004", columns_removed={"note": ["done", "figure"], "stamp": ["body"]}),
    )
    assert era(sqlite_desk, first).cuts == {}
    taken = Cut(first + 1, frozenset({"data"}))
    assert era(sqlite_desk, second).cuts == {"note": [taken]}
    gone = Cut(second + 1, None)
    assert era(sqlite_desk, third).cuts == {"note": [taken, gone], "pair": [gone]}
    more = Cut(third + 1, frozenset({"done", "figure"}))
    assert era(sqlite_desk, now).cuts["note"] == [taken, gone, more]
    with sqlite_desk.reading() as session:
        cuts = {name: history.removals(session.connection(), name) for name in ("note", "person")}
    assert cuts == {"note": [taken, gone, more], "person": []}


def test_a_migration_has_its_place_and_its_story(sqlite_desk: Database) -> None:
    first, now = told(sqlite_desk, story("0002", x=1))
    with sqlite_desk.reading() as session:
        found = replay.migrated(session)
        assert history.last_migration(session.connection()) == {"to": ["0002"], "x": 1}
        numbers = [eid for eid, _ in history.migration_stories(session.connection())]
    assert (found[-1].seq, found[-1].eid) == (first, now)
    assert found[-1].story == {"to": ["0002"], "x": 1}
    assert numbers == [one.eid for one in found] == [1, 2, 3]


def step(eid: int, new: str | None, *, continues: bool = False, red: str | None = None) -> Any:
    return ("k", eid, continues, new, red)


INSERTED = step(1, '{"a":1,"b":1.10}')
A_GONE = frozenset({"a"})


@pytest.mark.parametrize(
    ("steps", "cuts", "image"),
    [
        ([], [], None),
        ([INSERTED], [], {"a": 1, "b": "1.10"}),
        ([INSERTED, step(2, '{"a":2}', continues=True)], [], {"a": 2, "b": "1.10"}),
        ([INSERTED, step(2, '{"a":2}')], [], {"a": 2}),
        ([step(2, '{"a":2}', continues=True)], [], {"a": 2}),
        ([INSERTED, step(2, None, continues=True)], [], None),
        ([INSERTED, step(2, None, continues=True), step(3, '{"c":3}')], [], {"c": 3}),
        ([INSERTED, step(2, "[["), step(3, '{"a":3}', continues=True)], [], {"a": 3, "b": "1.10"}),
        ([INSERTED, step(2, "[1]")], [], {"a": 1, "b": "1.10"}),
        ([INSERTED, step(2, "[" * 100_000)], [], {"a": 1, "b": "1.10"}),
        ([INSERTED], [Cut(2, A_GONE)], {"b": "1.10"}),
        ([INSERTED], [Cut(2, None)], None),
        ([INSERTED], [Cut(2, A_GONE), Cut(3, frozenset({"b"}))], {}),
        ([INSERTED, step(3, '{"a":3}', continues=True)], [Cut(2, A_GONE)], {"b": "1.10", "a": 3}),
        ([INSERTED, step(3, '{"a":3}', continues=True)], [Cut(3, A_GONE)], {"b": "1.10"}),
        ([INSERTED, step(3, '{"a":3}')], [Cut(2, None), Cut(4, A_GONE)], {}),
        (
            [step(1, '{"b":1}', red='{"d":{"n.a":"00","o.c":"00"},"s":{}}')],
            [],
            {"b": 1, "a": replay.ERASED},
        ),
        ([step(1, '{"b":1}', red="rubbish")], [], {"b": 1}),
    ],
)
def test_events_are_laid_over_each_other(
    steps: list[Any], cuts: list[Cut], image: dict[str, Any] | None
) -> None:
    assert replay.laid(steps, cuts) == image


def test_an_erased_value_is_shown_in_both_languages() -> None:
    assert replay.ERASED == "［已删除 erased］"
    assert replay.erased('{"d":{"n.a":"00","o.b":"00","n.n.c":"00"}}') == ["a", "n.c"]
    for rubbish in ("[]", "null", "{}", '{"d":1}', "[" * 100_000):
        assert replay.erased(rubbish) == []


def test_rows_are_those_before_the_number(worked: Database) -> None:
    with worked.reading() as session:
        whole = replay.era(session, Small.metadata, history.position(session))
        assert sorted(replay.images(session, "note", whole)) == ["n0", "n1", "n2"]
        assert replay.images(session, "note", whole, []) == {}
        before = [replay.images(session, "note", replay.era(session, Small.metadata, at))
                  for at in (2, 3, 9, 10)]  # fmt: skip
    assert [sorted(images) for images in before] == [
        [],
        ["n0"],
        ["n0", "n1", "n2", "n3"],
        ["n0", "n1", "n2", "n3"],
    ]
    assert before[1]["n0"]["title"] == "份额 0"


@pytest.mark.parametrize("count", [replay.CHUNK - 1, replay.CHUNK, replay.CHUNK + 1])
def test_many_keys_are_asked_for_in_handfuls(sqlite_desk: Database, count: int) -> None:
    with sqlite_desk.writing("editor:ana") as session:
        session.add_all([Note(id="a", title="a"), Note(id="zz", title="z")])
    keys = ["a", *(f"k{number}" for number in range(count - 2)), "zz", "zz"]
    with sqlite_desk.reading() as session:
        then = replay.era(session, Small.metadata, history.position(session))
        assert sorted(replay.images(session, "note", then, keys)) == ["a", "zz"]


def test_the_moment_of_a_number_is_that_of_the_entry_before_it(worked: Database) -> None:
    with worked.reading() as session:
        entries = history.entries(session, limit=100)[::-1]
        assert replay.moment_of(session, 0) is None
        assert replay.moment_of(session, 1) == entries[0].at
        assert replay.moment_of(session, len(entries)) == entries[-1].at
        assert replay.moment_of(session, len(entries) + 1) is None
        assert replay.last_redaction(session) == 0
    with worked.writing("editor:ana") as session:
        acts.write(session.connection(), "redaction", "note", "n0", "R", None, '{"fields":[]}')
        acts.write(session.connection(), "redaction", "note", "n0", "R", None, '{"fields":[]}')
        acts.record(session, "act", "note", "n0", "A", {})
    with worked.reading() as session:
        assert replay.last_redaction(session) == 20


def test_a_row_deleted_twice_is_found_as_it_was_last(worked: Database) -> None:
    with worked.reading() as session:
        position = history.position(session)
    with worked.writing("editor:ana") as session:
        session.add(Note(id="n3", title="again"))
        session.flush()
        session.delete(session.get_one(Note, "n3"))
    worked.seal()
    with worked.reading() as session:
        assert replay.removed_since(session, "note", 0)["n3"]["title"] == "again"
        assert replay.removed_since(session, "note", position)["n3"]["title"] == "again"
        assert replay.removed_since(session, "note", position + 2) == {}
        assert replay.removed_since(session, "remark", 0)["m3"]["body"] == "remark 3"


def test_a_moment_is_looked_up_by_the_clock_not_by_the_number(sqlite_desk: Database) -> None:
    values = "('act', 'note', 'n1', 'A', '{}', '{{}}', x'00')"
    with shell(sqlite_desk) as outside:
        for moment in ("2998-01-01T00:00:00.000Z", "2997-01-01T00:00:00.000Z"):
            outside.execute(
                "INSERT INTO ledger_event(kind, tbl, pk, op, at, new, salt) VALUES"
                + values.format(moment)
            )
    sqlite_desk.seal()
    with sqlite_desk.reading() as session:
        assert replay.position_at(session, "2998-06-01T00:00:00.000Z") == 3
        assert replay.position_at(session, "2997-06-01T00:00:00.000Z") == 4
