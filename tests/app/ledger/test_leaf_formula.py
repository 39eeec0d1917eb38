"""The leaf against the formula in docs/ledger.md, calculated here a second time and plainly."""

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest

from app.ledger.leaf import (
    Erased,
    Event,
    Opening,
    bound,
    canonical,
    commitment,
    erasures,
    field_salt,
    leaf,
    openings,
    read,
    seal_mac,
    value_digest,
)
from tests.app.ledger.test_leaf import EVENT, SALT


def mac(key: bytes, words: bytes) -> bytes:
    return hmac.new(key, words, sha256).digest()


def digest(salt: bytes, name: str, value: bytes) -> bytes:
    words = name.encode()
    return sha256(mac(salt, words)[:16] + words + b"\0" + value).digest()


def formula(parts: dict[str, bytes]) -> bytes:
    """SHA-256 of the purpose and, in order, name, zero, digest."""
    words = b"".join(name.encode() + b"\0" + parts[name] for name in sorted(parts))
    return sha256(b"desk-ledger-1" + words).digest()


@pytest.mark.parametrize("salt", [SALT, b"", b"s", b"s" * 63, b"s" * 64, b"s" * 65, b"s" * 200])
def test_a_commitment_is_the_formula(salt: bytes) -> None:
    old = '{"b": 1.10, "title": "甲 \\"x\\"", "ab": null}'
    new = '{"title": "lone \\ud800", "ok": true, "no": false, "n": {"z": [1, 2e3], "a": "é"}}'
    expected = formula(
        {
            "o": b"",
            "o.ab": digest(salt, "o.ab", b"null"),
            "o.b": digest(salt, "o.b", b"1.10"),
            "o.title": digest(salt, "o.title", '"甲 \\"x\\""'.encode()),
            "n": b"",
            "n.title": digest(salt, "n.title", b'"lone \xed\xa0\x80"'),
            "n.ok": digest(salt, "n.ok", b"true"),
            "n.no": digest(salt, "n.no", b"false"),
            "n.n": digest(salt, "n.n", '{"a":"é","z":[1,2e3]}'.encode()),
        }
    )
    assert commitment(old, new, salt) == expected
    assert bound(openings(old, new, salt)) == expected
    assert field_salt(salt, "o.b") == mac(salt, b"o.b")[:16]


@pytest.mark.parametrize("key", [b"k" * 32, b"", b"k" * 64, b"k" * 65])
def test_a_seal_is_the_hmac_of_place_and_leaf(key: bytes) -> None:
    words = (258).to_bytes(8, "big") + SALT
    assert seal_mac(key, 258, SALT) == mac(key, words)


def redacted(event: Event, *names: str) -> Event:
    """The event as a redaction of these values leaves it."""
    values = openings(event.old, event.new, event.salt, event.red)
    left: dict[str, dict[str, str]] = {"d": {}, "s": {}}
    for name, value in values.items():
        if name in names or (isinstance(value, Erased) and value.digest):
            left["d"][name] = value_digest(name, value).hex()
        elif isinstance(value, Opening):
            left["s"][name] = value.salt.hex()
    images: dict[str, dict[str, Any] | None] = {"o": read(event.old), "n": read(event.new)}
    texts = {
        side: None
        if image is None
        else canonical({f: v for f, v in image.items() if f"{side}.{f}" not in left["d"]})
        for side, image in images.items()
    }
    return event._replace(old=texts["o"], new=texts["n"], salt=b"", red=json.dumps(left))


def test_a_leaf_outlives_what_was_erased_of_it_however_often() -> None:
    once = redacted(EVENT, "n.title")
    twice = redacted(once, "o.title", "n.figure")
    assert "乙" not in repr(once)
    assert "甲" in repr(once)
    assert "甲" not in repr(twice)
    for event in (once, twice, redacted(EVENT)):
        assert event.red is not None
        assert leaf(event, "app") == leaf(EVENT, "app")
        assert leaf(event._replace(old='{"figure": 9}'), "app") != leaf(EVENT, "app")
    assert leaf(once._replace(red=redacted(EVENT, "o.title").red), "app") != leaf(EVENT, "app")


NEITHER = "is erased and there, or of no image"


@pytest.mark.parametrize(
    ("red", "sentence"),
    [
        ({"d": {"n.title": "00"}, "s": {"n.title": "00"}}, f"n.title {NEITHER}"),
        ({"d": {"o.title": "00"}, "s": {"n.title": "00"}}, f"o.title {NEITHER}"),
        ({"d": {"x.y": "00"}, "s": {"n.title": "00"}}, f"x.y {NEITHER}"),
        ({"d": {"n.x": "no hex"}, "s": {"n.title": "00"}}, "non-hexadecimal"),
    ],
)  # fmt: skip
def test_what_a_redaction_cannot_have_left_is_unreadable(
    red: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        openings(None, '{"title":"x"}', b"", json.dumps(red))


def test_a_value_without_its_salt_is_unreadable() -> None:
    with pytest.raises(KeyError):
        openings(None, '{"title":"x"}', b"", '{"d":{},"s":{}}')
    with pytest.raises(KeyError):
        erasures('{"d":{}}')
    assert erasures(None) == {}
    assert erasures('{"d":{"n.a":"00"},"s":{},"x":1}') == {"d": {"n.a": "00"}, "s": {}}


def test_what_is_no_image_says_so() -> None:
    with pytest.raises(TypeError, match="an image of the ledger is a JSON object"):
        read("[1]")
    assert read(None) is None
    assert read("{}") == {}


@pytest.mark.parametrize(
    "event",
    [
        EVENT._replace(new="[["),
        EVENT._replace(new="[]"),
        EVENT._replace(at=None),  # type: ignore[arg-type]
        EVENT._replace(salt="text"),  # type: ignore[arg-type]
        EVENT._replace(red="rubbish"),
        EVENT._replace(new="[" * 100_000),
    ],
)
def test_what_is_none_of_ours_is_bound_as_it_is(event: Event) -> None:
    assert leaf(event, "app") == sha256(b"\0" + repr((*event[:13], "app")).encode()).digest()
    assert leaf(event, "app") != leaf(event, "foreign")


def test_canonical_json_is_the_one_way_to_write() -> None:
    value = read('{"b":[],"a":{},"c":[true,false,null,-1,1E2,"\\u0000\\n\\"\\\\/é"],"":"NaN"}')
    assert canonical(value) == (
        '{"":"NaN","a":{},"b":[],"c":[true,false,null,-1,1E2,"\\u0000\\n\\"\\\\/é"]}'
    )
    assert canonical((1, "a")) == '[1,"a"]'
