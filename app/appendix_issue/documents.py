"""The kept JSON document of an issue: everything made later is made from it, never from today."""

import json
from collections.abc import Mapping
from typing import Any

from claims.appendix.differences import Marks, marks
from claims.errors import Missing
from claims.models import Appendix
from sources.errors import Damaged
from sources.store import Store

FORMER = {
    "zh": "这一号附录是旧格式，只有当时的那个文件。",
    "en": "This appendix was issued in an older format: it has the one file of then, and no other.",
}


def document(store: Store, issue: Appendix) -> Mapping[str, Any]:
    """Return an issue's document; raise Missing for an issue of an older format."""
    if issue.document_sha256 is None:
        raise Missing("no_document", FORMER)
    found: Mapping[str, Any] = json.loads(store.read(issue.document_sha256))
    return found


def marks_of(store: Store, issue: Appendix) -> Marks | None:
    """Return what an issue is compared by; None where its document cannot be read any more."""
    try:
        content = document(store, issue)["content"]
    except (Missing, Damaged):
        return None
    return marks(content, content["claims"])
