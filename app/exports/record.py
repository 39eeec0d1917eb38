"""The appendix as JSON: the whole content, with its digest and what lets anybody check it."""

import json

from app.exports.integrity import Integrity, document
from claims.appendix import AppendixContent


def render(content: AppendixContent, integrity: Integrity | None = None) -> str:
    """Return the content as JSON; ``sha256`` is the digest of everything under ``content``."""
    return json.dumps(document(content, integrity), ensure_ascii=False, indent=2) + "\n"
