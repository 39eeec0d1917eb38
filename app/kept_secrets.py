"""Secrets: drawn once, in files that their owner alone reads, and masked where they are shown."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sources.secret_files import drafted, settle

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
        settle(file.parent)
    return file.read_text(encoding="ascii").strip()


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
