"""The fold, without a database: rows by their history beside rows as they are."""

from typing import Any

import pytest

from app.ledger.fold import Cut, Folded, continues, merged, replay, trimmed
from app.ledger.leaf import canonical, read

Steps = list[tuple[str, int, str, str | None, str | None, str | None]]


def step(eid: int, op: str, old: str | None, new: str | None, red: str | None = None) -> Any:
    return ("k", eid, op, old, new, red)


INSERTED = step(1, "I", None, '{"a":1,"b":"x"}')
CHANGED = step(4, "U", '{"a":1}', '{"a":2}')
DELETED = step(7, "D", '{"a":2,"b":"x"}', None)
BACK = step(9, "I", None, '{"a":5}')


@pytest.mark.parametrize(
    ("steps", "state", "breaks"),
    [
        ([], None, []),
        ([INSERTED], {"a": 1, "b": "x"}, []),
        ([INSERTED, CHANGED], {"a": 2, "b": "x"}, []),
        ([INSERTED, CHANGED, DELETED], None, []),
        ([INSERTED, CHANGED, DELETED, BACK], {"a": 5}, []),
        ([INSERTED, BACK], {"a": 5}, [9]),
        ([CHANGED], {"a": 2}, [4]),
        ([DELETED], None, [7]),
        ([INSERTED, DELETED], None, [7]),
        ([INSERTED, step(4, "U", '{"a":9}', '{"a":2}')], {"a": 2, "b": "x"}, [4]),
        ([INSERTED, step(4, "U", '{"c":null}', '{"c":3}')], {"a": 1, "b": "x", "c": 3}, []),
        ([INSERTED, step(4, "D", '{"a":1}', None)], None, [4]),
        ([INSERTED, step(4, "M", '{"a":1}', '{"a":2}')], {"a": 2, "b": "x"}, []),
        (
            [INSERTED, step(3, "U", "rubbish", "{}"), step(4, "U", "[]", "{}"), CHANGED],
            {"a": 2, "b": "x"},
            [3, 4],
        ),
        ([INSERTED, step(3, "U", "{}", "{}", "no red"), CHANGED], {"a": 2, "b": "x"}, [3]),
    ],
)
def test_a_history_gives_a_row_and_its_breaks(
    steps: Steps, state: dict[str, Any] | None, breaks: list[int]
) -> None:
    assert replay(steps, []) == (state, breaks)


def red(*names: str) -> str:
    return canonical({"d": dict.fromkeys(names, "00"), "s": {}})


@pytest.mark.parametrize(
    ("steps", "state", "breaks"),
    [
        # What was erased of an insertion is not known, and what replaced it is no break.
        ([step(1, "I", None, '{"b":"x"}', red("n.a"))], {"b": "x"}, []),
        (
            [
                step(1, "I", None, '{"b":"x"}', red("n.a")),
                step(2, "U", "{}", '{"a":"[erased]"}', red("o.a")),
            ],
            {"b": "x", "a": "[erased]"},
            [],
        ),
        # An erased new value takes the place of the one before it.
        (
            [INSERTED, step(2, "U", '{"a":1}', "{}", red("n.a"))],
            {"b": "x"},
            [],
        ),
        # Only the erased field is let off.
        (
            [
                step(1, "I", None, '{"b":"x"}', red("n.a")),
                step(2, "D", '{"b":"y"}', None, red("o.a")),
            ],
            None,
            [2],
        ),
        ([INSERTED, step(2, "D", '{"b":"x"}', None, red("o.a"))], None, []),
        ([INSERTED, step(2, "D", '{"b":"x"}', None, red("n.a"))], None, [2]),
    ],
)
def test_what_a_redaction_took_is_neither_known_nor_a_break(
    steps: Steps, state: dict[str, Any] | None, breaks: list[int]
) -> None:
    assert replay(steps, []) == (state, breaks)


A_GONE = frozenset({"a"})


