"""What a leaf binds, and that numbers count as they were written."""

import json
from hashlib import sha256
from typing import Any

import pytest

from app.ledger.leaf import Event, canonical, commitment, header, leaf, read, seal_mac

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
    old='{"title": "甲", "figure": 1.10}',
    new='{"title": "乙", "figure": 1.1}',
    salt=SALT,
)


def test_a_leaf_is_the_hash_of_its_header_after_a_zero_byte() -> None:
    assert leaf(EVENT, "app") == sha256(b"\0" + header(EVENT, "app")).digest()
    assert b'"pk":"n1","req":null,"tbl":"note","via":"app"' in header(EVENT, "app")


@pytest.mark.parametrize(
    "change",
    [
        {"eid": 8},
        {"kind": "act"},
        {"tbl": "claim"},
        {"pk": "n2"},
        {"op": "M"},
        {"at": "2026-01-02T03:04:05.679Z"},
        {"actor": "editor:bo"},
        {"req": "r1"},
        {"dbuser": "postgres"},
        {"xid": "9"},
        {"old": '{"title": "甲", "figure": 1.1}'},
        {"new": '{"title": "乙"}'},
        {"old": None},
        {"salt": SALT[::-1]},
    ],
)
def test_no_part_of_an_event_changes_without_its_leaf(change: dict[str, Any]) -> None:
    assert leaf(EVENT._replace(**change), "app") != leaf(EVENT, "app")


def test_a_header_is_canonical_json() -> None:
    odd = EVENT._replace(pk='["a\\"","乙"]', actor="a\nb")
    fields = json.loads(header(odd, "app"))
    assert header(odd, "app") == canonical(fields).encode()
    assert fields["pk"] == odd.pk
    assert fields["c"] == commitment(odd.old, odd.new, odd.salt).hex()


def test_where_an_event_came_from_is_in_its_leaf() -> None:
    assert leaf(EVENT, "foreign") != leaf(EVENT, "app")


def test_spacing_and_the_order_of_fields_do_not_count() -> None:
    again = EVENT._replace(new='{"figure":1.1,"title":"\\u4e59"}')
    assert leaf(again, "app") == leaf(EVENT, "app")


def test_an_empty_image_is_not_a_missing_one() -> None:
    assert commitment("{}", None, SALT) != commitment(None, None, SALT)
    assert commitment("{}", None, SALT) != commitment(None, "{}", SALT)


def test_numbers_count_as_they_were_written() -> None:
    assert read('{"a": 1.10}') != read('{"a": 1.1}')
    assert read('{"a": 1.1}') != read('{"a": "1.1"}')
    assert canonical(read('{"b": [1.10, 1e5, -0, true, null], "a": {"y": "é", "x": 2}}')) == (
        '{"a":{"x":2,"y":"é"},"b":[1.10,1e5,0,true,null]}'
    )


def test_an_image_is_an_object() -> None:
    with pytest.raises(TypeError):
        read("[1]")


def test_a_seal_needs_the_key_and_the_place() -> None:
    digest = leaf(EVENT, "app")
    assert seal_mac(b"k" * 32, 1, digest) != seal_mac(b"l" * 32, 1, digest)
    assert seal_mac(b"k" * 32, 1, digest) != seal_mac(b"k" * 32, 2, digest)
