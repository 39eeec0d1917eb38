"""Signed heads: made of what is sealed, kept outside, and never two that contradict each other."""

import json

import pytest
from sqlalchemy import text

from app.db import Database
from app.ledger.note import Checkpoint, opened
from app.ledger.signer import Unsignable
from tests.app.ledger.conftest import Opener
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import SIGNING, Note, check


def write(database: Database, name: str) -> None:
    with database.writing("editor:ana") as session:
        session.add(Note(id=name, title=name))


def head(database: Database) -> Checkpoint:
    note = database.checkpoint()
    assert note is not None
    return opened(note, [SIGNING.verifier])


def test_a_head_is_what_verification_finds_and_stands_in_three_places(worked: Database) -> None:
    write(worked, "x")
    found = head(worked)
    report = check(worked)
    assert report.findings == []
    assert (found.size, found.root.hex()) == (report.leaves, report.root)
    assert worked.signer.last() == found
    assert len(worked.signer.outside()) == 3
    here = "" if worked.is_sqlite else "ledger."
    with worked.reading() as session:
        count = session.execute(text(f"SELECT count(*) FROM {here}ledger_checkpoint"))  # noqa: S608
        assert count.scalar_one() == 3


def test_nothing_new_is_signed_alike_and_kept_once(worked: Database) -> None:
    assert worked.checkpoint() == worked.checkpoint() == worked.signer.outside()[-1]
    assert len(worked.signer.outside()) == 2


def test_an_older_database_put_back_is_found_and_not_signed(
    engine: str, worked: Database, small_desk: Opener
) -> None:
    """T-WIT: a rollback and a fork are found by one head kept elsewhere."""
    write(worked, "x")
    head(worked)
    older = small_desk(engine, "worked")
    assert check(older).findings == []
    older.signer = worked.signer
    assert check(older).codes == {"ROLLBACK"}
    with pytest.raises(Unsignable, match="put back"):
        older.checkpoint()


def test_another_history_of_the_same_length_is_found_and_not_signed(
    engine: str, worked: Database, small_desk: Opener
) -> None:
    """T-WIT: a rollback and a fork are found by one head kept elsewhere."""
    write(worked, "x")
    head(worked)
    fork = small_desk(engine, "worked")
    fork.signer = worked.signer
    for name in ("y", "z"):
        write(fork, name)
    assert check(fork).codes == {"ROOT_MISMATCH"}
    with pytest.raises(Unsignable, match="another history"):
        fork.checkpoint()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_leaf_that_was_not_sealed_here_is_not_signed(worked: Database) -> None:
    with shell(worked) as outside:
        as_deed(
            "INSERT INTO ledger_leaf SELECT max(seq) + 1, 99, 'app', zeroblob(32), zeroblob(32)"
            " FROM ledger_leaf"
        )(outside)
    with pytest.raises(Unsignable, match="not sealed here"):
        worked.checkpoint()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_rotated_key_goes_on_with_the_log(worked: Database) -> None:
    old = worked.signer.last()
    worked.signer.draw(SIGNING.name)
    write(worked, "x")
    worked.checkpoint()
    assert old is not None
    assert len(worked.signer.verifiers()) == 2
    assert check(worked).findings == []
    assert worked.signer.last() != old
    worked.signer.public_file.write_text(f"{SIGNING.verifier}\n")
    assert check(worked).codes == {"BAD_SIGNATURE"}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_another_origin_begins_another_log(worked: Database) -> None:
    worked.signer.draw("new.example/ledger")
    assert worked.signer.last() is None
    note = worked.checkpoint()
    assert note is not None
    assert note.startswith("new.example/ledger\n")
    assert check(worked).findings == []


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("damage", [{"root": "00" * 32}, {"size": 3}, {"peaks": ["zz"]}])
def test_a_damaged_memory_of_the_signer_is_told(
    worked: Database, damage: dict[str, object]
) -> None:
    state = json.loads(worked.signer.state_file.read_text())
    worked.signer.state_file.write_text(json.dumps(state | damage))
    assert check(worked).codes & {"BAD_SIGNATURE", "ROOT_MISMATCH"}
    with pytest.raises((Unsignable, ValueError)):
        worked.checkpoint()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_rubbish_in_the_file_outside_is_told(worked: Database) -> None:
    with worked.signer.copies.open("a") as file:
        file.write("rubbish\n")
    report = check(worked)
    assert report.codes == {"BAD_SIGNATURE"}
    assert "the file outside" in report.findings[0].detail


@pytest.mark.parametrize("engine", ["sqlite"])
def test_keys_belong_to_nobody_else(worked: Database) -> None:
    worked.signer.draw(SIGNING.name)
    worked.checkpoint()
    for file in (worked.signer.key_file, worked.signer.state_file, worked.signer.copies):
        assert file.stat().st_mode & 0o077 == 0


def test_an_empty_ledger_has_no_head(empty_database: Database) -> None:
    from app import schema  # noqa: PLC0415 - only here the ledger must be without its first entry.

    schema.upgrade(empty_database, "0001_ledger", actor="system:test")
    note = empty_database.checkpoint()
    assert note is not None
    assert opened(note, empty_database.signer.verifiers()).size == 1
