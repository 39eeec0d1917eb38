"""Putting the lines of printed pages together into paragraphs, as their writer typed them.

A PDF knows letters on a page and no paragraphs. Lines are joined where nothing speaks against it;
what repeats on every page is removed only where it certainly is no text of the article.
"""

import re
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sources.places import PAGE, Place

FEWEST_PAGES = 3
"""On two pages a repeated line may be a refrain."""
EDGE = 2
"""How many lines at the top and bottom of a page may be running heads."""
FULL = 0.85
"""The part of a full line past which a line went on because the page ended, not the sentence."""
SHORT = 0.6
WIDE = frozenset("WF")
ENDS = frozenset('。！？!?…；;：:.”’"»」』）)')
STARTS = re.compile(
    r"(?:[-–—•·●○▪■◆◇*]\s|\d{1,3}[.)、．]\s*\D|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}[、．.]"
    r"|第[一二三四五六七八九十百\d]+[章节条部分]|#|\|)"
)
DIGITS = re.compile(r"\d+")
BROKEN_WORD = re.compile(r"([^\W\d_]{2,})[-‐]$")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text, and at which of its characters a page begins (counted from 1)."""

    text: str = ""
    pages: list[tuple[int, int]] = field(default_factory=list)

    def add(self, line: str, page: int, hyphenated: set[str]) -> None:
        """Add a line of a page; it is always the end of what the text becomes."""
        self.text = _glued(self.text, line, hyphenated) if self.text else line
        self.pages.append((len(self.text) - len(line), page))


def paragraphs(pages: Sequence[str]) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs of a document's pages, and the running heads that were left out."""
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    left, removed = without_running_heads(split)
    lines = [(line, number) for number, page in enumerate(left, start=1) for line in page]
    hyphenated = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", "\n".join(line for line, _ in lines)))
    return list(_joined(lines, hyphenated)), removed


def located(found: Sequence[Paragraph]) -> tuple[str, tuple[Place, ...]]:
    """Return the text of paragraphs, and where in it each page begins."""
    text, places, page = "\n\n".join(one.text for one in found), list[Place](), 0
    begin = 0
    for one in found:
        for offset, number in one.pages:
            if number > page:
                places.append((begin + offset, PAGE, str(number)))
                page = number
        begin += len(one.text) + 2
    return text, tuple(places)


def without_running_heads(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Take away lines at the edge of every page that are the same on each, or count the pages.

    The first page's are returned as well, so that a person can be told what is missing.
    """
    removed: list[str] = []
    left = [_trimmed(page) for page in pages]
    filled = [page for page in left if page]
    if len(filled) < FEWEST_PAGES:
        return left, removed
    for end in (0, -1):
        for _ in range(EDGE):
            edge = [page[end] for page in filled if page]
            if len(edge) < len(filled) or not _is_running(edge):
                break
            removed.append(edge[0])
            for page in filled:
                del page[end]
    return left, removed


def _trimmed(page: list[str]) -> list[str]:
    """Return a page without the empty lines at its ends."""
    first = next((place for place, line in enumerate(page) if line), len(page))
    last = next((place for place, line in enumerate(reversed(page)) if line), 0)
    return page[first : len(page) - last]


def _is_running(edge: list[str]) -> bool:
    """Tell whether one line of each page is a running head: equal, or with a number that counts."""
    if len(set(edge)) == 1:
        return True
    if len({DIGITS.sub("#", line) for line in edge}) > 1:
        return False
    columns = list(zip(*(map(int, DIGITS.findall(line[:200])) for line in edge), strict=False))
    counts = [all(after - before == 1 for before, after in pairwise(one)) for one in columns]
    same = [len(set(one)) == 1 for one in columns]
    return any(counts) and all(one or other for one, other in zip(counts, same, strict=True))


def _joined(lines: list[tuple[str, int]], hyphenated: set[str]) -> Iterator[Paragraph]:
    full = _full_width([line for line, _ in lines])
    gathered = Paragraph()
    before = ""
    for line, page in lines:
        if gathered.text and (not line or _parts(before, line, full)):
            yield gathered
            gathered = Paragraph()
        if line:
            gathered.add(line, page, hyphenated)
        before = line
    if gathered.text:
        yield gathered


def _full_width(lines: list[str]) -> float:
    """The width of a line that reaches the margin: that of the widest tenth."""
    widths = sorted(_width(line) for line in lines if line)
    return statistics.median(widths[-max(len(widths) // 10, 1) :]) if widths else 0.0


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in WIDE else 1 for char in line)


def _parts(before: str, line: str, full: float) -> bool:
    """Tell whether a paragraph ends between two lines."""
    if BROKEN_WORD.search(before):
        return False
    width = _width(before)
    ended = before[-1:] in ENDS and width < FULL * full
    return ended or width < SHORT * full or STARTS.match(line) is not None


def _glued(before: str, line: str, hyphenated: set[str]) -> str:
    """Join two lines of one paragraph; a word broken at the end of a line is made whole."""
    broken = BROKEN_WORD.search(before)
    rest = WORD.match(line)
    if broken and rest and line[0].islower():
        kept = f"{broken[1]}-{rest[0]}" in hyphenated
        return before + line if kept else before[:-1] + line
    if before[-1:] in "-‐–—/" or _is_wide(before[-1:]) or _is_wide(line[:1]):
        return before + line
    return f"{before} {line}"


def _is_wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in WIDE
