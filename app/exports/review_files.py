"""Reviews as text: one to paste into a page, or all of an appendix as the file ``claimreview``."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from flask import current_app

from app.exports.claim_review import CONTEXT, Node, Reviews
from app.newsroom import newsroom
from claims.errors import Conflict
from claims.vocabulary import Profile

Progress = Callable[[int, int], None]
UNSAFE = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script element, or a line of a script, in a page the text is pasted into."""
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


def reviews_of(document: Mapping[str, Any]) -> Reviews:
    """The reviews of an issued appendix; raise Conflict unless it is public and we have a name."""
    if document["issue"]["profile"] != Profile.PUBLIC:
        raise Conflict(
            "not_public",
            {
                "zh": "ClaimReview 只能出自公开版附录。请先按“公开”版本出具。",
                "en": "A ClaimReview is only made of a public appendix. "
                "Issue it in the profile “public” first.",
            },
            "format",
        )
    return Reviews(document, newsroom(current_app.extensions["settings"]))


def write(document: Mapping[str, Any], out: BinaryIO, progress: Progress) -> None:
    """Write all reviews of an appendix as one graph, a line each, as they are made."""
    reviews, total = reviews_of(document), len(document["content"]["claims"])
    out.write(f'{{"@context": {text_of(CONTEXT)}, "@graph": ['.encode())
    for done, piece in enumerate(lines(reviews.nodes()), start=1):
        out.write(piece.encode())
        progress(done, total)
    out.write(b"\n]}\n")


def lines(nodes: Iterable[object]) -> Iterator[str]:
    """Each value on a line of its own, with a comma before all but the first."""
    comma = ""
    for node in nodes:
        yield f"{comma}\n{text_of(node)}"
        comma = ","