@pytest.mark.parametrize(
    ("steps", "cuts", "state", "breaks"),
    [
        ([INSERTED], [Cut(2, A_GONE)], {"b": "x"}, []),
        ([INSERTED], [Cut(2, None)], None, []),
        ([INSERTED], [Cut(2, A_GONE), Cut(3, frozenset({"b"}))], {}, []),
        # A value of before the removal is none afterwards.
        ([INSERTED, CHANGED], [Cut(2, A_GONE)], {"b": "x", "a": 2}, [4]),
        (
            [INSERTED, step(4, "U", '{"a":null}', '{"a":2}')],
            [Cut(2, A_GONE)],
            {"b": "x", "a": 2},
            [],
        ),
        # The removal is an event of its own: what bears its number came before it.
        ([INSERTED, CHANGED], [Cut(4, A_GONE)], {"b": "x"}, []),
        ([INSERTED, CHANGED], [Cut(5, A_GONE)], {"b": "x"}, []),
        ([INSERTED, CHANGED, DELETED], [Cut(5, A_GONE)], None, [7]),
        ([INSERTED, BACK], [Cut(2, None)], {"a": 5}, []),
        ([INSERTED, BACK], [Cut(2, A_GONE), Cut(3, None), Cut(10, A_GONE)], {}, []),
    ],
)
def test_what_a_migration_removed_is_forgotten_at_its_place(
    steps: Steps, cuts: list[Cut], state: dict[str, Any] | None, breaks: list[int]
) -> None:
    assert replay(steps, cuts) == (state, breaks)


def test_a_removal_takes_its_columns_or_the_whole_row() -> None:
    assert trimmed({"a": 1, "b": 2}, Cut(1, A_GONE)) == {"b": 2}
    assert trimmed({"a": 1}, Cut(1, None)) is None
    assert trimmed(None, Cut(1, A_GONE)) is None


def test_an_event_goes_on_from_what_was_there() -> None:
    assert continues(None, "I", None)
    assert not continues({"a": 1}, "I", None)
    assert not continues(None, "U", {"a": 1})
    assert not continues(None, "U", {})
    assert continues({"a": 1, "b": 2}, "U", {"a": 1})
    assert continues({"a": 1, "b": 2}, "M", {"a": 1})
    assert not continues({"a": 1, "b": 2}, "D", {"a": 1})
    assert not continues({"a": 1}, "D", {"a": 1, "b": 2})
    assert continues({"a": 1, "b": 2}, "D", {"a": 1}, {"o.b"})
    assert not continues({"a": 1}, "U", {"a": 2}, {"n.a", "o.b"})
    # 1.10 is not 1.1, and a number is not the text of it.
    assert not continues(read('{"a": 1.10}'), "U", read('{"a": 1.1}'))
    assert not continues(read('{"a": 1}'), "U", read('{"a": "1"}'))


ROW = {"a": 1, "b": "x"}


@pytest.mark.parametrize(
    ("histories", "live", "expected"),
    [
        ({}, {}, []),
        ({"k": [INSERTED]}, {"k": ROW}, [Folded("k", ROW, ROW, ())]),
        ({"k": [INSERTED]}, {}, [Folded("k", ROW, None, ())]),
        ({}, {"k": ROW}, [Folded("k", None, ROW, ())]),
        ({"k": [INSERTED, CHANGED, DELETED]}, {}, []),
        ({"k": [INSERTED, CHANGED, DELETED]}, {"k": ROW}, [Folded("k", None, ROW, ())]),
        ({"k": [DELETED]}, {}, [Folded("k", None, None, (7,))]),
        (
            {"b": [INSERTED], "d": [INSERTED], "e": [INSERTED]},
            {"a": {"a": 7}, "b": ROW, "c": {"a": 8}, "e": {"a": 9}, "f": {}},
            [
                Folded("a", None, {"a": 7}, ()),
                Folded("b", ROW, ROW, ()),
                Folded("c", None, {"a": 8}, ()),
                Folded("d", ROW, None, ()),
                Folded("e", ROW, {"a": 9}, ()),
                Folded("f", None, {}, ()),
            ],
        ),
        (
            {"a": [INSERTED], "b": [INSERTED]},
            {"b": ROW},
            [Folded("a", ROW, None, ()), Folded("b", ROW, ROW, ())],
        ),
    ],
)
def test_histories_and_rows_are_walked_side_by_side(
    histories: dict[str, Steps], live: dict[str, Any], expected: list[Folded]
) -> None:
    assert list(merged(iter(histories.items()), iter(live.items()), [])) == expected


def test_removals_reach_every_row() -> None:
    two = iter({"k": [INSERTED], "l": [INSERTED]}.items())
    found = list(merged(two, iter(()), [Cut(2, A_GONE)]))
    assert [row.expected for row in found] == [{"b": "x"}] * 2


def test_the_fields_that_differ_are_named_in_their_order() -> None:
    row = Folded("k", {"a": 1, "b": 2, "c": None}, {"a": 1, "b": 3, "d": None, "e": 5}, ())
    assert row.differing(("e", "d", "c", "b", "a")) == ["e", "b"]
    assert Folded("k", None, {"a": 1}, ()).differing(("a",)) == ["a"]
    assert Folded("k", {"a": 1}, None, ()).differing(("a", "b")) == ["a"]
