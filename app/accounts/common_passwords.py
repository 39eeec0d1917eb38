"""The commonest passwords that are long enough to be taken: shipped as digests, never taken.

The file beside this module has nothing but the first five bytes of SHA-256 digests, in order, one
after the other: of every password of twelve characters and more among the million commonest (Mark
Burnett's ten million passwords, which he gave to the public domain in 2015) and among those that
zxcvbn-ts ships (MIT). ``tests/app/accounts/commonest.py`` is the recipe. Of a hundred million
passwords that are not on the list four are taken for one that is.
"""

import hashlib
import unicodedata
from bisect import bisect_left
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".bin")
WIDTH = 5
"""Bytes of a digest that are kept."""


class Digests:
    """Digests of one width, in order and one after the other, as a sequence of numbers."""

    def __init__(self, packed: bytes) -> None:
        """Keep them as they are: unpacked they would take ten times the memory."""
        self.packed = packed

    def __len__(self) -> int:
        return len(self.packed) // WIDTH

    def __getitem__(self, at: int) -> bytes:
        return self.packed[at * WIDTH : (at + 1) * WIDTH]


def is_common(password: str) -> bool:
    """Tell whether a password is on the list, in whatever case and width it is written."""
    known, wanted = shipped(), digest(password)
    at = bisect_left(known, wanted)
    return at < len(known) and known[at] == wanted


@cache
def shipped() -> Digests:
    """Return the list, read at the first new password."""
    return Digests(FILE.read_bytes())


def digest(password: str) -> bytes:
    """Return what a password is kept as: small letters, and one form of each character."""
    folded = unicodedata.normalize("NFKC", password).casefold().strip()
    return hashlib.sha256(folded.encode()).digest()[:WIDTH]
