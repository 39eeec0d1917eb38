"""Keys in a file outside the database, and what is sealed under them: one writer at a time."""

import contextlib
import fcntl
import os
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sources import secret_files
from sources.columns import Words
from sources.errors import Locked

KEY, NONCE, NAME = 32, 12, 8
"""Bytes of an AES-256 key and of the nonce of GCM (NIST SP 800-38D, section 5.2.1.1), and
characters of a key's name."""
LINE = re.compile(r"([0-9a-f]{8}) ([0-9a-f]{64})")
OTHERS = 0o027
"""Rights nobody but the owner has on a key file; a group that may read it is the installer's."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Nonce and ciphertext of a text, its key as it is kept, and the name of the key around it."""

    sealed: bytes
    wrapped_key: bytes
    key_name: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in a file: one line each, a name of eight and a key of 64 hexadecimal digits.

    The first wraps what is written now; the others still open what was written before. The file
    is read for each use, so that a rotation by another process is seen at once. ``what`` is bound
    into every ciphertext, so that none can stand in the place of another kind; ``said`` begins
    the sentence of whoever is refused.
    """

    file: Path
    what: ClassVar[str]
    code: ClassVar[str]
    said: ClassVar[Words]

    def seal(self, text: str, about: str, *, first: bool) -> Sealed:
        """Encrypt a text that is bound to ``about``; raise Locked where there is no key.

        ``first`` says that nothing was ever sealed here: only then a missing file is made.
        """
        if first and not self.file.exists():
            with self._alone():
                if not self.file.exists():
                    self._write([_drawn()])
        name, key = next(iter(self._known().items()))
        own = secrets.token_bytes(KEY)
        return Sealed(
            _encrypt(own, text.encode(), f"{self.what} {about}"),
            _encrypt(key, own, f"{self.what} key {about}"),
            name,
        )

    def open(self, kept: Sealed, about: str) -> str:
        """Decrypt what is bound to ``about``; raise Locked for a missing or wrong key."""
        own = self._unwrapped(kept, about)
        return self._decrypt(own, kept.sealed, f"{self.what} {about}").decode()

    def wrapped_again(self, kept: Sealed, about: str) -> Sealed:
        """Return the same text with its key under the newest one."""
        own = self._unwrapped(kept, about)
        name, key = next(iter(self._known().items()))
        return Sealed(kept.sealed, _encrypt(key, own, f"{self.what} key {about}"), name)

    def renew(self) -> None:
        """Draw a key and put it first; what the older ones wrapped is still readable."""
        with self._alone():
            self._write([_drawn(), *self._known().items()])

    def retire(self, in_use: Collection[str] = ()) -> int:
        """Forget the older keys but those that still wrap something; return how many went.

        Whoever calls this keeps others from sealing and from renewing meanwhile.
        """
        with self._alone():
            known = list(self._known().items())
            kept = [
                (name, key) for at, (name, key) in enumerate(known) if at == 0 or name in in_use
            ]
            self._write(kept)
        return len(known) - len(kept)

    def complaint(self) -> Locked | None:
        """Return what is wrong with the file, for whoever looks after the desk; None where well."""
        try:
            self._known()
        except Locked as problem:
            return problem
        return None

    def _unwrapped(self, kept: Sealed, about: str) -> bytes:
        known = self._known()
        if kept.key_name not in known:
            raise self._locked(
                f"{self.file.name} 里没有密钥 {kept.key_name}",
                f"{self.file.name} has no key {kept.key_name}",
            )
        return self._decrypt(known[kept.key_name], kept.wrapped_key, f"{self.what} key {about}")

    def _known(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for line in self._lines():
            parts = LINE.fullmatch(line.strip())
            if parts is None or parts[1] in found:
                raise self._locked("密钥文件已损坏", "the key file is damaged")
            found[parts[1]] = bytes.fromhex(parts[2])
        if not found:
            raise self._locked("密钥文件是空的", "the key file is empty")
        return found

    def _lines(self) -> list[str]:
        """The lines of the file; raise Locked where it is not there, or is not its owner's."""
        try:
            with self.file.open(encoding="ascii") as stream:
                mode = os.fstat(stream.fileno()).st_mode
                lines = stream.read().splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise self._locked(
                "密钥文件不在或无法读取", "the key file is missing or unreadable"
            ) from problem
        if mode & OTHERS:
            raise self._locked(
                f"别人也能读取密钥文件 {self.file.name}，请运行 chmod 600",
                f"others have rights on the key file {self.file.name}; run chmod 600 on it",
            )
        return lines

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from writing the file meanwhile; the lock ends with the process."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(
            self.file.with_name(f".{self.file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600
        )
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _write(self, keys: list[tuple[str, bytes]]) -> None:
        """Put the whole file in the place of the old one, while nobody else writes it."""
        secret_files.replace(self.file, "".join(f"{name} {key.hex()}\n" for name, key in keys))

    def _decrypt(self, key: bytes, kept: bytes, about: str) -> bytes:
        try:
            return AESGCM(key).decrypt(kept[:NONCE], kept[NONCE:], about.encode())
        except (InvalidTag, ValueError) as problem:
            raise self._locked(
                "密钥不对，或者这一行被改动过", "the key is another, or the row was altered"
            ) from problem

    def _locked(self, zh: str, en: str) -> Locked:
        told = {"zh": f"{self.said['zh']}：{zh}。", "en": f"{self.said['en']}: {en}."}
        return Locked(self.code, told)


def _drawn() -> tuple[str, bytes]:
    return secrets.token_hex(NAME // 2), secrets.token_bytes(KEY)


def _encrypt(key: bytes, text: bytes, about: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, about.encode())
