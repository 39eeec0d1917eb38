"""The key of contacts is renewed by one command, and a killed one loses nothing."""

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.db import Database
from app.ledger import history
from sources.contact_keys import ContactKeys
from sources.contacts import Reached, add_contact, find_contact, read_contact, renew_key
from sources.registry import add_source, find

BY = "editor:li.wei"


def test_a_rotation_reads_on_and_forgets_the_old_keys(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    keys = ContactKeys(sqlite_database.settings.contact_key_file)
    with sqlite_database.writing(BY) as session:
        source = add_source(session, by=BY, title="Somebody", confidential=True)
        contact = add_contact(session, keys, source, Reached(name="Zibellina"), by=BY).id
    # One that was interrupted before its commit leaves both keys in the file.
    with pytest.raises(KeyboardInterrupt):
        _interrupted(sqlite_database, keys)
    assert len(keys.file.read_text().splitlines()) == 2

    done = CliRunner().invoke(commands, ["contact", "key", "rotate", "--json"])

    assert done.exit_code == 0, done.output
    assert '"contacts": 1' in done.output
    assert len(keys.file.read_text().splitlines()) == 1
    with sqlite_database.reading() as session:
        source = find(session, source.key)
        row = find_contact(session, source, contact)
        assert read_contact(session, keys, source, row, by=BY).name == "Zibellina"
        assert [entry.op for entry in history.entries(session, kind="act")] == ["rotate"]


def _interrupted(database: Database, keys: ContactKeys) -> None:
    with database.writing(BY) as session:
        renew_key(session, keys)
        raise KeyboardInterrupt
