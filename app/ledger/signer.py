"""The signer: signs tree heads, and never two that contradict each other.

It keeps what it signed last in a file of its own, outside the database: whoever puts an older
database back, or another one, finds a signer that refuses to sign it.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.ledger.note import NAME, BadNote, Checkpoint, SigningKey, VerifierKey, several
from app.ledger.tree import Root
from sources import secret_files

OWNER_ONLY = 0o600
ORIGIN = "claim-desk"


class Unsignable(Exception):
    """The tree is not a continuation of the one that was signed last."""


UNUSABLE = (BadNote, Unsignable, ValueError, KeyError, TypeError, OSError)
"""What asking a signer may raise: its files may be altered, cut or lost."""


@dataclass(frozen=True)
class Signed:
    """What was signed last: the growing root, and the leaf at the end, to know a fork by."""

    root: Root
    last_leaf: bytes | None


class Signer:
    """The files of one installation's key: the key itself, its public halves, what it signed.

    ``copies`` is the append-only file in which every signed tree head is kept outside the
    database.
    """

    def __init__(self, key_file: Path, copies: Path) -> None:
        """Note the paths; the key is drawn when it is first needed."""
        self.key_file = key_file
        self.public_file = key_file.with_name(f"{key_file.name}.public")
        self.state_file = key_file.with_name(f"{key_file.name}.signed")
        self.copies = copies

    def key(self) -> SigningKey:
        """The key that signs; drawn under a name of its own where there is none yet."""
        if not self.key_file.exists():
            self.draw(f"{ORIGIN}/{secrets.token_hex(4)}")
        return SigningKey.read(self.key_file.read_text(encoding="ascii"))

    def draw(self, origin: str) -> SigningKey:
        """Make a new key; the public half of the old one stays known.

        Under the same ``origin`` the log goes on. Under another a new log begins: the signer
        forgets what it signed, which is the honest end after a restore that lost entries.
        """
        if not NAME.fullmatch(origin):
            raise BadNote(f"{origin!r} cannot name a log: no space and no plus sign")
        key = SigningKey(origin, secrets.token_bytes(32))
        self.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.key_file.exists() and self.key().name != origin:
            self.state_file.unlink(missing_ok=True)
        append(self.public_file, f"{key.verifier}\n")
        secret_files.replace(self.key_file, f"{key.written()}\n")
        return key

    def verifiers(self) -> list[VerifierKey]:
        """The public halves of every key this installation ever had."""
        if not self.public_file.exists():
            return []
        lines = self.public_file.read_text(encoding="ascii").splitlines()
        return [VerifierKey.read(line) for line in lines if line.strip()]

    def outside(self) -> list[str]:
        """The notes kept outside the database."""
        return read_copies(self.copies)

    def last(self) -> Checkpoint | None:
        """The head signed last."""
        state = self._state()
        if not state.root.size:
            return None
        return Checkpoint(self.key().name, state.root.size, state.root.value())

    @contextmanager
    def alone(self) -> Iterator[Signed]:
        """Hold the signer against other processes and say what was signed last."""
        self.key()
        lock = os.open(self.key_file, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._state()
        finally:
            os.close(lock)

    def sign(self, signed: Signed, leaves: Iterable[bytes]) -> str:
        """Sign the tree that was signed last with these leaves behind it; the answer is the note.

        The state is on the disk before anybody sees the note, so that no crash makes the signer
        forget a head it gave away.
        """
        root, last_leaf = signed.root, signed.last_leaf
        for leaf in leaves:
            root.append(leaf)
            last_leaf = leaf
        key = self.key()
        note = key.sign(Checkpoint(key.name, root.size, root.value()).text)
        state = {
            "size": root.size,
            "root": root.value().hex(),
            "peaks": [peak.hex() for peak in root.peaks],
            "last": last_leaf.hex() if last_leaf else None,
        }
        secret_files.replace(self.state_file, json.dumps(state) + "\n")
        if not ends_with(self.copies, note):
            append(self.copies, note)
        return note

    def _state(self) -> Signed:
        if not self.state_file.exists():
            return Signed(Root(), None)
        kept: dict[str, Any] = json.loads(self.state_file.read_text(encoding="ascii"))
        root = Root(kept["size"], [bytes.fromhex(peak) for peak in kept["peaks"]])
        if root.value().hex() != kept["root"]:
            raise Unsignable(f"{self.state_file.name} is damaged: its peaks do not give its root")
        return Signed(root, bytes.fromhex(kept["last"]) if kept["last"] else None)


def read_copies(file: Path) -> list[str]:
    """The notes of a file, none where there is no file."""
    if not file.exists():
        return []
    return several(file.read_text(encoding="utf-8", errors="replace"))


def ends_with(file: Path, text: str) -> bool:
    """Whether a file ends with a text."""
    data = text.encode()
    if not file.exists():
        return False
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - len(data)))
        return stream.read() == data


def append(file: Path, text: str) -> None:
    """Write below what is there, and to the disk before returning."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
    with os.fdopen(handle, "ab") as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(handle)
