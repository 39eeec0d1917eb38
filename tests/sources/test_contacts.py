"""Contacts: nobody reads one without the key, the right and the row it was sealed for."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sources.confidential_models import Contact
from sources.contact_keys import ContactKeys
from sources.contacts import (
    Reached,
    add_contact,
    contacts_of,
    destroy_contact,
    read_contact,
    renew_key,
)
from sources.errors import Conflict, Forbidden, Locked, Refused
from sources.models import Source
from sources.need_to_know import name_reader, revoke
from sources.registry import add_source

KEEPER, OTHER = "editor:li.wei", "editor:chen.mo"
TOLD = Reached(name="Zibellina", phone="+00 123", note="只在夜里")


@pytest.fixture
def keys(tmp_path: Path) -> ContactKeys:
    return ContactKeys(tmp_path / "keys" / "contacts")


def a_confidential_source(session: Session) -> Source:
    return add_source(session, by=KEEPER, title="A person", confidential=True)


def test_a_contact_is_read_by_who_may_know_and_by_nobody_else(
    session: Session, keys: ContactKeys
) -> None:
    """T-BAK: who has the database alone reads no contact."""
    source = a_confidential_source(session)
    row = add_contact(session, keys, source, TOLD, by=KEEPER)
    assert read_contact(session, keys, source, row, by=KEEPER) == TOLD
    assert "Zibellina" not in repr(TOLD)
    with pytest.raises(Forbidden):
        read_contact(session, keys, source, row, by=OTHER)
    with pytest.raises(Forbidden):
        name_reader(session, source, OTHER, by=OTHER, leads=False)
    right = name_reader(session, source, OTHER, by=KEEPER, leads=False)
    assert name_reader(session, source, OTHER, by=KEEPER, leads=False) is right
    assert read_contact(session, keys, source, row, by=OTHER) == TOLD
    revoke(session, right, source, by="editor:lead", leads=True)
    with pytest.raises(Forbidden):
        read_contact(session, keys, source, row, by=OTHER)
    with pytest.raises(Conflict):
        revoke(session, right, source, by=KEEPER, leads=False)


def put(keys: ContactKeys, text: str) -> None:
    """Write the key file as its owner would."""
    keys.file.touch(mode=0o600)
    keys.file.write_text(text)


def test_the_file_is_its_owners_and_a_missing_or_wrong_key_is_told_of(
    session: Session, keys: ContactKeys
) -> None:
    source = a_confidential_source(session)
    row = add_contact(session, keys, source, TOLD, by=KEEPER)
    assert keys.file.stat().st_mode & 0o777 == 0o600
    kept = keys.file.read_text()
    for broken in (None, "", "rubbish\n", kept[:8] + " " + "0" * 64 + "\n", "00000000" + kept[8:]):
        keys.file.unlink()
        if broken is not None:
            put(keys, broken)
        with pytest.raises(Locked):
            read_contact(session, keys, source, row, by=KEEPER)
        if broken is None:
            with pytest.raises(Locked):
                add_contact(session, keys, source, TOLD, by=KEEPER)
            assert not keys.file.exists()
            put(keys, "")
    put(keys, kept)
    assert len(session.scalars(select(Contact)).all()) == 1
    assert read_contact(session, keys, source, row, by=KEEPER) == TOLD


def test_a_ciphertext_in_another_row_or_of_another_source_is_refused(
    session: Session, keys: ContactKeys
) -> None:
    source, second = a_confidential_source(session), a_confidential_source(session)
    one = add_contact(session, keys, source, TOLD, by=KEEPER)
    other = add_contact(session, keys, source, Reached(name="Other"), by=KEEPER)
    other.sealed, other.wrapped_key = one.sealed, one.wrapped_key
    with pytest.raises(Locked):
        read_contact(session, keys, source, other, by=KEEPER)
    one.source_id = second.id
    with pytest.raises(Locked):
        read_contact(session, keys, second, one, by=KEEPER)


def test_a_renewed_key_reads_everything_and_the_old_one_nothing_more(
    session: Session, keys: ContactKeys
) -> None:
    source = a_confidential_source(session)
    row = add_contact(session, keys, source, TOLD, by=KEEPER)
    sealed, old = row.sealed, keys.file.read_text()
    assert renew_key(session, keys) == 1
    assert read_contact(session, keys, source, row, by=KEEPER) == TOLD
    assert keys.retire() == 1
    assert read_contact(session, keys, source, row, by=KEEPER) == TOLD
    assert row.sealed == sealed
    keys.file.write_text(old)
    with pytest.raises(Locked):
        read_contact(session, keys, source, row, by=KEEPER)


def test_a_destroyed_contact_is_gone_and_nothing_is_no_contact(
    session: Session, keys: ContactKeys
) -> None:
    source = a_confidential_source(session)
    with pytest.raises(Refused):
        add_contact(session, keys, source, Reached(name="  "), by=KEEPER)
    row = add_contact(session, keys, source, TOLD, by=KEEPER)
    destroy_contact(session, source, row, by=KEEPER)
    assert (row.sealed, row.wrapped_key) == (None, None)
    with pytest.raises(Conflict):
        read_contact(session, keys, source, row, by=KEEPER)
    assert [found.id for found in contacts_of(session, source)] == [row.id]
    with pytest.raises(Refused):
        add_contact(session, keys, add_source(session, by=KEEPER, title="Open"), TOLD, by=KEEPER)
