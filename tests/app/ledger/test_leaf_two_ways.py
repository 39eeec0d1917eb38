"""The commitment written out for speed is the one said step by step, or fails as it does."""

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from app.ledger.leaf import NEW_NAMES, UNREADABLE, Names, Written, bound, commitment, openings, read

SALT = bytes(range(32))
NAMES = st.text(max_size=6) | st.sampled_from(["a", "a\0b", "a\0", "\0", "", "n", "a.b", "\ud800"])
NUMBERS = st.integers() | st.floats(allow_nan=True)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(["\udc00", "é", '"\\\x7f']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
IMAGES = st.dictionaries(NAMES, VALUES, max_size=6)
SPACE = st.sampled_from(["", " ", "\n"])
WRITTEN = st.tuples(SPACE, IMAGES, st.booleans(), SPACE).map(
    lambda parts: parts[0] + json.dumps(parts[1], ensure_ascii=parts[2]) + parts[3]
)
RUBBISH = st.sampled_from(["", " ", "[]", "3", "{", '{"a":1}x', '{"a":1} {}', "\ufeff{}", '"{}"'])
SIDES = st.none() | WRITTEN | RUBBISH


def outcome(work: Any, *words: Any) -> Any:
    try:
        return work(*words)
    except UNREADABLE as problem:
        return type(problem)


@given(SIDES, SIDES)
@example('{"a": 1, "a\\u0000b": 2, "a\\u0000": 3}', None)
@example('{"\\ud800": 1}', None)
@example('{"a": "\\ud800"}', '{"a": "\\ud800\\udc00"}')
@example('{"a": 1, "a": 2}', "{}")
@example('{"b": 1, "c": 2, "a": 3}', '{"z": "1", "y": "2"}')
@example('{"a": true, "b": 1.10, "c": 1e5, "d": -0, "e": NaN, "f": [], "g": {}}', None)
def test_both_ways_agree(old: str | None, new: str | None) -> None:
    stepwise = outcome(lambda: bound(openings(old, new, SALT)))
    assert outcome(commitment, old, new, SALT) == stepwise


@given(SIDES)
@example('{"a":1}x')
@example(' {"a": 1.10}\n')
def test_an_image_is_read_as_json_reads_the_whole_text(text: str | None) -> None:
    wanted = outcome(lambda: None if text is None else json.loads(text, cls=Exactly))
    found = outcome(read, text)
    assert found == (wanted if isinstance(wanted, dict | type | None) else TypeError)


class Exactly(json.JSONDecoder):
    """Numbers as they are written."""

    def __init__(self) -> None:
        super().__init__(parse_float=Written, parse_constant=Written)


def test_names_written_by_hand_do_not_fill_the_memory() -> None:
    names = Names("n")
    names.most = 2
    assert [names[field] for field in "abc"] == [
        (b"n.a", b"n.a\0"),
        (b"n.b", b"n.b\0"),
        (b"n.c", b"n.c\0"),
    ]
    assert len(names) == 2
    assert NEW_NAMES.most < 100_000
