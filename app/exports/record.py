"""The appendix as JSON: the document itself, which every other format is made from."""

from collections.abc import Callable
from typing import BinaryIO

from app.exports.view import View


def render(view: View, out: BinaryIO, progress: Callable[[int, int], None]) -> None:
    """Write the document."""
    view.document.write(out)
    progress(len(view.claims), len(view.claims))
