"""Puts words into Markdown: each on one line, with every character escaped that could mean more."""

import re
from collections.abc import Iterable, Iterator

from app.exports.signs import visible
from app.exports.view.text import Hidden, Said, Tongues, Words, lines

SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&$!]")
"""What begins or ends something in CommonMark, in GitHub's flavour, or in a formula."""
BEGINNING = re.compile(r"^(?:[-+=]|\d{1,9}(?=[.)](?: |$)))")
"""What makes a list, a rule or a heading of a line that begins with it."""
FENCE = re.compile("`+")


REMARKABLE = re.compile(
    r"[\\`*_{}\[\]<>#|~&$!\x00-\x1f\x7f-\xa0\ud800-\udfff\ufffe\uffff]"
    r"|[\s\u2028\u2029]{2}|^[\s+=\d-]|\s$|[^\S ]"
)
"""Where there is none of this, a text may stand as it is."""


def escaped(words: str) -> str:
    """Text on one line in which no character means anything but itself."""
    if not REMARKABLE.search(words):
        return words
    line = " ".join(visible(words).split())
    line = SPECIAL.sub(r"\\\g<0>", line)
    return BEGINNING.sub(_begun, line)


def _begun(found: re.Match[str]) -> str:
    """A sign is escaped; of a number the dot behind it is, which its own backslash does."""
    return f"\\{found[0]}" if not found[0].isdigit() else f"{found[0]}\\"


def link(url: str) -> str:
    """An address as a link that shows itself."""
    safe = visible(url).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"<{safe}>"


def coded(words: str) -> str:
    """Text between backticks, in which no character means anything; escaped where it has some."""
    return escaped(words) if "`" in words or "<" in words else f"`{visible(words)}`"


def fenced(words: str) -> str:
    """Text as it stands, between fences longer than any it holds."""
    longest = max((len(run) for run in FENCE.findall(words)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{visible(words).rstrip()}\n{fence}\n\n"


class Writing:
    """How words are set in a text of these tongues."""

    def __init__(self, tongues: Tongues) -> None:
        """Keep the tongues."""
        self.tongues = tongues

    def inline(self, words: Words | None, between: str = " / ") -> str:
        """Words in a line; two tongues side by side."""
        if type(words) is tuple and len(words) == 1:
            return escaped(words[0])
        if isinstance(words, Said):
            return escaped(words.words)
        return between.join(escaped(line) for _, line in lines(words, self.tongues))

    def code(self, words: Words) -> str:
        """A hash or a name in the type of a program; a mark in its place stays a mark."""
        if isinstance(words, Hidden):
            return self.inline(words)
        return coded(" / ".join(line for _, line in lines(words, self.tongues)))

    def row(self, *parts: Words | None) -> str:
        """Several words in a line: all in one tongue, then all in the other where both have all."""
        known = [part for part in parts if part]
        if len(self.tongues) == 1 or not all(isinstance(part, tuple) for part in known):
            return " · ".join(map(self.inline, known))
        told = [
            " · ".join(part[index] for part in known if isinstance(part, tuple))
            for index in range(len(self.tongues))
        ]
        return self.inline(tuple(told))

    def block(self, words: Words | None, mark: str = "") -> str:
        """A paragraph, one for each tongue; ``mark`` begins each line of it, as in a quote."""
        found = [escaped(line) for _, line in lines(words, self.tongues)]
        blank = f"{mark.rstrip()}\n"
        return blank.join(f"{mark}{line}\n" for line in found) + "\n" if found else ""

    def heading(self, level: int, words: Words) -> str:
        """A heading on a line of its own."""
        return f"{'#' * level} {self.inline(words)}\n\n"

    def table(self, head: Iterable[Words | str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
        """A table of GitHub's flavour; its cells are escaped by whoever makes them."""
        names = [name if isinstance(name, str) else self.inline(name) for name in head]
        yield f"| {' | '.join(names)} |\n|{' --- |' * len(names)}\n"
        for row in rows:
            yield f"| {' | '.join(cell or '—' for cell in row)} |\n"
        yield "\n"
