"""The appendix as JSON: the whole content, with the digest of its canonical form."""

import json

from claims.appendix import AppendixContent


def render(content: AppendixContent) -> str:
    """Return the content as JSON; ``sha256`` is the digest of everything under ``content``."""
    document = {"sha256": content.sha256, "content": content.as_dict()}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
