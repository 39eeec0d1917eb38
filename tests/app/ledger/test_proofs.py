"""Proofs of single entries and of continuation, small, tried before they are given."""

import pytest

from app.db import Database
from app.ledger.note import Checkpoint, opened
from app.ledger.proofs import Contradiction, Prover
from app.ledger.tree import Tree, extends, includes
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import SIGNING, Note


def signed(database: Database) -> tuple[str, Checkpoint]:
    note = database.checkpoint()
    assert note is not None
    return note, opened(note, [SIGNING.verifier])


def test_each_entry_is_proven_in_the_signed_tree(worked: Database) -> None:
    note, head = signed(worked)
    with worked.reading() as session:
        connection = session.connection()
        tree = worked.prover.tree(connection)
        for index in range(head.size):
            proof = worked.prover.inclusion(connection, index, head)
            leaf = tree.levels[0][index]
            assert includes(leaf, index, head.size, proof.hashes, head.root)
            written = proof.written(note)
            assert written.startswith(f"c2sp.org/tlog-proof@v1\nindex {index}\n")
            assert written.endswith(f"\n\n{note}")
            assert len(written) < 4096


def test_the_kept_tree_grows_and_serves_older_heads(worked: Database) -> None:
    _, old = signed(worked)
    with worked.reading() as session:
        assert len(worked.prover.tree(session.connection())) == old.size
    with worked.writing("editor:ana", wait_for_seal=True) as session:
        session.add(Note(id="x", title="x"))
    _, new = signed(worked)
    with worked.reading() as session:
        connection = session.connection()
        assert worked.prover.tree(connection).root() == new.root
        worked.prover.inclusion(connection, 0, old)
        proof = worked.prover.consistency(connection, old, new)
    assert extends(old.size, new.size, old.root, new.root, proof)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_proof_is_given_of_what_was_not_signed(worked: Database) -> None:
    _, head = signed(worked)
    other = Checkpoint(head.origin, head.size, b"\0" * 32)
    later = Checkpoint(head.origin, head.size + 5, head.root)
    with worked.reading() as session:
        connection = session.connection()
        with pytest.raises(Contradiction):
            worked.prover.inclusion(connection, 0, other)
        with pytest.raises(IndexError):
            worked.prover.inclusion(connection, head.size, head)
        with pytest.raises(Contradiction):
            worked.prover.consistency(connection, other, head)
        with pytest.raises(Contradiction):
            worked.prover.consistency(connection, later, head)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_kept_tree_is_not_believed_against_the_database(worked: Database) -> None:
    _, head = signed(worked)
    with worked.reading() as session:
        worked.prover.tree(session.connection())
    with shell(worked) as outside:
        as_deed(
            "DROP TRIGGER ledger_leaf_fixed; UPDATE ledger_leaf SET leaf = zeroblob(32)"
            " WHERE seq = (SELECT max(seq) FROM ledger_leaf)"
        )(outside)
    with worked.reading() as session, pytest.raises(Contradiction):
        worked.prover.inclusion(session.connection(), 0, head)


@pytest.mark.parametrize("steps", [(1,), (2, 3), (7, 1, 8), (16, 17), (5, 0, 27)])
def test_a_tree_that_grows_in_bulk_is_the_same(steps: tuple[int, ...]) -> None:
    singly, bulk, number = Tree(), Tree(), 0
    for step in steps:
        leaves = [bytes([number + place]) * 32 for place in range(step)]
        number += step
        for leaf in leaves:
            singly.append(leaf)
        bulk.extend(leaves)
        assert [row for row in bulk.levels if row] == [row for row in singly.levels if row]
    assert bulk.root() == singly.root()


def test_a_prover_begins_empty(desk: Database) -> None:
    with desk.reading() as session:
        assert len(Prover().tree(session.connection())) == 2


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_tree_is_kept_and_grown_not_read_again(worked: Database) -> None:
    with worked.reading() as session:
        kept = worked.prover.tree(session.connection())
        assert worked.prover.tree(session.connection()) is kept
    with worked.writing("editor:ana") as session:
        session.add(Note(id="x", title="x"))
    with worked.reading() as session:
        assert worked.prover.tree(session.connection()) is kept
        assert len(kept) == 19
