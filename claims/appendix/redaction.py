"""Showing a content to whom a profile is for: hidden values give way to their commitments."""

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from claims.appendix.commitments import (
    Salt,
    ancestors,
    is_leaf,
    joined,
    list_hash,
    node_hash,
    object_hash,
    parts_of,
    withheld,
)
from claims.appendix.hiding import Hidden, Hiding, outermost, places
from claims.appendix.plain import PlainContent, Shelf
from claims.appendix.profiles import RedactionPolicy, Rule, digests

MASTER: Final = b"claim-desk/appendix/3 salt\0"
STATE: Final = b"claim-desk/appendix/3 state\0"
QUOTE: Final = frozenset({"quote", "statement"})
"""The fields of a claim that hold words of the article."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A content as a profile shows it, with what lets anybody check that it belongs to the root.

    ``roots`` holds each claim's number with its hash in the tree, ``salts`` the disclosed ones by
    their path, ``hidden`` what is withheld in words.
    """

    policy: RedactionPolicy
    root: bytes
    roots: list[tuple[int, bytes]]
    ids: list[str]
    head: dict[str, Any]
    claims: Shelf
    salts: "Disclosed"
    hidden: list[Hidden]

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
                yield joined(f"claims/{index}", path), salt

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
    return _Redaction(content, policy, master_salt(content, secret), known).shown()


class _Redaction:
    """One pass over a content: the claims first, because digests in the head depend on them."""

    def __init__(
        self, content: PlainContent, policy: RedactionPolicy, master: bytes, known: Collection[int]
    ) -> None:
        self._content, self._policy, self._master = content, policy, master
        self._hiding = Hiding(policy, known)
        self._digests = digests()
        self._tested = self._unquoted = False
        self._top = Salt(master)
        self._salts = Disclosed(self._top.child("claims"))

    def shown(self) -> Shown:
        claims, roots, ids = Shelf(), list[tuple[int, bytes]](), list[str]()
        under = Salt(self._salts.claims)
        for index, claim in enumerate(self._content.claims):
            digest, part = self._claim(claim, under.child(str(index)))
            roots.append((claim["number"], digest))
            ids.append(claim["id"])
            claims.put(part)
        root, head = self._head(list_hash(digest for _number, digest in roots))
        return Shown(self._policy, root, roots, ids, head, claims, self._salts, self._hiding.told())

    def _claim(self, claim: dict[str, Any], salt: bytes) -> tuple[bytes, dict[str, Any]]:
        hidden, tested = self._hiding.in_claim(claim)
        found = self._digests_of(claim, tested=tested)
        self._hiding.note(self._digests, claim["number"], found - hidden)
        self._tested = self._tested or "content_sha256" in found | hidden
        self._unquoted = self._unquoted or bool(QUOTE & hidden)
        salts: dict[str, str] = {}
        digest, part = disclosed(claim, salt, outermost(hidden | found), salts)
        self._salts.by_claim.append(salts)
        return digest, part

    def _digests_of(self, claim: Mapping[str, Any], *, tested: bool) -> set[str]:
        """The digests within a claim that would let a guess be tested."""
        found = set[str]()
        for rule in self._digests.rules:
            if rule.of == "claim":
                bare = Rule(rule.path, None if tested else rule.when, rule.but, rule.of)
                if tested or rule.when:
                    found |= {path for path, _owner in places(claim, bare)}
        return found

    def _head(self, claims: bytes) -> tuple[bytes, dict[str, Any]]:
        head = self._content.head
        hidden = self._hiding.in_head(head)
        found = set[str]()
        for rule in self._digests.rules:
            tested = {"any_claim": self._tested, "any_quote": self._unquoted}.get(rule.of or "")
            if tested or (rule.of == "any_claim" and rule.when):
                bare = Rule(rule.path, None if tested else rule.when, rule.but, rule.of)
                found |= {path for path, _owner in places(head, bare)}
        self._hiding.note(self._digests, None, found - hidden)
        paths = outermost(hidden | found)
        children, shown = {"claims": claims}, dict[str, Any]()
        for key, value in head.items():
            within = {path for path in paths if path == key or path.startswith(f"{key}/")}
            children[key], shown[key] = disclosed(
                value, self._top.child(key), within, self._salts.head, key
            )
        if not paths and self._salts.claims_are_whole:
            self._salts.whole = self._master
        return object_hash(sorted(children.items())), shown


def disclosed(
    value: Any, salt: bytes, hidden: Collection[str], salts: dict[str, str], path: str = ""
) -> tuple[bytes, Any]:
    """The hash of a value and what is shown of it; ``salts`` collects what opens the rest.

    ``hidden`` are paths of which none lies within another.
    """
    parents = {above for one in hidden for above in ancestors(one)}
    return _disclosed(value, salt, path, (frozenset(hidden), parents, salts))


def _disclosed(
    value: Any,
    salt: bytes,
    path: str,
    task: tuple[frozenset[str], set[str], dict[str, str]],
) -> tuple[bytes, Any]:
    hidden, parents, salts = task
    if path in hidden:
        digest = node_hash(value, salt)
        return digest, withheld(digest)
    if path not in parents or is_leaf(value):
        salts[path] = salt.hex()
        return node_hash(value, salt), value
    own = Salt(salt)
    found = [
        (name, *_disclosed(part, own.child(name), joined(path, name), task))
        for name, part in parts_of(value)
    ]
    if isinstance(value, dict):
        return object_hash((name, digest) for name, digest, _ in found), {
            name: part for name, _, part in found
        }
    return list_hash(digest for _, digest, _ in found), [part for _, _, part in found]
