"""Answers for other programs: as JSON values, and as CSV that is safe to open."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from app.exports.plain_table import BOM, defused
from app.questions.question import Answer
from sources.columns import Words

COLUMNS = ("entry", "at", "who", "actor", "table", "pk", "op", "said")


def plain(answer: Answer, href: str | None = None) -> dict[str, Any]:
    """One answer as JSON."""
    entry = answer.entry
    found: dict[str, Any] = {
        "entry": entry.eid,
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "table": entry.table,
        "pk": entry.pk,
        "op": entry.op,
        "said": dict(answer.said),
    }
    return found | ({"href": href} if href else {})


def table(
    answers: Iterable[Answer], said: Callable[[Words], str], who: Callable[[str | None], str]
) -> str:
    """The answers as CSV; ``said`` and ``who`` choose the language of words and people."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for answer in answers:
        entry = answer.entry
        cells: list[Any] = [entry.eid, entry.at, who(entry.actor), entry.actor]
        cells += [entry.table, entry.pk, entry.op, said(answer.said)]
        writer.writerow([defused(cell) for cell in cells])
    return BOM + stream.getvalue()
