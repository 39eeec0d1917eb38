"""The secret that seals sessions and forms: drawn, kept for its owner alone, replaced in time."""

import datetime as dt
import secrets
import stat
from pathlib import Path

from app.kept_secrets import SECRET_LENGTH, kept_secret
from sources import secret_files

WEAK_VARIETY = 10
"""A secret with fewer different characters was typed, not drawn."""
FORMER = ".former"
"""How the name of the file ends in which former secrets stand, each with its last day."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnsafeFileError(ValueError):
    """A file with a secret that other accounts of this machine can open."""


def is_weak(text: str) -> bool:
    """Tell whether somebody could guess a secret."""
    return len(text) < SECRET_LENGTH or len(set(text)) < WEAK_VARIETY


def check_mode(file: Path) -> None:
    """Raise UnsafeFileError for a file that others can open."""
    if file.exists() and file.stat().st_mode & OTHERS:
        raise UnsafeFileError(f"{file} can be opened by others: chmod 600 {file}")


def former_secrets(file: Path, moment: dt.datetime) -> tuple[str, ...]:
    """The former secrets of a file that still open what they sealed, the oldest first."""
    return tuple(text for until, text in _former(file) if until > moment)


def rotate(file: Path, days: int, moment: dt.datetime) -> dt.datetime:
    """Draw a new secret and keep the present one as a former one; return until when.

    The former one is written down first: whoever is interrupted in between has lost nothing.
    """
    present, until = kept_secret(file), moment + dt.timedelta(days=days)
    kept = [(last, text) for last, text in _former(file) if last > moment and text != present]
    lines = [f"{last.isoformat()} {text}\n" for last, text in [*kept, (until, present)]]
    secret_files.replace(file.with_name(file.name + FORMER), "".join(lines if days else []))
    secret_files.replace(file, secrets.token_hex(SECRET_LENGTH) + "\n")
    return until


def _former(file: Path) -> list[tuple[dt.datetime, str]]:
    listed = file.with_name(file.name + FORMER)
    check_mode(listed)
    if not listed.exists():
        return []
    pairs = [line.split(" ", 1) for line in listed.read_text(encoding="ascii").splitlines()]
    return [(dt.datetime.fromisoformat(until), text) for until, text in pairs]
