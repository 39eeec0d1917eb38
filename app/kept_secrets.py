"""Secrets: drawn once, in files that their owner alone reads, and masked where they are shown."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

MASK = "********"
SECRET_LENGTH = 32
"""Characters a secret must have at least; 32 URL-safe ones carry 192 bits when drawn at random."""


def kept_secret(file: Path) -> str:
    """The secret in a file; drawn and written with mode 0600 the first time.

    A second process that starts at the same moment reads what the first one wrote: the file
    appears under its name only when it is whole.
    """
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = drafted(file, secrets.token_hex(SECRET_LENGTH) + "\n")
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii").strip()


def drafted(file: Path, text: str) -> Path:
    """Write a text beside a file, whole and on the disk, under a name of its own."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return draft


def reserved(file: Path) -> None:
    """Make the file of a database that is not there yet: its owner's alone.

    SQLite itself would make it readable by everybody on the machine; what it puts beside it later
    (log and index) takes the rights of the file.
    """
    if not file.exists() and file.parent.is_dir():
        file.touch(mode=0o600)


def without_password(url: str) -> str:
    """A database address in which the password is masked."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:{MASK}@{host}"))
