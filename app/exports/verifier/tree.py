"""The tree of commitments, as whoever holds a document can rebuild it from values and salts."""

import hmac
from hashlib import sha256
from typing import Any

from app.exports.verifier.strict import Unreadable, digest_in, written

WITHHELD = "withheld"
MARK_HEX = 4
"""Hex digits of each leaf's hash in the marks of a claim: they say where, and prove nothing."""


class Uncovered(Unreadable):
    """No salt opens what stands here, and it is no commitment."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def salt_of(above: bytes, name: str) -> bytes:
    """The salt of a child."""
    return hmac.new(above, name.encode("utf-8", "surrogatepass"), sha256).digest()


def joint(path: str, name: str) -> str:
    """The path of a child."""
    return f"{path}/{name}" if path else name


def stands_whole(value: Any) -> bool:
    """Whether a value is a leaf: a scalar, a list of scalars, or words in both languages."""
    if isinstance(value, dict):
        return set(value) <= {"zh", "en"}
    if isinstance(value, list):
        return not any(isinstance(part, (dict, list)) for part in value)
    return True


def is_withheld(value: Any) -> bool:
    """Whether this is the mark of a hidden value."""
    return isinstance(value, dict) and set(value) == {WITHHELD}


def below(value: Any) -> "list[tuple[str, Any]]":
    """The children of a node by their names, in order."""
    if isinstance(value, dict):
        return sorted(value.items())
    return [(str(index), part) for index, part in enumerate(value)]


class Tree:
    """The tree of a document: hashes of any part of it, and the leaves that were met on the way."""

    def __init__(self, salts: "dict[str, str]") -> None:
        self.salts = {path: digest_in(salt) for path, salt in salts.items()}
        self.used: set[str] = set()
        self.met: list[tuple[str, bytes, bool]] = []

    def at(self, path: str) -> "bytes | None":
        """The salt that the document gives for a path, or that follows from one above it."""
        if path in self.salts:
            self.used.add(path)
            return self.salts[path]
        if not path:
            return None
        parent, _, name = path.rpartition("/")
        above = self.at(parent)
        return None if above is None else salt_of(above, name)

    def hash(self, value: Any, path: str) -> bytes:
        """The hash of a value that stands at a path."""
        return self.node(value, path, self.at(path))

    def node(self, value: Any, path: str, salt: "bytes | None") -> bytes:
        """The hash of a value under its salt; without one, under those of its parts."""
        if is_withheld(value):
            if salt is not None:
                raise Unreadable(f"{path} is withheld though its salt is not")
            digest = self.commitment(value[WITHHELD], path)
            self.met.append((path, digest, True))
            return digest
        if stands_whole(value):
            if salt is None:
                raise Uncovered(path)
            digest = sha256(b"\0" + salt + written(value)).digest()
            self.met.append((path, digest, False))
            return digest
        parts = []
        for name, part in below(value):
            digest = self.node(part, joint(path, name), self.child(salt, path, name))
            parts.append(name.encode() + b"\0" + digest if isinstance(value, dict) else digest)
        return sha256((b"\1" if isinstance(value, dict) else b"\2") + b"".join(parts)).digest()

    def commitment(self, text: Any, path: str) -> bytes:
        """The hash that stands for a hidden value; raise Uncovered where it is none."""
        try:
            return digest_in(text)
        except Unreadable as problem:
            raise Uncovered(path) from problem

    def child(self, salt: "bytes | None", path: str, name: str) -> "bytes | None":
        """The salt of a child: from its parent's, or given by the document itself."""
        if salt is not None:
            return salt_of(salt, name)
        given = self.salts.get(joint(path, name))
        if given is not None:
            self.used.add(joint(path, name))
        return given

    def leaves(self) -> "list[tuple[str, bytes, bool]]":
        """The leaves met since the last question, in order: path, hash, whether withheld."""
        met, self.met = self.met, []
        return met


def marks_of(leaves: "list[tuple[str, bytes, bool]]") -> str:
    """The beginnings of the leaves' hashes: by them a change is found where it is."""
    return "".join([digest.hex()[:MARK_HEX] for _, digest, _ in leaves])


def differing(leaves: "list[tuple[str, bytes, bool]]", marks: str) -> "list[tuple[str, bool]]":
    """The leaves that are not those of the marks: their paths, and whether they are withheld.

    Where leaves were added or taken away, it is what holds all those that are not the same.
    """
    own = [digest.hex()[:MARK_HEX] for _, digest, _ in leaves]
    old = [marks[at : at + MARK_HEX] for at in range(0, len(marks), MARK_HEX)]
    places = [(path, withheld) for path, _, withheld in leaves]
    if len(own) == len(old):
        return [place for place, one, two in zip(places, own, old) if one != two]
    first = 0
    while first < min(len(own), len(old)) and own[first] == old[first]:
        first += 1
    last = 0
    while last < min(len(own), len(old)) - first and own[-1 - last] == old[-1 - last]:
        last += 1
    between = places[first : len(places) - last] or places[max(first - 1, 0) : max(first, 1)]
    return [(shared([path for path, _ in between]), False)] if between else []


def shared(paths: "list[str]") -> str:
    """The path of what holds them all; of a single one, the path of what holds that."""
    names = [path.split("/")[:-1] for path in paths]
    common = names[0]
    for other in names[1:]:
        while other[: len(common)] != common:
            common = common[:-1]
    return "/".join(common)
