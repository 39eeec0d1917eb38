"""The appendix as Markdown, for mail, wikis and version control: as complete as the page."""

from collections.abc import Callable
from typing import BinaryIO

from app.exports.markdown.back import back
from app.exports.markdown.claim import claim
from app.exports.markdown.front import front
from app.exports.markdown.writing import Writing
from app.exports.view import View

SEAL = "\n<!-- seal -->\n"


def render(view: View, out: BinaryIO, progress: Callable[[int, int], None]) -> None:
    """Write CommonMark with the tables of GitHub's flavour, claim by claim."""
    writing, total = Writing(view.tongues), len(view.claims)
    out.writelines(line.encode() for line in front(view, writing))
    for done, one in enumerate(view.claims, start=1):
        out.writelines(line.encode() for line in claim(one, view.head, writing))
        progress(done, total)
    out.writelines(line.encode() for line in back(view, writing))
    out.write(SEAL.encode())
