"""The signer's files: what it signed last, its keys old and new, and who may read them."""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from app.ledger.note import BadNote, Checkpoint, SigningKey, opened
from app.ledger.signer import Signer, Unsignable, append, ends_with, read_copies
from app.ledger.tree import Root

LEAVES = [sha256(bytes([number])).digest() for number in range(7)]


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(tmp_path / "keys" / "checkpoint", tmp_path / "outside" / "checkpoints")


def root_of(leaves: list[bytes]) -> bytes:
    root = Root()
    for leaf in leaves:
        root.append(leaf)
    return root.value()


def signed(signer: Signer, leaves: list[bytes]) -> str:
    with signer.alone() as before:
        return signer.sign(before, leaves)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    yield
    os.umask(before)


def test_it_lies_beside_its_key(signer: Signer, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    assert (signer.key_file, signer.public_file) == (
        keys / "checkpoint",
        keys / "checkpoint.public",
    )
    assert signer.state_file == keys / "checkpoint.signed"
    assert (signer.verifiers(), signer.outside(), signer.last()) == ([], [], None)
    assert not keys.exists()


def test_a_key_is_drawn_when_it_is_first_needed_and_then_kept(signer: Signer) -> None:
    key = signer.key()
    assert re.fullmatch(r"claim-desk/[0-9a-f]{8}", key.name)
    assert len(set(key.seed)) > 8
    assert signer.key() == key
    assert signer.verifiers() == [key.verifier]
    assert SigningKey.read(signer.key_file.read_text(encoding="ascii")) == key


def test_nobody_else_can_read_or_enter(signer: Signer) -> None:
    with umask(0):
        signed(signer, LEAVES[:1])
    for folder in (signer.key_file.parent, signer.copies.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    for file in (signer.key_file, signer.state_file, signer.public_file, signer.copies):
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("origin", ["two words", "plus+sign", ""])
def test_what_cannot_name_a_log_is_refused_and_changes_nothing(signer: Signer, origin: str) -> None:
    with pytest.raises(BadNote) as refused:
        signer.draw(origin)
    assert str(refused.value) == f"{origin!r} cannot name a log: no space and no plus sign"
    assert not signer.key_file.parent.exists()
    key = signer.key()
    with pytest.raises(BadNote):
        signer.draw(origin)
    assert signer.key() == key
    assert signer.verifiers() == [key.verifier]


def test_a_new_key_of_the_log_goes_on_and_one_of_another_log_forgets(signer: Signer) -> None:
    first = signer.draw("desk.example/ledger")
    signed(signer, LEAVES[:3])
    second = signer.draw("desk.example/ledger")
    assert signer.last() == Checkpoint("desk.example/ledger", 3, root_of(LEAVES[:3]))
    third = signer.draw("desk.example/other")
    assert signer.last() is None
    assert signer.verifiers() == [first.verifier, second.verifier, third.verifier]
    assert len({first.seed, second.seed, third.seed}) == 3
    assert len(signer.outside()) == 1
    signer.public_file.write_text(f"\n{first.verifier}\n \n{second.verifier}\n")
    assert signer.verifiers() == [first.verifier, second.verifier]


def test_what_was_signed_goes_on_leaf_by_leaf(signer: Signer) -> None:
    notes = [signed(signer, LEAVES[:3]), signed(signer, LEAVES[3:7])]
    heads = [opened(note, signer.verifiers()) for note in notes]
    assert [head.size for head in heads] == [3, 7]
    assert [head.root for head in heads] == [root_of(LEAVES[:3]), root_of(LEAVES)]
    assert signer.last() == heads[1]
    assert signer.outside() == notes
    with signer.alone() as before:
        assert (before.root.size, before.last_leaf) == (7, LEAVES[6])


def test_its_memory_says_size_root_peaks_and_the_last_leaf(signer: Signer) -> None:
    signed(signer, LEAVES[:3])
    peaks = [sha256(b"\1" + LEAVES[0] + LEAVES[1]).hexdigest(), LEAVES[2].hex()]
    assert json.loads(signer.state_file.read_text()) == {
        "size": 3,
        "root": root_of(LEAVES[:3]).hex(),
        "peaks": peaks,
        "last": LEAVES[2].hex(),
    }


def test_nothing_new_is_the_same_note_and_is_kept_once(signer: Signer) -> None:
    note = signed(signer, LEAVES[:2])
    assert signed(signer, []) == note
    assert signer.outside() == [note]
    assert signer.last() == opened(note, signer.verifiers())


def test_an_empty_tree_can_be_signed_and_is_no_head_to_go_on_from(signer: Signer) -> None:
    head = opened(signed(signer, []), signer.verifiers())
    assert (head.size, head.root) == (0, sha256(b"").digest())
    assert json.loads(signer.state_file.read_text())["last"] is None
    assert signer.last() is None
    with signer.alone() as before:
        assert before.last_leaf is None


def test_a_memory_that_contradicts_itself_is_not_gone_on_from(signer: Signer) -> None:
    signed(signer, LEAVES[:3])
    state = json.loads(signer.state_file.read_text())
    signer.state_file.write_text(json.dumps(state | {"root": "00" * 32}))
    sentence = "checkpoint.signed is damaged: its peaks do not give its root"
    with pytest.raises(Unsignable) as refused:
        signer.last()
    assert str(refused.value) == sentence
    with pytest.raises(Unsignable), signer.alone():
        pass


def test_one_process_signs_at_a_time(signer: Signer) -> None:
    with signer.alone(), signer.key_file.open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with signer.key_file.open() as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_damaged_copy_outside_is_read_for_verification_to_tell(signer: Signer) -> None:
    note = signed(signer, LEAVES[:1])
    with signer.copies.open("ab") as file:
        file.write(b"\xff\xfe\n")
    assert signer.outside() == [note, "\N{REPLACEMENT CHARACTER}" * 2 + "\n"]
    assert read_copies(signer.copies.with_name("none")) == []


def test_text_is_written_below_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "below" / "file"
    append(file, "份额\n")
    append(file, "two\n")
    assert file.read_text(encoding="utf-8") == "份额\ntwo\n"
    assert ends_with(file, "two\n")
    assert ends_with(file, "份额\ntwo\n")
    assert not ends_with(file, "额\n")
    assert not ends_with(file, "one\n份额\ntwo\n")
    assert not ends_with(file.with_name("none"), "two\n")
