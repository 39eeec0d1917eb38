"""The tree of commitments: one root whatever is hidden, and no change of it unseen."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.appendix.commitments import (
    WITHHELD,
    NotTheTree,
    Salt,
    is_leaf,
    joined,
    node_hash,
    parts_of,
    root_of,
)
from claims.appendix.redaction import Opening
from claims.material import canonical_json

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(max_size=8))
WORDS = st.fixed_dictionaries({}, optional={"zh": st.text(max_size=5), "en": st.text(max_size=5)})
KEYS = st.sampled_from(["article", "by", "claims", "en", "number", "said"])
VALUES = st.recursive(
    st.one_of(SCALARS, WORDS, st.lists(SCALARS, max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
SALT = bytes(range(32))


def whole(value: Any) -> bytes:
    return node_hash(value, SALT, [])


def paths(value: Any, path: str = "") -> list[str]:
    found = [path]
    if not is_leaf(value):
        for name, part in parts_of(value):
            found += paths(part, joined(path, name))
    return found


def at(value: Any, path: str) -> Any:
    for name in path.split("/") if path else ():
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def put(value: Any, path: str, new: Any) -> Any:
    if not path:
        return new
    copy = json.loads(json.dumps(value))
    above, _, name = path.rpartition("/")
    holder = at(copy, above)
    holder[int(name) if isinstance(holder, list) else name] = new
    return copy


@st.composite
def shown(draw: st.DrawFn) -> tuple[Any, Any, dict[str, str], list[str]]:
    """A value, what is shown of it, its salts, and the paths that are hidden."""
    value = draw(VALUES)
    chosen = draw(st.lists(st.sampled_from(paths(value)), max_size=3, unique=True))
    hidden = [one for one in chosen if not any(_within(one, other) for other in chosen)]
    opening = Opening(hidden)
    digest, part = opening.of(value, SALT)
    assert digest == whole(value)
    return value, part, opening.salts, hidden


def _within(path: str, other: str) -> bool:
    return path != other and (not other or path.startswith(f"{other}/"))


def outcome(value: Any, salts: dict[str, str]) -> bytes | None:
    try:
        return root_of(value, salts)
    except NotTheTree:
        return None


@settings(max_examples=50)
@given(shown())
def test_what_is_shown_leads_to_the_root_whatever_is_hidden(
    case: tuple[Any, Any, dict[str, str], list[str]],
) -> None:
    value, part, salts, hidden = case
    assert root_of(part, salts) == whole(value)
    for path in hidden:
        assert at(part, path).keys() == {WITHHELD}


@settings(max_examples=50)
@given(shown(), SCALARS, st.data())
def test_no_value_that_is_shown_can_be_another(
    case: tuple[Any, Any, dict[str, str], list[str]], other: Any, data: st.DataObject
) -> None:
    value, part, salts, _hidden = case
    leaves = [path for path in paths(part) if is_leaf(at(part, path))]
    assume(leaves)
    path = data.draw(st.sampled_from(leaves))
    assume(canonical_json(at(part, path)) != canonical_json(other))
    assert outcome(put(part, path, other), salts) != whole(value)


@settings(max_examples=50)
@given(shown(), st.data(), st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_no_hash_and_no_salt_can_be_another(
    case: tuple[Any, Any, dict[str, str], list[str]], data: st.DataObject, place: int, digit: str
) -> None:
    value, part, salts, hidden = case

    def altered(text: str) -> str:
        assume(text[place] != digit)
        return text[:place] + digit + text[place + 1 :]

    wrong = data.draw(st.sampled_from([*salts, *(f"withheld {path}" for path in hidden)]))
    path = wrong.removeprefix("withheld ")
    if wrong in salts:
        salts = {**salts, path: altered(salts[path])}
    else:
        part = put(part, path, {WITHHELD: altered(at(part, path)[WITHHELD])})
    assert outcome(part, salts) != whole(value)


def test_the_shape_is_bound_as_well() -> None:
    value = {"claims": [{"number": 1}, {"number": 2}], "by": None}
    root = whole(value)
    salts = {"": SALT.hex()}
    assert root_of(value, salts) == root
    for other in (
        {"claims": [{"number": 2}, {"number": 1}], "by": None},
        {"claims": [{"number": 1}], "by": None},
        {"claims": {"0": {"number": 1}, "1": {"number": 2}}, "by": None},
        {"claims": [{"number": 1}, {"number": 2}]},
        {"claims": [{"number": 1}, {"number": "2"}], "by": None},
        {"claims": [{"number": True}, {"number": 2}], "by": None},
    ):
        assert outcome(other, salts) != root


def test_a_salt_too_many_or_too_few_is_no_tree() -> None:
    value = {"by": "a", "said": {"number": 1}}
    opening = Opening(["said"])
    _digest, part = opening.of(value, SALT)
    salts = opening.salts
    assert list(salts) == ["by"]
    for wrong in (
        {},
        {**salts, "said": SALT.hex()},
        {**salts, "said/number": SALT.hex()},
        {**salts, "": SALT.hex()},
        {"by": "00"},
        {"by": salts["by"].upper()},
    ):
        with pytest.raises(NotTheTree):
            root_of(part, wrong)


def test_the_hashes_are_those_the_description_gives() -> None:
    def digest(*parts: bytes) -> bytes:
        return hashlib.sha256(b"".join(parts)).digest()

    def salt(parent: bytes, name: str) -> bytes:
        return hmac.digest(parent, name.encode(), "sha256")

    value = {"title": {"zh": "题", "en": "T"}, "claims": [{"n": 1}], "sample": False}
    claims = salt(SALT, "claims")
    number = digest(b"\0", salt(salt(claims, "0"), "n"), b"1")
    listed = digest(b"\2", digest(b"\1", b"n\0", number))
    sample = digest(b"\0", salt(SALT, "sample"), b"false")
    title = digest(b"\0", salt(SALT, "title"), '{"en":"T","zh":"题"}'.encode())
    root = digest(b"\1", b"claims\0", listed, b"sample\0", sample, b"title\0", title)
    assert whole(value) == root
    assert Salt(SALT).child("sample") == salt(SALT, "sample")
    assert all(map(is_leaf, ([], {}, ["a", 1, None])))
    assert not any(map(is_leaf, ([[]], {"zh": "a", "ja": "b"})))
