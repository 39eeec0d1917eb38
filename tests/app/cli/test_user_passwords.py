"""`manage.py user add` takes a password from a terminal, from a pipe, or says how to give one."""

import os
import pty
import shlex
import subprocess
import sys
from types import SimpleNamespace

import click
import pytest

from app.accounts.signin import check
from app.cli import user
from app.config import ROOT
from app.db import Database

PASSWORD = "brass lantern over the quay"
COMMAND = [sys.executable, "-W", "ignore", "manage.py", "user"]


def environment(database: Database) -> dict[str, str]:
    home = str(database.settings.home)
    return {**os.environ, "DESK_HOME": home, "DESK_DATABASE_URL": "", "LC_ALL": "C.UTF-8"}


def piped(database: Database, told: bytes, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(database),
        input=told,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def typed(database: Database, *lines: str) -> str:
    """What the command shows on a terminal where these lines are typed when it asks."""
    shown, (ours, its) = b"", pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "password", "li.wei"],
        cwd=ROOT,
        env=environment(database),
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    ) as command:
        os.close(its)
        for line in lines:
            while not shown.endswith(b": "):
                shown += os.read(ours, 1024)
            os.write(ours, f"{line}\n".encode())
            shown += os.read(ours, 1024)
        try:
            while part := os.read(ours, 1024):
                shown += part
        except OSError:
            command.wait(30)
    os.close(ours)
    return shown.decode()


def opens(database: Database, password: str) -> bool:
    with database.reading() as session:
        return check(session, "li.wei", password) is not None


def test_the_first_line_of_a_pipe_is_the_password(sqlite_database: Database) -> None:
    add = ("add", "li.wei", "--role", "admin")
    code, shown, said = piped(sqlite_database, b"", *add)
    assert (code, shown) == (2, "")
    assert "write it on the first line of the input" in said
    code, shown, said = piped(sqlite_database, b"\xff\xfe\n", *add)
    assert (code, "no UTF-8" in said) == (2, True)
    assert piped(sqlite_database, f"{PASSWORD}\r\nmore\n".encode(), *add) == (
        0,
        "editor:li.wei: admin\n",
        "",
    )
    assert opens(sqlite_database, PASSWORD)


def test_a_mark_before_the_first_line_is_no_part_of_the_password(sqlite_database: Database) -> None:
    line = f"\ufeff{PASSWORD}\n".encode()
    assert piped(sqlite_database, line, "add", "li.wei", "--role", "admin")[0] == 0
    assert opens(sqlite_database, PASSWORD)


def test_without_any_input_it_says_how_to_give_one(sqlite_database: Database) -> None:
    command = f"{shlex.join([*COMMAND, 'add', 'li.wei', '--role', 'admin'])} <&-"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=ROOT,
        env=environment(sqlite_database),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"write it on the first line of the input" in done.stderr


def test_a_shell_that_completes_a_line_is_not_asked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def prompt(text: str, **_how: bool) -> str:
        asked.append(text)
        return PASSWORD

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(click, "prompt", prompt)
    for resilient, prompts in ((True, list[str]()), (False, ["Password"])):
        line = ["li.wei", "--role", "admin"]
        user.add.make_context("add", line, resilient_parsing=resilient)
        assert asked == prompts


def test_a_terminal_is_asked_twice_and_shows_nothing_of_it(sqlite_database: Database) -> None:
    assert piped(sqlite_database, PASSWORD.encode(), "add", "li.wei", "--role", "admin")[0] == 0
    other = "harbour under a paper moon"
    shown = typed(sqlite_database, other, f"{other}s", other, other)
    assert "do not match" in shown
    assert "editor:li.wei" in shown
    assert other not in shown
    assert opens(sqlite_database, other)
