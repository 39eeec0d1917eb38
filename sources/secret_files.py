"""Writing a file that holds a secret: whole, on the disk, and its owner's alone from the beginning.

Every key of the desk is written here and nowhere else.
"""

import contextlib
import os
import secrets
from pathlib import Path


def drafted(file: Path, text: str) -> Path:
    """Write a text beside a file, whole and on the disk, under a name of its own."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        draft.unlink()
        raise
    return draft


def replace(file: Path, text: str) -> None:
    """Put a text in the place of a file in one step; whoever calls this is the only writer.

    What a writer that was killed left beside it goes: it would keep keys that were retired.
    """
    for left in file.parent.glob(f".{file.name}.{'[0-9a-f]' * 16}"):
        left.unlink()
    draft = drafted(file, text)
    try:
        draft.replace(file)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    settle(file.parent)


def settle(folder: Path) -> None:
    """See to it that the names in a folder are on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
