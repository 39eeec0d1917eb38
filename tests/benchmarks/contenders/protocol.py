"""How a contender is asked in its own environment: a task on stdin, an answer in a file.

Only the standard library is imported, for each contender's environment holds nothing else of ours.
The answer goes to a file because some contenders greet on stdout.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Found(NamedTuple):
    """What a contender says stands at `start` to `end`; `high` only for a range."""

    start: int
    end: int
    low: str
    high: str | None = None


Reader = Callable[[str], list[Found]]


def serve(reader_of: Callable[[str], Reader]) -> None:
    """Answer the task on stdin; `reader_of(lang)` makes the reader, all its tables loaded."""
    task = json.load(sys.stdin)
    read = reader_of(task["lang"])
    for paragraph in task["paragraphs"][:5]:
        read(paragraph)
    letters, seconds = _timed(read, task["paragraphs"], task["limit"])
    answer = {
        "letters": letters,
        "seconds": seconds,
        "found": [read(sentence) for sentence in task["judged"]],
    }
    Path(sys.argv[1]).write_text(json.dumps(answer), encoding="utf-8")


def _timed(read: Reader, paragraphs: list[str], limit: float) -> tuple[int, float]:
    """Letters read and CPU seconds spent, of all threads, until the text or `limit` ends."""
    letters = 0
    start = time.process_time()
    spent = 0.0
    for paragraph in paragraphs:
        read(paragraph)
        letters += len(paragraph)
        spent = time.process_time() - start
        if spent > limit:
            break
    return letters, spent
