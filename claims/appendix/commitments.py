"""The tree of commitments of an appendix: one root binds every value, and none can be guessed.

A value of the content is a *leaf* where it is a scalar, a list of scalars or words in Chinese and
English; another object or list is a *node* whose children are its fields or members.

    leaf    SHA-256(0x00 ‖ salt ‖ canonical JSON of the value)
    object  SHA-256(0x01 ‖ for each key in order: key ‖ 0x00 ‖ the child's hash)
    list    SHA-256(0x02 ‖ the children's hashes in order)
    salt    HMAC-SHA-256(the parent's salt, the key, or the index in decimal)

A salt therefore opens everything below it and nothing beside it. What is withheld leaves its hash
in its place, ``{"withheld": "…"}``, and whoever holds the rest still reaches the root.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, Final

from claims.material import canonical_json

WITHHELD: Final = "withheld"
"""The only key of what stands in the place of a hidden value."""
TONGUES: Final = frozenset({"zh", "en"})
LEAF, OBJECT, LIST, NUL = b"\0", b"\1", b"\2", b"\0"
NULL: Final = "null"
DIGEST_HEX: Final = 64
MARK_HEX: Final = 4
BLOCK: Final = 64
"""The bytes SHA-256 takes at a time."""
INNER: Final = bytes(number ^ 0x36 for number in range(256))
OUTER: Final = bytes(number ^ 0x5C for number in range(256))
PADDING: Final = bytes(BLOCK - hashlib.sha256().digest_size)
SHA256 = hashlib.sha256
SCALARS: Final = frozenset({str, int, bool, type(None)})


class NotTheTree(ValueError):
    """A document whose values, salts and hashes do not make one tree; says where."""


class Salt:
    """A salt, and the salts of its children: HMAC (RFC 2104) with its two blocks hashed once.

    Python's own ``hmac.digest`` gives the same and takes three times as long for a short name.
    """

    __slots__ = ("_inner", "_outer", "value")

    def __init__(self, value: bytes) -> None:
        """Keep the 32 bytes."""
        block = value + PADDING
        self.value = value
        self._inner, self._outer = SHA256(block.translate(INNER)), SHA256(block.translate(OUTER))

    def child(self, name: str) -> bytes:
        """The salt of a field or a member."""
        inside, outside = self._inner.copy(), self._outer.copy()
        inside.update(name.encode())
        outside.update(inside.digest())
        return outside.digest()


def is_leaf(value: Any) -> bool:
    """Whether a value of the content is bound as one, and not by its parts."""
    if isinstance(value, dict):
        return value.keys() <= TONGUES
    if isinstance(value, list):
        return not any(isinstance(part, dict | list) for part in value)
    return True


def is_withheld(value: Any) -> bool:
    """Whether this is what stands in the place of a hidden value."""
    return isinstance(value, dict) and value.keys() == {WITHHELD}


def withheld(digest: bytes) -> dict[str, str]:
    """What stands in the place of a hidden value with this hash."""
    return {WITHHELD: digest.hex()}


def parts_of(value: Any) -> Iterable[tuple[str, Any]]:
    """The children of a node by their names: keys in order, or indices in decimal."""
    if isinstance(value, dict):
        return sorted(value.items())
    return ((str(index), part) for index, part in enumerate(value))


def leaf_hash(value: Any, salt: bytes) -> bytes:
    """The hash of a leaf under its salt."""
    text = encode_basestring(value) if type(value) is str else _written(value)
    return SHA256(LEAF + salt + text.encode("utf-8", "surrogatepass")).digest()


def _written(value: Any) -> str:
    """The canonical JSON of a leaf; the encoder of the library takes longer to begin."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        pairs = (f"{encode_basestring(key)}:{_written(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    return canonical_json(value)


def object_hash(children: Iterable[tuple[str, bytes]]) -> bytes:
    """The hash of an object from its keys in order, each with its child's hash."""
    return SHA256(
        OBJECT + b"".join(key.encode() + b"\0" + digest for key, digest in children)
    ).digest()


def list_hash(children: Iterable[bytes]) -> bytes:
    """The hash of a list from the hashes of its members in order."""
    return SHA256(LIST + b"".join(children)).digest()


def node_hash(value: Any, salt: bytes, leaves: list[bytes]) -> bytes:
    """The hash of a value, all of which is known, under its salt; ``leaves`` collects theirs.

    What most leaves are is hashed here without a further call: an article has a million of them.
    """
    if is_leaf(value):
        leaves.append(leaf_hash(value, salt))
        return leaves[-1]
    own = Salt(salt).child
    if isinstance(value, list):
        each = (node_hash(part, own(str(index)), leaves) for index, part in enumerate(value))
        return list_hash(each)
    parts = [OBJECT]
    for key in sorted(value):
        part, below = value[key], own(key)
        kind = type(part)
        text = encode_basestring(part) if kind is str else NULL if part is None else None
        if text is None:
            digest = node_hash(part, below, leaves)
        else:
            digest = SHA256(LEAF + below + text.encode("utf-8", "surrogatepass")).digest()
            leaves.append(digest)
        parts += (key.encode(), NUL, digest)
    return SHA256(b"".join(parts)).digest()


def marks_of(leaves: Iterable[bytes]) -> str:
    """The beginnings of the hashes of a part's leaves and withheld values, in the tree's order.

    They prove nothing: by them a verifier says where a part that is not the issued one differs.
    """
    return "".join(digest.hex()[:MARK_HEX] for digest in leaves)


class Salts(Mapping[str, str]):
    """The salts a document discloses, by the path of what each opens; ``""`` is the whole."""

    def __init__(self, found: Mapping[str, str]) -> None:
        """Keep them; raise NotTheTree where one opens what another opens already."""
        self._found = found
        above = {parent for path in found for parent in ancestors(path)}
        if above & found.keys():
            raise NotTheTree(f"two salts open the same value: {min(above & found.keys())!r}")

    def __getitem__(self, path: str) -> str:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def ancestors(path: str) -> Iterator[str]:
    """The paths of everything a path lies within, itself left out."""
    if path:
        yield ""
    for place, sign in enumerate(path):
        if sign == "/":
            yield path[:place]


def joined(path: str, name: str) -> str:
    """The path of a child."""
    return f"{path}/{name}" if path else name


def shown_hash(value: Any, salts: Mapping[str, str], path: str = "", used: Any = None) -> bytes:
    """The hash of a value as a document shows it; raise NotTheTree where a salt is missing.

    ``used`` collects the paths whose salts were needed: one that is left over opens nothing.
    """
    if (salt := salts.get(path)) is not None:
        if used is not None:
            used.add(path)
        return node_hash(_wholly(value, path), digest_of(salt, path), [])
    if is_withheld(value):
        return digest_of(value[WITHHELD], path)
    if is_leaf(value):
        raise NotTheTree(f"no salt opens {path!r}")
    children = (
        (name, shown_hash(part, salts, joined(path, name), used)) for name, part in parts_of(value)
    )
    if isinstance(value, dict):
        return object_hash(children)
    return list_hash(digest for _name, digest in children)


def root_of(content: Any, salts: Mapping[str, str]) -> bytes:
    """The root of a document's content; raise NotTheTree where it is none."""
    used: set[str] = set()
    root = shown_hash(content, Salts(salts), "", used)
    if left := salts.keys() - used:
        raise NotTheTree(f"a salt opens nothing: {min(left)!r}")
    return root


def digest_of(text: Any, path: str) -> bytes:
    """The 32 bytes of a hash or a salt in hex; raise NotTheTree for anything else."""
    if isinstance(text, str) and len(text) == DIGEST_HEX and set(text) <= set("0123456789abcdef"):
        return bytes.fromhex(text)
    raise NotTheTree(f"{path!r} holds no 64 hex digits")


def _wholly(value: Any, path: str) -> Any:
    """A value of which nothing is withheld; its own salt would say too much otherwise."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if is_withheld(found):
            raise NotTheTree(f"something within {path!r} is withheld though its salt is not")
        if isinstance(found, dict):
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
    return value
