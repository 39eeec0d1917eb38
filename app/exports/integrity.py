"""The integrity part of an appendix: what lets anybody check it, and where it stands in a file."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

import segno
from markupsafe import Markup

from app.ledger.verify_offline import BEGINS, ENDS
from app.ledger.witness import Witness
from claims.appendix import AppendixContent
from claims.material import canonical_json

PART = re.compile(f"{re.escape(BEGINS)}.*{re.escape(ENDS)}", re.DOTALL)
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}
"""In a page, JSON must not end the element it stands in."""


def digests(content: AppendixContent) -> list[tuple[int, str]]:
    """Each claim's number with the SHA-256 of its canonical JSON."""
    return [(claim.number, sha256(canonical_json(claim.as_dict()))) for claim in content.claims]


def statement(content: AppendixContent, text: str) -> dict[str, str]:
    """What an act of the ledger says of an appendix, so that its content is bound by the head.

    ``text`` is the file without its integrity part.
    """
    return {
        "article": content.article,
        "content_sha256": content.sha256,
        "claims_sha256": sha256(canonical_json(digests(content))),
        "text_sha256": sha256(without(text)),
    }


def without(text: str) -> str:
    """A file's text without what stands in its integrity part."""
    return PART.sub(BEGINS + ENDS, text)


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Integrity:
    """The signed head with its proofs, and the digest of each claim that the head binds."""

    content: AppendixContent
    witness: Witness

    @property
    def checkpoint(self) -> str:
        """The signed head, a C2SP note."""
        return self.witness.checkpoint

    @property
    def keys(self) -> list[str]:
        """The public keys that the newsroom publishes."""
        return self.witness.keys

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        ids = {claim.number: claim.id for claim in self.content.claims}
        return {
            "keys": self.keys,
            "checkpoint": self.checkpoint,
            "act": self.witness.act,
            "claims": [
                {"number": number, "sha256": digest, **self.witness.rows[ids[number]]}
                for number, digest in digests(self.content)
            ],
        }

    @property
    def data(self) -> Markup:
        """The whole appendix as JSON that may stand inside a page's element."""
        text = json.dumps(document(self.content, self), ensure_ascii=False)
        return Markup(text.translate(UNSAFE))  # noqa: S704 - no character of markup is left

    @property
    def code(self) -> Markup:
        """The signed head as a QR code: an SVG that stands in a page."""
        drawn = segno.make(self.checkpoint, error="l", micro=False)
        return Markup(  # noqa: S704 - drawn here, from modules alone
            drawn.svg_inline(
                scale=3, border=4, light="#fff", dark="#000", svgclass="qr", lineclass=None
            )
        )


def document(content: AppendixContent, integrity: Integrity | None) -> dict[str, Any]:
    """An appendix as one JSON value; ``sha256`` is the digest of ``content``."""
    found: dict[str, Any] = {
        "format": content.format,
        "sha256": content.sha256,
        "content": content.as_dict(),
    }
    return found if integrity is None else {**found, "integrity": integrity.as_dict()}
