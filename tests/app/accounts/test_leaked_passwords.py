"""A new password is looked up in a downloaded list of leaked ones, and nobody outside is asked."""

import hashlib
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.accounts.leaked_passwords import Broken, Survey, checked, holds, refuse_leaked, surveyed
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.cli.check import check
from app.db import Database
from app.variables import SettingError
from claims.errors import Refused

LINES = 100_000
LEAKED, SAFE = "kettle under lighthouse 7", "nobody ever typed this one"


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def digests(number: int = LINES) -> list[str]:
    return sorted({sha1(LEAKED), *(sha1(f"leaked {count}") for count in range(number - 1))})


def written(file: Path, found: list[str], end: str = "\n", last: str | None = None) -> Path:
    text = end.join(f"{digest}:{1 + at % 3000}" for at, digest in enumerate(found))
    file.write_bytes((text + (end if last is None else last)).encode())
    return file


@pytest.fixture(scope="module", params=["\n", "\r\n"], ids=["lf", "crlf"])
def leaks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of a hundred thousand."""
    return written(tmp_path_factory.mktemp("leaks") / "list.txt", digests(), request.param)


def test_every_line_is_found_and_nothing_else(leaks: Path) -> None:
    """T-AUTH-1: the first, the last and every hundredth of a hundred thousand."""
    names = {sha1(name): name for name in (LEAKED, *(f"leaked {n}" for n in range(LINES - 1)))}
    listed = sorted(names)
    assert holds(leaks, LEAKED)
    for digest in (listed[0], listed[-1], *listed[::100]):
        assert holds(leaks, names[digest])
    for number in range(500):
        assert not holds(leaks, f"not leaked {number}")


def test_a_short_list_is_counted_and_a_long_one_can_be(leaks: Path) -> None:
    assert surveyed(leaks) == surveyed(leaks, whole=True) == Survey(LINES, all_seen=True)


@pytest.mark.parametrize("number", [1, 2, 3, 7])
@pytest.mark.parametrize("last", ["", "\n", "\r\n"])
def test_a_list_of_few_lines_is_searched_to_its_ends(
    tmp_path: Path, number: int, last: str
) -> None:
    names = [f"leaked {count}" for count in range(number)]
    for end in ("\n", "\r\n"):
        file = written(tmp_path / "list", sorted(map(sha1, names)), end, last)
        assert [name for name in names if not holds(file, name)] == []
        assert not holds(file, SAFE)
        assert surveyed(file).digests == number


def test_a_list_too_long_to_read_is_looked_at_here_and_there(
    leaks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.accounts.leaked_passwords.LONG", 0)
    seen = surveyed(leaks)
    assert not seen.all_seen
    assert abs(seen.digests - LINES) < LINES / 100


def broken_lists(tmp_path: Path) -> dict[str, Path]:
    """What somebody may have downloaded instead, with a word of what is said of it."""
    good = digests(3000)
    made = {
        "order": written(tmp_path / "by count", [*good[2000:], *good[:2000]]),
        "no SHA-1": written(tmp_path / "ntlm", [digest[:32] for digest in good]),
        "no such file": tmp_path / "missing",
        "is empty": tmp_path / "empty",
    }
    made["is empty"].touch()
    return made


@pytest.mark.parametrize("word", ["order", "no SHA-1", "no such file", "is empty"])
def test_a_broken_list_keeps_the_server_from_starting_and_lets_no_password_pass(
    tmp_path: Path, word: str
) -> None:
    """It is never a silent yes: what cannot be looked up is not taken."""
    file = broken_lists(tmp_path)[word]
    with pytest.raises(SettingError, match=f"DESK_LEAKED_PASSWORDS_FILE.*{word}"):
        checked(file)
    if word == "order":
        return
    with pytest.raises(Refused) as caught:
        refuse_leaked(file, SAFE)
    assert (caught.value.code, caught.value.field) == ("leaks_unreadable", "password")
    assert str(file) not in repr(caught.value.message)


@pytest.mark.parametrize("spoilt", [b"<html>\n" * 400, b"x" * 4000, b"\0" * 4000])
def test_a_list_that_is_spoilt_in_the_middle_is_not_in_order(tmp_path: Path, spoilt: bytes) -> None:
    file = written(tmp_path / "list", digests(3000))
    whole = file.read_bytes()
    file.write_bytes(whole[:60_000] + spoilt + whole[60_000:])
    with pytest.raises(Broken):
        surveyed(file)


def test_a_leaked_password_opens_no_account(sqlite_database: Database, tmp_path: Path) -> None:
    """At the door of every new password: the one place where its hash is made."""
    file = written(tmp_path / "list", digests(50))
    desk = Database(replace(sqlite_database.settings, leaked_passwords_file=file))
    add = partial(
        add_account, name="li.wei", display_name="李薇", roles={Role.CHECKER}, by="system:test"
    )
    with pytest.raises(Refused) as caught, desk.writing("system:test") as session:
        add(session, password=LEAKED)
    assert caught.value.code == "password_leaked"
    assert set(caught.value.message) == {"zh", "en"}
    with desk.writing("system:test") as session:
        add(session, password=SAFE)
    desk.close()


def test_check_says_whether_the_list_is_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DESK_LEAKED_PASSWORDS_FILE", str(written(tmp_path / "list", digests(50))))
    assert "ok  leaked passwords: 50 digests, in order" in CliRunner().invoke(check).output
    read = CliRunner().invoke(check, ["leaked"])
    assert (read.exit_code, read.output) == (0, f"{tmp_path / 'list'}: 50 digests, in order\n")
    (tmp_path / "list").write_text("password\n")
    said = CliRunner().invoke(check)
    assert "BAD leaked passwords: " in said.output
    assert said.exit_code == 3
    assert CliRunner().invoke(check, ["leaked"]).exit_code == 3
    monkeypatch.setenv("DESK_LEAKED_PASSWORDS_FILE", "")
    assert "ok  leaked passwords: no list is set" in CliRunner().invoke(check).output
    assert CliRunner().invoke(check, ["leaked"]).exit_code == 2
