"""Showing a content to whom a profile is for: hidden values give way to their commitments."""

import hashlib
import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from claims.appendix.commitments import (
    WITHHELD,
    Salt,
    ancestors,
    is_leaf,
    joined,
    list_hash,
    marks_of,
    node_hash,
    object_hash,
    parts_of,
    withheld,
)
from claims.appendix.hiding import Hidden, Hiding
from claims.appendix.plain import PlainContent, Shelf
from claims.appendix.profiles import RedactionPolicy

MASTER: Final = b"claim-desk/appendix/3 salt\0"
MARK: Final = {WITHHELD: None}
"""What stands for a hidden value where nothing is to be proven."""
STATE: Final = b"claim-desk/appendix/3 state\0"


@dataclass(frozen=True, slots=True)
class Shown:
    """A content as a profile shows it, with what lets anybody check that it belongs to the root.

    ``roots`` holds each claim's number with its hash in the tree, ``marks`` the beginnings of its
    leaves' hashes, ``around`` those of all but the claims, ``salts`` the disclosed ones by their
    path, ``hidden`` what is withheld in words.
    """

    policy: RedactionPolicy
    root: bytes
    roots: list[tuple[int, bytes]]
    ids: list[str]
    head: dict[str, Any]
    claims: Shelf
    salts: "Disclosed"
    hidden: list[Hidden]
    marks: list[str]
    around: str

    def as_dict(self) -> dict[str, Any]:
        """The content as one JSON value; of a large article it takes much memory."""
        return {**self.head, "claims": list(self.claims)}


