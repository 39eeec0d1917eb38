"""Which lines of a text are headings, as Markdown writes them, and where their words begin."""

import re

HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+")
"""What stands before a heading's words. It stays in the text, whose places everything counts in;
pages only do not show it."""


def words_begin(text: str, line: int) -> int:
    """Return where the words of the line that begins at ``line`` begin, behind any marker."""
    found = HEADING.match(text, line)
    return found.end() if found else line
