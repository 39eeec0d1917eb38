"""Reviews as text: one to paste into a page, or all of an appendix as the file ``claimreview``."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from flask import current_app

from app.exports.claim_review import CONTEXT, Node, Reviews
from app.exports.view import View
from app.newsroom import newsroom
from claims.appendix.document import Document
from claims.errors import Conflict
from claims.vocabulary import Profile

UNSAFE = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script element, or a line of a script, in a page the text is pasted into."""
Progress = Callable[[int, int], None]
NOT_PUBLIC = {
    "zh": "评审（ClaimReview）只能出自公开版附录。请先按“公开”版本出具。",
    "en": "A review (ClaimReview) is only made of a public appendix. "
    "Issue it in the profile “public” first.",
}
SCRIPT = '<script type="application/ld+json">\n{}\n</script>\n'


def text_of(value: object, indent: int | None = None) -> str:
    """JSON that may stand in a page's script as well as in a file."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    for char, escaped in UNSAFE.items():
        text = text.replace(char, escaped)
    return text


def script(node: Node) -> str:
    """Return the element that tells a page's reader, when it is a program, of one review."""
    return SCRIPT.format(text_of({"@context": CONTEXT, **node}, indent=2))


def reviews_of(document: Document) -> Reviews:
    """The reviews of an issued appendix; raise Conflict unless it is public and we have a name."""
    if document.issue.profile != Profile.PUBLIC:
        raise Conflict("not_public", NOT_PUBLIC)
    return Reviews(document, newsroom(current_app.extensions["settings"]))


def render(view: View, out: BinaryIO, progress: Progress) -> None:
    """Write all reviews of an appendix as one graph, a line each, as they are made."""
    write(reviews_of(view.document), out, progress)


def write(reviews: Reviews, out: BinaryIO, progress: Progress) -> None:
    """Write reviews as one graph; the progress is told in claims of the appendix."""
    total = len(reviews.document.claims)
    out.write(f'{{"@context": {text_of(CONTEXT)}, "@graph": ['.encode())
    for done, piece in enumerate(lines(reviews.nodes()), start=1):
        out.write(piece.encode())
        progress(done, total)
    out.write(b"\n]}\n")
    progress(total, total)


def lines(nodes: Iterable[object]) -> Iterator[str]:
    """Each value on a line of its own, with a comma before all but the first."""
    comma = ""
    for node in nodes:
        yield f"{comma}\n{text_of(node)}"
        comma = ","
