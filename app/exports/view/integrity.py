"""The integrity page: what binds the file, the signed head, the keys, and how anybody verifies."""

import base64
import binascii
import hashlib

from app.exports.view.parts import Fact, Integrity, Key
from app.exports.view.sentences import CONTENT_ROOT, PARAGRAPHS, STEPS
from app.exports.view.text import Said
from app.exports.view.wording import Wording
from claims.appendix.document import Document

COMMAND = "python3 verify_appendix.py FILE --key KEY"
GROUP = 4
"""Digits of a fingerprint stand in groups, so that it can be read out and compared."""


def integrity(words: Wording, document: Document) -> Integrity | None:
    """The integrity page of an issued appendix; None for a preview, which nothing binds."""
    found = document.integrity
    if found is None:
        return None
    root = found.act.get("values", {}).get("n.root", {}).get("value", "")
    named = words.text(CONTENT_ROOT)
    return Integrity(
        paragraphs=tuple(map(words.text, PARAGRAPHS)),
        steps=tuple(map(words.text, STEPS)),
        command=COMMAND,
        checkpoint=found.checkpoint,
        keys=tuple(map(_key, found.keys)),
        facts=(Fact(named, Said(root.strip('"')), "hash"),) if root else (),
    )


def _key(line: str) -> Key:
    """A key with the SHA-256 of what a signature is checked with (C2SP: algorithm, then key)."""
    encoded = line.rsplit("+", 1)[-1]
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return Key(line, "")
    digest = hashlib.sha256(raw[1:]).hexdigest()
    groups = (digest[start : start + GROUP] for start in range(0, len(digest), GROUP))
    return Key(line, " ".join(groups))
