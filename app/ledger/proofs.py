"""Proofs: that one entry stands in a signed tree, and that one tree is the beginning of another."""

import threading
from dataclasses import dataclass

from sqlalchemy import Connection

from app.ledger.note import Checkpoint, encoded
from app.ledger.tables import prefix, run
from app.ledger.tree import Tree, extends, includes

PROOF = "c2sp.org/tlog-proof@v1"
"""The first line of a proof (C2SP tlog-proof)."""


class Contradiction(Exception):
    """The leaves in the database do not give the root that was signed."""


@dataclass(frozen=True)
class Proof:
    """The place of an entry and the hashes that lead from its leaf to the root."""

    index: int
    hashes: list[bytes]

    def written(self, note: str) -> str:
        """The proof with its checkpoint in the form of tlog-proof."""
        lines = "".join(f"{encoded(item)}\n" for item in self.hashes)
        return f"{PROOF}\nindex {self.index}\n{lines}\n{note}"


class Prover:
    """Keeps the tree of one ledger in memory, so that a proof costs its own hashes only.

    What was read is read again when the leaf at its end is another: a test database that was put
    back, or somebody's forgery, which then contradicts the signed root.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._tree = Tree()
        self._lock = threading.Lock()

    def tree(self, connection: Connection) -> Tree:
        """The tree over every leaf that the connection sees."""
        with self._lock:
            size = len(self._tree)
            kept = leaves(connection, max(0, size - 1))
            if size and kept[:1] != self._tree.levels[0][-1:]:
                self._tree, size = Tree(), 0
                kept = leaves(connection, 0)
            self._tree.extend(kept[1:] if size else kept)
            return self._tree

    def inclusion(self, connection: Connection, index: int, head: Checkpoint) -> Proof:
        """The proof of the entry at ``index`` in the tree of a checkpoint, tried before given.

        Raise IndexError where the tree has no such entry and Contradiction where the leaves are
        not those that were signed.
        """
        tree = self.tree(connection)
        proof = Proof(index, tree.inclusion(index, head.size))
        if not includes(tree.levels[0][index], index, head.size, proof.hashes, head.root):
            raise Contradiction(f"the first {head.size} leaves do not give the signed root")
        return proof

    def consistency(self, connection: Connection, old: Checkpoint, new: Checkpoint) -> list[bytes]:
        """The proof that the tree of one checkpoint is the beginning of another's, tried first."""
        tree = self.tree(connection)
        if old.size > len(tree):
            raise Contradiction(f"{old.size} leaves were signed, {len(tree)} are there")
        proof = tree.consistency(old.size, new.size)
        if not extends(old.size, new.size, old.root, new.root, proof):
            raise Contradiction(f"the tree of {new.size} does not continue the one of {old.size}")
        return proof


def leaves(connection: Connection, start: int) -> list[bytes]:
    """The leaf hashes from a place on, in their order."""
    query = (
        f"SELECT leaf FROM {prefix(connection)}ledger_leaf WHERE seq >= {int(start)} ORDER BY seq"
    )
    return [bytes(row[0]) for row in run(connection, query)]
