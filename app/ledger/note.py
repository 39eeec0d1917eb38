"""Signed notes: text that anybody can read and only the holder of a key can have signed.

The forms are those of C2SP: signed-note (keys, signature lines) and tlog-checkpoint (the text).
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
"""The algorithm's byte before a key (C2SP signed-note)."""
PRIVATE = "PRIVATE+KEY+"
DASH = "\N{EM DASH}"
KEY_LENGTH = 32
ROOT_LENGTH = 32
ID_LENGTH = 4
LINES = 3
NAME = re.compile(r"[^\s+]+")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class BadNote(Exception):
    """A note, a key or a checkpoint that is not what it has to be."""


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: which log, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed, in the form of tlog-checkpoint."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the text; extension lines after the third are allowed and left alone."""
        lines = text.split("\n")
        if len(lines) <= LINES or not lines[0] or not SIZE.fullmatch(lines[1]):
            raise BadNote("this is no checkpoint")
        root = decoded(lines[2])
        if len(root) != ROOT_LENGTH:
            raise BadNote("a root has 32 bytes")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a signing key; ``str`` writes it as ``name+id+key``."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_LENGTH]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(ED25519 + self.public)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the written form; raise BadNote for anything else."""
        key = cls(*key_parts(text))
        if str(key) != text.strip():
            raise BadNote("the key's id is not the one of its bytes")
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature is this key's over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The private half; its written form is a secret."""

    name: str
    seed: bytes

    def written(self) -> str:
        """The form that stands in the key's file."""
        number = self.verifier.id.hex()
        return f"{PRIVATE}{self.name}+{number}+{encoded(ED25519 + self.seed)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the written form; raise BadNote for anything else."""
        if not text.startswith(PRIVATE):
            raise BadNote("this is no signing key")
        key = cls(*key_parts(text.removeprefix(PRIVATE)))
        if key.written() != text.strip():
            raise BadNote("the key's id is not the one of its bytes")
        return key

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The text with this key's signature line below it."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{text}\n{DASH} {self.name} {encoded(self.verifier.id + signature)}\n"


def key_parts(text: str) -> tuple[str, bytes]:
    """The name and the 32 bytes of a written key."""
    name, _, rest = text.strip().partition("+")
    _, _, body = rest.partition("+")
    key = decoded(body)
    if not NAME.fullmatch(name) or key[:1] != ED25519 or len(key) != 1 + KEY_LENGTH:
        raise BadNote("this is no Ed25519 key of a signed note")
    return name, key[1:]


def opened(note: str, keys: list[VerifierKey]) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed; raise BadNote for any other.

    Lines of keys nobody here knows, such as witnesses', are passed over; a line of a known key
    that is not right condemns the note.
    """
    text, separator, signatures = note.rpartition("\n\n")
    text += "\n"
    if not separator or not note.endswith("\n"):
        raise BadNote("this is no signed note")
    checkpoint = Checkpoint.read(text)
    known = {(key.name, key.id): key for key in keys}
    found = False
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        name, _, body = rest.partition(" ")
        signature = decoded(body)
        if dash != DASH or len(signature) <= ID_LENGTH:
            raise BadNote("this is no signature line")
        key = known.get((name, signature[:ID_LENGTH]))
        if key is None:
            continue
        if key.name != checkpoint.origin or not key.signed(text, signature[ID_LENGTH:]):
            raise BadNote(f"the signature of {name} is not right")
        found = True
    if not found:
        raise BadNote("no known key signed this")
    return checkpoint


def several(text: str) -> list[str]:
    """The notes of a file that holds one below the other.

    What cannot be a note stands in the answer as it is, so that opening it fails.
    """
    notes: list[str] = []
    lines: list[str] = []
    signed = False
    for line in text.splitlines(keepends=True):
        if signed and not line.startswith(DASH):
            notes.append("".join(lines))
            lines, signed = [], False
        lines.append(line)
        signed = line.startswith(DASH)
    if "".join(lines).strip():
        notes.append("".join(lines))
    return notes


def encoded(data: bytes) -> str:
    """Base64 as the notes write it."""
    return base64.b64encode(data).decode()


def decoded(text: str) -> bytes:
    """The bytes of a base64 text; raise BadNote for what is none."""
    try:
        return base64.b64decode(text.strip().encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as problem:
        raise BadNote("this is not base64") from problem
