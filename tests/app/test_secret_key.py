"""A secret is replaced without anybody being signed out, and without a moment of having none."""

import datetime as dt
import stat
from pathlib import Path

import pytest

from app.config import Settings
from app.kept_secrets import kept_secret
from app.secret_key import UnsafeFileError, former_secrets, rotate

MOMENT = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "keys" / "secret"
    kept_secret(found)
    return found


def test_a_kept_secret_survives_a_second_process(file: Path) -> None:
    assert kept_secret(file) == kept_secret(file)


def test_the_former_secret_opens_what_it_sealed_for_a_while(file: Path) -> None:
    first = kept_secret(file)
    assert rotate(file, 14, MOMENT) == MOMENT + 14 * DAY
    second = kept_secret(file)
    assert first != second
    assert former_secrets(file, MOMENT + 13 * DAY) == (first,)
    assert former_secrets(file, MOMENT + 14 * DAY) == ()
    rotate(file, 14, MOMENT + 7 * DAY)
    assert former_secrets(file, MOMENT + 8 * DAY) == (first, second)
    rotate(file, 0, MOMENT + 8 * DAY)
    assert former_secrets(file, MOMENT + 8 * DAY) == ()


def test_both_files_are_their_owners_alone(file: Path) -> None:
    rotate(file, 14, MOMENT)
    for one in file.parent.iterdir():
        assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert len(list(file.parent.iterdir())) == 2
    file.with_name("secret.former").chmod(0o644)
    with pytest.raises(UnsafeFileError):
        former_secrets(file, MOMENT)


def test_a_rotation_that_is_interrupted_loses_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept_secret(file)
    replace = Path.replace

    def dying(draft: Path, target: Path) -> Path:
        if target == file:
            raise KeyboardInterrupt
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", dying)
    with pytest.raises(KeyboardInterrupt):
        rotate(file, 14, MOMENT)
    assert kept_secret(file) == first
    assert former_secrets(file, MOMENT) == (first,)


def test_the_settings_know_the_former_secrets_and_show_none(tmp_path: Path) -> None:
    first = Settings.load({"DESK_HOME": str(tmp_path)}).secret_key
    rotate(tmp_path / "keys" / "secret", 14, dt.datetime.now(dt.UTC))
    settings = Settings.load({"DESK_HOME": str(tmp_path)})
    assert settings.secret_key_fallbacks == (first,)
    assert first not in repr(settings.public())
