"""The body of an appendix in HTML: what the desk's preview and the file that leaves have alike."""

from collections.abc import Callable, Iterator

from markupsafe import Markup

from app.exports.page.claim import Claims
from app.exports.page.closing import Closing
from app.exports.page.markup import Setting
from app.exports.page.opening import Opening
from app.exports.page.signs import Signs
from app.exports.view.parts import View


def pieces(
    view: View, sprite: str = "", progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Iterator[str]:
    """Write the body piece by piece: the opening, one claim after the other, the closing.

    ``sprite`` is the address of the desk's drawings; without one they are in the page itself.
    """
    markup = Setting(view.tongues)
    signs = Signs(markup, sprite)
    claims = Claims(markup, signs, view.head)
    opening = Opening(markup, signs, claims)
    yield from opening.pieces(view)
    yield f'<section id="claims">{markup.heading(2, view.head.claims)}\n'
    total = len(view.claims)
    for done, claim in enumerate(view.claims, start=1):
        yield claims.claim(claim)
        progress(done, total)
    yield "</section>\n"
    yield from Closing(markup, signs, opening).pieces(view)


def preview(view: View, sprite: str) -> Markup:
    """The body for a page of the desk, whose drawings stand in a file of their own."""
    return Markup("".join(pieces(view, sprite)))  # noqa: S704 - every word is escaped in markup.py
