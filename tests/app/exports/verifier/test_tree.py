"""The tree that a stranger rebuilds is the one the desk grew."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.verifier.strict import Unreadable
from app.exports.verifier.tree import Tree, Uncovered, differing, marks_of
from claims.appendix import commitments

SALT = b"\x05" * 32
WORDS = st.text(alphabet='ab中\n"', max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["zh", "en", "a", "b", "c"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_it_has_the_root_and_the_marks_of_the_desks_tree(value: Any) -> None:
    leaves = list[bytes]()
    root = commitments.node_hash(value, SALT, leaves)
    tree = Tree({"": SALT.hex()})
    assert tree.hash(value, "") == root
    found = tree.leaves()
    assert marks_of(found) == commitments.marks_of(leaves)
    assert differing(found, marks_of(found)) == []


CONTENT = {"title": {"zh": "题"}, "claims": [{"quote": "5 %", "note": "n", "rows": [{"a": 1}]}]}


def test_a_change_is_found_in_its_leaf() -> None:
    tree = Tree({"": SALT.hex()})
    tree.hash(CONTENT, "")
    marks = marks_of(tree.leaves())
    tree.hash({**CONTENT, "claims": [{"quote": "6 %", "note": "n", "rows": [{"a": 2}]}]}, "")
    assert differing(tree.leaves(), marks) == [
        ("claims/0/quote", False),
        ("claims/0/rows/0/a", False),
    ]
    tree.hash({**CONTENT, "claims": [{"quote": "5 %", "rows": [{"a": 1}]}]}, "")
    assert differing(tree.leaves(), marks) == [("claims/0", False)]


def test_a_part_can_be_withheld_and_no_other_put_in_its_place() -> None:
    whole = Tree({"": SALT.hex()})
    root = whole.hash(CONTENT, "")
    claims = Tree({"": SALT.hex()}).hash(CONTENT["claims"], "claims").hex()
    salts = {"title": commitments.Salt(SALT).child("title").hex()}
    hidden = {"title": CONTENT["title"], "claims": {"withheld": claims}}
    assert Tree(salts).hash(hidden, "") == root
    with pytest.raises(Uncovered):
        Tree(salts).hash(CONTENT, "")
    with pytest.raises(Uncovered):
        Tree(salts).hash({**hidden, "claims": {"withheld": claims.upper()}}, "")
    with pytest.raises(Unreadable):
        Tree({"": SALT.hex()}).hash(hidden, "")