@dataclass(slots=True)
class Disclosed:
    """The salts that open what is shown: of the whole, or of the parts where something is hidden.

    A claim all of which is shown has one salt; where that is true of every claim, the list has.
    """

    claims: bytes
    whole: bytes | None = None
    head: dict[str, str] = field(default_factory=dict)
    by_claim: list[dict[str, str]] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each path with its salt in hex, the head's before the claims'."""
        if self.whole is not None:
            yield "", self.whole.hex()
            return
        yield from self.head.items()
        if self.claims_are_whole:
            yield "claims", self.claims.hex()
            return
        for index, salts in enumerate(self.by_claim):
            for path, salt in salts.items():
                own = f"claims/{index}"
                yield joined(own, path) if path else own, salt

    @property
    def claims_are_whole(self) -> bool:
        """Whether nothing of any claim is withheld."""
        return all(salts.keys() == {""} for salts in self.by_claim)


def state_sha256(content: PlainContent, secret: bytes, *told: str) -> str:
    """What tells whether an appendix would say something new, keyed so that it gives nothing away.

    It covers the content and ``told``: the profile, the language, what the issuer may know.
    """
    mac = hmac.new(secret, STATE, hashlib.sha256)
    for piece in content.canonical():
        mac.update(piece)
    for word in told:
        mac.update(b"\0" + word.encode())
    return mac.hexdigest()


def master_salt(content: PlainContent, secret: bytes) -> bytes:
    """The salt of the whole tree: one content has one, and nobody without the secret has it."""
    mac = hmac.new(secret, MASTER, hashlib.sha256)
    for piece in content.canonical():
        mac.update(piece)
    return mac.digest()


def redacted(
    content: PlainContent, policy: RedactionPolicy, secret: bytes, known: Collection[int] = ()
) -> Shown:
    """Return a content as a profile shows it.

    ``secret`` lies outside the database; ``known`` are the numbers of the confidential sources that
    whoever issues may read.
    """
    return _Redaction(content, Hiding(policy, known), master_salt(content, secret)).shown(policy)


def what_is_hidden(
    content: PlainContent, policy: RedactionPolicy, known: Collection[int] = ()
) -> list[Hidden]:
    """Return what a profile would withhold, without calculating a hash: for a preview."""
    hiding = Hiding(policy, known)
    for claim in content.claims:
        hiding.in_claim(claim)
    hiding.in_head(content.head)
    return hiding.told()


def covered(content: PlainContent, policy: RedactionPolicy) -> dict[str, Any]:
    """A content as a profile shows it, a mark in the place of what is hidden: it proves nothing."""
    hiding = Hiding(policy, ())
    claims = [_covered(claim, hiding.in_claim(claim)) for claim in content.claims]
    return {**_covered(content.head, hiding.in_head(content.head)), "claims": claims}


def _covered(value: Any, hidden: Collection[str], path: str = "") -> Any:
    if path in hidden:
        return MARK
    if is_leaf(value):
        return value
    parts = {name: _covered(part, hidden, joined(path, name)) for name, part in parts_of(value)}
    return parts if isinstance(value, dict) else list(parts.values())


class _Redaction:
    """One pass over a content: the claims first, because digests in the head depend on them."""

    def __init__(self, content: PlainContent, hiding: Hiding, master: bytes) -> None:
        self._content, self._hiding, self._master = content, hiding, master
        self._top = Salt(master)
        self._salts = Disclosed(self._top.child("claims"))

    def shown(self, policy: RedactionPolicy) -> Shown:
        claims, roots, ids, marks = Shelf(), list[tuple[int, bytes]](), list[str](), list[str]()
        under, kept = Salt(self._salts.claims), self._content.claims
        for index, (claim, text) in enumerate(zip(kept, kept.written(), strict=True)):
            opening = Opening(self._hiding.in_claim(claim))
            digest, part = opening.of(claim, under.child(str(index)))
            self._salts.by_claim.append(opening.salts)
            marks.append(marks_of(opening.leaves))
            roots.append((claim["number"], digest))
            ids.append(claim["id"])
            if part is claim:
                claims.put_written(text)
            else:
                claims.put(part)
        root, head, around = self._head(list_hash(digest for _number, digest in roots))
        told = self._hiding.told()
        return Shown(policy, root, roots, ids, head, claims, self._salts, told, marks, around)

    def _head(self, claims: bytes) -> tuple[bytes, dict[str, Any], str]:
        """The root, what is shown of the head, and its marks."""
        opening = Opening(self._hiding.in_head(self._content.head))
        children, shown = {"claims": claims}, dict[str, Any]()
        for key, value in sorted(self._content.head.items()):
            children[key], shown[key] = opening.of(value, self._top.child(key), key)
        self._salts.head = opening.salts
        if not opening.hidden and self._salts.claims_are_whole:
            self._salts.whole = self._master
        return object_hash(sorted(children.items())), shown, marks_of(opening.leaves)


class Opening:
    """Showing values but for some paths, of which none lies within another.

    ``salts`` collects what opens the rest, ``leaves`` the hashes of the leaves and of what is
    withheld.
    """

    def __init__(self, hidden: Collection[str]) -> None:
        """Keep the paths that are withheld."""
        self.hidden = frozenset(hidden)
        self.salts: dict[str, str] = {}
        self.leaves: list[bytes] = []
        self._parents = {above for one in hidden for above in ancestors(one)}

    def of(self, value: Any, salt: bytes, path: str = "") -> tuple[bytes, Any]:
        """The hash of a value, and what is shown of it."""
        if path in self.hidden:
            self.leaves.append(node_hash(value, salt, []))
            return self.leaves[-1], withheld(self.leaves[-1])
        if path not in self._parents or is_leaf(value):
            self.salts[path] = salt.hex()
            return node_hash(value, salt, self.leaves), value
        own = Salt(salt)
        found = [
            (name, *self.of(part, own.child(name), joined(path, name)))
            for name, part in parts_of(value)
        ]
        if isinstance(value, dict):
            shown: Any = {name: part for name, _, part in found}
            return object_hash((name, digest) for name, digest, _ in found), shown
        return list_hash(digest for _, digest, _ in found), [part for _, _, part in found]
