"""The kept JSON document of an issue: everything made later is made from it, never from today."""

from claims.appendix.differences import Marks, marks
from claims.appendix.document import Document, Replaces, read
from claims.errors import Damaged, Missing
from claims.models import Appendix
from sources.store import Store

FORMER = {
    "zh": "这一号附录是旧格式，只有当时的那个文件。",
    "en": "This appendix was issued in an older format: it has the one file of then, and no other.",
}


def document(store: Store, issue: Appendix) -> Document:
    """Return an issue's document; raise Missing for an issue of an older format."""
    if issue.document_sha256 is None:
        raise Missing("no_document", FORMER)
    return read(store.read(issue.document_sha256))


def marks_of(store: Store, issue: Appendix) -> Marks | None:
    """Return what an issue is compared by; None where its document cannot be read any more."""
    try:
        found = document(store, issue)
    except (Missing, Damaged):
        return None
    return marks(found.head, found.claims)


def replaced(store: Store, issue: Appendix) -> Replaces | None:
    """Return what an issue says of the one it replaces; None where it says nothing."""
    try:
        return document(store, issue).issue.replaces
    except (Missing, Damaged):
        return None
