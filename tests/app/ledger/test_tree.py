"""The Merkle tree against the published vectors of Certificate Transparency, and its proofs."""

from hashlib import sha256

import pytest

from app.ledger.tree import EMPTY, Root, Tree, extends, includes

LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FORGED = b"\x5a" * 32


def grown(size: int) -> tuple[Tree, list[bytes]]:
    tree, leaves = Tree(), [sha256(bytes([0, number])).digest() for number in range(size)]
    for leaf in leaves:
        tree.append(leaf)
    return tree, leaves


def test_the_published_roots_come_out() -> None:
    tree = Tree()
    assert tree.root() == EMPTY
    for data, root in zip(LEAVES, ROOTS, strict=True):
        tree.append(sha256(b"\0" + bytes.fromhex(data)).digest())
        assert tree.root().hex() == root


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 32, 61])
def test_every_inclusion_proof_holds_and_no_forged_one_does(size: int) -> None:
    tree, leaves = grown(size)
    root = tree.root()
    for index, leaf in enumerate(leaves):
        proof = tree.inclusion(index, size)
        assert includes(leaf, index, size, proof, root)
        assert not includes(FORGED, index, size, proof, root)
        assert not includes(leaf, index, size, [*proof, FORGED], root)
        assert not includes(leaf, size, size, proof, root)
        for place in range(len(proof)):
            changed = [*proof[:place], FORGED, *proof[place + 1 :]]
            assert not includes(leaf, index, size, changed, root)
            assert not includes(leaf, index, size, proof[:-1], root)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 32])
def test_every_consistency_proof_holds_and_no_forged_one_does(size: int) -> None:
    tree, _ = grown(size)
    root = tree.root()
    for old in range(1, size + 1):
        proof = tree.consistency(old, size)
        assert extends(old, size, tree.root(old), root, proof)
        if old != size:
            assert not extends(old, size, FORGED, root, proof)
            assert not extends(old, size, tree.root(old), FORGED, proof)
            assert not extends(old, size, tree.root(old), root, [])
        for place in range(len(proof)):
            changed = [*proof[:place], FORGED, *proof[place + 1 :]]
            assert not extends(old, size, tree.root(old), root, changed)


def test_there_is_no_proof_outside_the_tree() -> None:
    tree, _ = grown(4)
    with pytest.raises(IndexError):
        tree.inclusion(4, 4)
    with pytest.raises(IndexError):
        tree.consistency(0, 4)
    assert not extends(0, 4, EMPTY, tree.root(), [])


def test_a_root_without_its_tree_is_the_same() -> None:
    tree, leaves = grown(61)
    root = Root()
    assert root.value() == EMPTY
    for size, leaf in enumerate(leaves, start=1):
        root.append(leaf)
        assert root.value() == tree.root(size)
    assert root.size == len(tree)
