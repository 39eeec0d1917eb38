"""The leaf of one event: what is hashed, in which order, so that nothing of it can change unseen.

A leaf is ``SHA-256(0x00 ‖ header)`` (RFC 6962, section 2.1). The header is the canonical JSON of
who, what and when with ``c``, a commitment to the values. Each value is committed to under a salt
of its own, so that one value can later be shown, or erased, without touching the proof of the rest.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple

COMMITMENT = b"desk-ledger-1"
SALT_LENGTH = 16
SALTED = hmac.digest
BLOCK = 64
"""The bytes SHA-256 takes at a time."""
INNER = bytes(number ^ 0x36 for number in range(256))
OUTER = bytes(number ^ 0x5C for number in range(256))
SHA256 = hashlib.sha256


class Written(NamedTuple):
    """A number with a point or an exponent, kept as it was written: 1.10 is not 1.1."""

    text: str


class Event(NamedTuple):
    """One row of ``ledger_event`` as the sealer and the verifier read it."""

    eid: int
    kind: str
    tbl: str
    pk: str
    op: str
    at: str
    actor: str | None
    req: str | None
    dbuser: str | None
    xid: str | None
    old: str | None
    new: str | None
    salt: bytes
    red: str | None = None


BOUND = 13
"""The fields of an event before ``red``: what is hashed of one that is no JSON."""
COLUMNS = ", ".join(Event._fields)
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""What reading an image raises when it is not one of ours."""


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of an object; ValueError where one is there twice: each reader sees another."""
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a value stands there twice"
        raise ValueError(message)
    return found


DECODER = json.JSONDecoder(parse_float=Written, parse_constant=Written, object_pairs_hook=once)


def read(text: str | None) -> dict[str, Any] | None:
    """The fields of a stored image; None where the event has no such side."""
    if text is None:
        return None
    try:
        image, end = DECODER.raw_decode(text)
    except json.JSONDecodeError:
        end = -1
    if end != len(text):
        # Space around it, which no engine writes, or no JSON at all.
        image = DECODER.decode(text)
    if not isinstance(image, dict):
        message = "an image of the ledger is a JSON object"
        raise TypeError(message)
    return image


def canonical(value: Any) -> str:
    """The one way to write a JSON value: no space, sorted keys, numbers as they were written."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, Written):
        return value.text
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        pairs = (f"{encode_basestring(key)}:{canonical(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    return "[" + ",".join(canonical(item) for item in value) + "]"


class Opening(NamedTuple):
    """What shows one value: its salt and its canonical JSON."""

    salt: bytes
    value: str


class Erased(NamedTuple):
    """What is left of a value that was erased or is withheld: its digest."""

    digest: bytes


def commitment(old: str | None, new: str | None, salt: bytes, red: str | None = None) -> bytes:
    """32 bytes that bind every value of both images; without its salt none can be guessed.

    What :func:`openings` and :func:`bound` say step by step is written out for an event that
    nothing was erased of: sealing and verification spend most of their time here.
    """
    if red is not None:
        return bound(openings(old, new, salt, red))
    try:
        return written_out(old, new, salt)
    except UnicodeEncodeError:
        # Half of a surrogate pair, or a name that would not be in its order.
        return bound(openings(old, new, salt))


def written_out(old: str | None, new: str | None, salt: bytes) -> bytes:
    """The commitment of an event whose texts are all well formed."""
    inner, outer = pads(salt)
    parts = []
    for side, names, image in ((b"n\0", NEW_NAMES, read(new)), (b"o\0", OLD_NAMES, read(old))):
        if image is None:
            continue
        parts.append(side)
        for field, value in image.items():
            name, ended = names[field]
            kind = type(value)
            text = (
                encode_basestring(value)
                if kind is str
                else str(value)
                if kind is int
                else canonical(value)
            )
            own = SHA256(outer + SHA256(inner + name).digest()).digest()[:SALT_LENGTH]
            parts.append(ended + SHA256(own + ended + text.encode()).digest())
    # No name holds a zero, so that the parts have the order of their names.
    parts.sort()
    return SHA256(COMMITMENT + b"".join(parts)).digest()


class Names(dict[str, tuple[bytes, bytes]]):
    """The names of one side's values by their fields, as they are hashed: bare, and with a zero."""

    most = 10_000
    """Names remembered at most: an image written by hand may hold any."""

    def __init__(self, side: str) -> None:
        """Name the side: ``n`` or ``o``."""
        super().__init__()
        self.side = side

    def __missing__(self, field: str) -> tuple[bytes, bytes]:
        """Make a name."""
        if "\0" in field:
            raise UnicodeEncodeError("utf-8", field, 0, len(field), "a zero inside a name")
        name = f"{self.side}.{field}".encode()
        found = (name, name + b"\0")
        if len(self) < self.most:
            self[field] = found
        return found


NEW_NAMES, OLD_NAMES = Names("n"), Names("o")


def pads(salt: bytes) -> tuple[bytes, bytes]:
    """The two blocks with which HMAC (RFC 2104) begins its two hashes.

    Python's own ``hmac.digest`` gives the same and takes three times as long for a short text.
    """
    block = (salt if len(salt) <= BLOCK else SHA256(salt).digest()).ljust(BLOCK, b"\0")
    return block.translate(INNER), block.translate(OUTER)


def openings(
    old: str | None, new: str | None, salt: bytes, red: str | None = None
) -> dict[str, Opening | Erased]:
    """Each value of both images by its name, ``n.<field>`` or ``o.<field>``.

    ``n`` and ``o`` themselves say which images exist. ``red`` is what a redaction left: the
    digests of the erased values (``d``) and the salts of the others (``s``), in place of the
    event's own salt, from which the salts of the erased ones could be had.
    """
    kept = erasures(red)
    found: dict[str, Opening | Erased] = {}
    for side, image in (("n", read(new)), ("o", read(old))):
        if image is None:
            continue
        found[side] = Erased(b"")
        for field, value in image.items():
            name = f"{side}.{field}"
            own = bytes.fromhex(kept["s"][name]) if kept else field_salt(salt, name)
            found[name] = Opening(own, canonical(value))
    for name, digest in kept["d"].items() if kept else ():
        if name in found or name[0] not in found:
            message = f"{name} is erased and there, or of no image"
            raise ValueError(message)
        found[name] = Erased(bytes.fromhex(digest))
    return found


def erasures(red: str | None) -> dict[str, dict[str, str]]:
    """What a redaction left of an event, empty where there was none."""
    if red is None:
        return {}
    kept = json.loads(red)
    return {"d": dict(kept["d"]), "s": dict(kept["s"])}


def field_salt(salt: bytes, name: str) -> bytes:
    """The salt of one value: from the event's salt, and from no other value's."""
    return SALTED(salt, name.encode(), "sha256")[:SALT_LENGTH]


def value_digest(name: str, opening: Opening | Erased) -> bytes:
    """The digest by which a value is bound."""
    if isinstance(opening, Erased):
        return opening.digest
    words = b"%b%b\0%b" % (opening.salt, name.encode(), encoded(opening.value))
    return SHA256(words).digest()


def bound(values: Mapping[str, Opening | Erased]) -> bytes:
    """The commitment to values in the order of their names."""
    parts = [COMMITMENT]
    for name in sorted(values):
        parts += (name.encode(), b"\0", value_digest(name, values[name]))
    return SHA256(b"".join(parts)).digest()


key_pads = lru_cache(maxsize=4)(pads)


def encoded(text: str) -> bytes:
    """UTF-8; a lone surrogate, which JSON can spell, keeps its three bytes."""
    return text.encode("utf-8", "surrogatepass")


HEADER = (
    '{"actor":%s,"at":%s,"c":"%s","dbuser":%s,"eid":%d,"kind":%s,"op":%s,"pk":%s,"req":%s,'
    '"tbl":%s,"via":%s,"xid":%s}'
)
"""The canonical JSON of a header, its keys in their order: written out for speed."""


def header(event: Event, via: str) -> bytes:
    """The canonical JSON of who, what, when and the commitment."""
    text = HEADER % (
        "null" if event.actor is None else canonical(event.actor),
        encode_basestring(event.at),
        commitment(event.old, event.new, bytes(event.salt), event.red).hex(),
        "null" if event.dbuser is None else canonical(event.dbuser),
        event.eid,
        encode_basestring(event.kind),
        encode_basestring(event.op),
        encode_basestring(event.pk),
        "null" if event.req is None else canonical(event.req),
        encode_basestring(event.tbl),
        encode_basestring(via),
        "null" if event.xid is None else canonical(event.xid),
    )
    return encoded(text)


def leaf(event: Event, via: str) -> bytes:
    """The RFC 6962 leaf hash of an event.

    What somebody wrote by hand may be no JSON, or of another type: it is bound as it is, because
    a sealer that stumbles over one event would hold up everybody's.
    """
    try:
        text = header(event, via)
    except UNREADABLE:
        text = as_it_is(event, via)
    return SHA256(b"\0" + text).digest()


def as_it_is(event: Event, via: str) -> bytes:
    """What is hashed of an event that is none of ours."""
    return encoded(repr((*event[:BOUND], via)))


def seal_mac(key: bytes, seq: int, digest: bytes) -> bytes:
    """What only a holder of the key outside the database can write beside a leaf."""
    inner, outer = key_pads(key)
    return SHA256(outer + SHA256(inner + seq.to_bytes(8, "big") + digest).digest()).digest()
