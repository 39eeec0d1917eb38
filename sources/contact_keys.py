"""The keys of contacts: one for each, wrapped by a key in a file outside the database."""

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sources.errors import Locked

KEY, NONCE = 32, 12
"""Bytes of an AES-256 key, and of the nonce of GCM (NIST SP 800-38D, section 5.2.1.1)."""
LINE = re.compile(r"([0-9a-f]{8}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Nonce and ciphertext of a text, its key as it is kept, and the name of the key around it."""

    sealed: bytes
    wrapped_key: bytes
    key_name: str


@dataclass(frozen=True, slots=True)
class ContactKeys:
    """The keys in a file: one line each, a name of eight and a key of 64 hexadecimal digits.

    The first wraps what is written now; the others still open what was written before. The file
    is read for each use, so that a rotation by another process is seen at once.
    """

    file: Path
    subject: str = "contact"
    """What the texts are: a part of what each is bound to, so that no kind stands for another."""

    def seal(self, text: str, about: str, *, first: bool) -> Sealed:
        """Encrypt a text that is bound to ``about``; raise Locked where there is no key.

        ``first`` says that nothing was ever sealed here: only then a missing file is made.
        """
        if first and not self.file.exists():
            self._write([_drawn()])
        name, key = next(iter(self._known().items()))
        own = secrets.token_bytes(KEY)
        return Sealed(
            _encrypt(own, text.encode(), f"{self.subject} {about}"),
            _encrypt(key, own, f"{self.subject} key {about}"),
            name,
        )

    def open(self, kept: Sealed, about: str) -> str:
        """Decrypt what is bound to ``about``; raise Locked for a missing or wrong key."""
        own = self._unwrapped(kept, about)
        return _decrypt(own, kept.sealed, f"{self.subject} {about}").decode()

    def wrapped_again(self, kept: Sealed, about: str) -> Sealed:
        """Return the same text with its key under the newest one."""
        own = self._unwrapped(kept, about)
        name, key = next(iter(self._known().items()))
        return Sealed(kept.sealed, _encrypt(key, own, f"{self.subject} key {about}"), name)

    def renew(self) -> None:
        """Draw a key and put it first; what the older ones wrapped is still readable."""
        self._write([_drawn(), *self._known().items()])

    def retire(self) -> int:
        """Forget all keys but the newest; return how many went."""
        known = list(self._known().items())
        self._write(known[:1])
        return len(known) - 1

    def _unwrapped(self, kept: Sealed, about: str) -> bytes:
        known = self._known()
        if kept.key_name not in known:
            raise _locked(
                f"{self.file.name} 里没有密钥 {kept.key_name}",
                f"{self.file.name} has no key {kept.key_name}",
            )
        return _decrypt(known[kept.key_name], kept.wrapped_key, f"{self.subject} key {about}")

    def _known(self) -> dict[str, bytes]:
        try:
            lines = self.file.read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise _locked("密钥文件不在或无法读取", "the key file is missing or unreadable") from (
                problem
            )
        found: dict[str, bytes] = {}
        for line in lines:
            parts = LINE.fullmatch(line.strip())
            if parts is None:
                raise _locked("密钥文件已损坏", "the key file is damaged")
            found[parts[1]] = bytes.fromhex(parts[2])
        if not found:
            raise _locked("密钥文件是空的", "the key file is empty")
        return found

    def _write(self, keys: list[tuple[str, bytes]]) -> None:
        """Put the whole file in the place of the old one, durably, for its owner only."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.file.with_name(f".{self.file.name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.writelines(f"{name} {key.hex()}\n" for name, key in keys)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(self.file)
        finally:
            with contextlib.suppress(FileNotFoundError):
                draft.unlink()
        folder = os.open(self.file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _drawn() -> tuple[str, bytes]:
    return secrets.token_hex(4), secrets.token_bytes(KEY)


def _encrypt(key: bytes, text: bytes, about: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, about.encode())


def _decrypt(key: bytes, kept: bytes, about: str) -> bytes:
    try:
        return AESGCM(key).decrypt(kept[:NONCE], kept[NONCE:], about.encode())
    except (InvalidTag, ValueError) as problem:
        raise _locked(
            "密钥不对，或者这一行被改动过", "the key is another, or the row was altered"
        ) from problem


def _locked(zh: str, en: str) -> Locked:
    return Locked(
        "contact_locked",
        {"zh": f"无法解开联系人：{zh}。", "en": f"The contact cannot be opened: {en}."},
    )
