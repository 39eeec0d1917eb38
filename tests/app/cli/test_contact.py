"""The key of contacts is renewed by one command; killed or run twice at once, it loses nothing."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.cli.contact import rotated
from app.config import Settings
from app.db import Database
from app.ledger import history
from sources.contact_keys import ContactKeys
from sources.contacts import (
    Reached,
    add_contact,
    find_contact,
    read_contact,
    renew_key,
    retire_keys,
)
from sources.registry import add_source, find

BY = "editor:li.wei"
WATCHED = ("sources/keyrings.py", "sources/contacts.py", "app/cli/contact.py")
"""Where a rotation dies, before each of their lines."""


class Kept:
    """A desk with one contact, opened anew for each look: SQLite must not be open in a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.keys = ContactKeys(settings.contact_key_file)
        with self.opened() as database, database.writing(BY) as session:
            source = add_source(session, by=BY, title="Somebody", confidential=True)
            told = Reached(name="Zibellina")
            self.contact = add_contact(session, self.keys, source, told, by=BY).id
            self.source = source.key

    def opened(self) -> AbstractContextManager[Database]:
        return closing(Database(self.settings))

    def name(self) -> str:
        with self.opened() as database, database.reading() as session:
            source = find(session, self.source)
            row = find_contact(session, source, self.contact)
            return read_contact(session, self.keys, source, row, by=BY).name

    def lines(self) -> int:
        return len(self.keys.file.read_text().splitlines())


@pytest.fixture
def kept(sqlite_database: Database) -> Kept:
    sqlite_database.close()
    return Kept(sqlite_database.settings)


def in_a_child(deed: Callable[[], int]) -> int:
    """Do something in a process of its own; return how it ended, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = deed()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying(kept: Kept, line: int) -> Callable[[], int]:
    """A rotation that is killed before the line of this number; 0 where it has fewer."""
    left = [line]

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.endswith(WATCHED):
            return None
        if event == "line":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def rotate() -> int:
        database = Database(kept.settings)
        sys.settrace(trace)
        rotated(database)
        return 0

    return rotate


def test_a_rotation_reads_on_and_forgets_the_old_keys(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(kept.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", kept.settings.database_url)
    done = CliRunner().invoke(commands, ["contact", "key", "rotate", "--json"])
    assert done.exit_code == 0, done.output
    assert '"contacts": 1' in done.output
    assert '"retired": 1' in done.output
    assert kept.lines() == 1
    assert kept.name() == "Zibellina"
    with kept.opened() as database, database.reading() as session:
        assert [entry.op for entry in history.entries(session, kind="act")] == ["rotate"]


def test_a_rotation_killed_before_any_of_its_lines_loses_nothing(kept: Kept) -> None:
    """T-FAULT: T-SEC: every contact is readable, and the next rotation finishes."""
    line, ended = 1, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        ended = in_a_child(dying(kept, line))
        assert kept.name() == "Zibellina", line
        # The next one finishes what this one left.
        assert in_a_child(dying(kept, -1)) == 0
        assert kept.lines() == 1
        line += 9
    assert ended == 0
    assert line > 100
    assert kept.name() == "Zibellina"


def test_what_another_rotation_drew_and_never_used_costs_no_contact(kept: Kept) -> None:
    """T-SEC: whoever forgets old keys asks the database which of them still wrap something."""
    with kept.opened() as database:
        with suppress(KeyboardInterrupt), database.writing(BY) as session:
            renew_key(session, kept.keys)
            raise KeyboardInterrupt
        with database.writing(BY) as session:
            assert retire_keys(session, kept.keys) == 0
    assert kept.name() == "Zibellina"


def test_rotations_at_once_lose_nothing(kept: Kept) -> None:
    """T-SEC: none forgets the key that another has just put the contacts under."""

    def rotate() -> int:
        database = Database(kept.settings)
        for _ in range(6):
            rotated(database)
        return 0

    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            os._exit(rotate())
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 3
    assert kept.name() == "Zibellina"
    assert kept.lines() == 1
