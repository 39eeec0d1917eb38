"""The appendix as document, workbook and table: `python -m tests.benchmarks.appendix_office`.

Every claim has two figures, three items of evidence, a contest and a signature. The document is
held against python-docx writing the same headings, sentences and tables of 200 claims (it has no
footnotes: ours writes 600 besides, the contents, and the JSON). Times are CPU of this process, the
best of a few turns; memory is the most this process ever held, its libraries included.
"""

import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import docx

from app.appendix_issue.catalogues import speaking
from app.config import Settings
from app.exports import FORMATS
from app.exports.view import View, flat, view_of
from claims.appendix.document import Document, read
from claims.appendix.plain import Shelf
from tests.app.exports.an_issue import a_source, an_issue
from tests.app.exports.checked import CHECKPOINT, a_checked_claim, a_figure, evidence
from tests.benchmarks.page import write

SIZES = (50, 200, 5_000)
COMPARED = 200
TURNS = 5
WORDY = {
    "zh": "据该公司二〇二四年年报，这一份额按出货量计算；两家研究机构给出的数字落在同一区间。" * 2,
    "en": "The annual report for 2024 gives the share by shipments; two research firms agree. " * 2,
}
KIB = 1024


def a_document(claims: int, language: str = "zh") -> Document:
    """An issue of so many claims, none of which is in memory as anything but bytes."""
    sources = [
        {**a_source(number), "kind": "report", "used_by": [number]} for number in range(1, 98)
    ]
    base = an_issue(sources=sources, language=language)
    base["integrity"] |= {
        "checkpoint": CHECKPOINT,
        "claims": [{"number": one, "root": "1" * 64} for one in range(1, claims + 1)],
    }
    found = read(json.dumps(base).encode())
    shelf = Shelf(_claim(number) for number in range(1, claims + 1))
    return Document(found.issue, found.head, shelf, found.salts, found.integrity)


def _claim(number: int) -> dict[str, Any]:
    items = [evidence(one, source=(number * 3 + one) % 97 + 1) for one in (1, 2, 3)]
    return a_checked_claim(
        number,
        figures=[a_figure(1), a_figure(2)],
        evidence=items,
        assessment={"reasoning": WORDY, "lowered_from": None, "by": 2, "at": "2026-11-19T08:00"},
    )


def by_python_docx(issued: Document) -> int:
    """The same headings, sentences and tables through the library; how many bytes that is."""
    view, document = view_of(issued), docx.Document()
    for claim in view.claims:
        document.add_heading(f"{claim.number} {flat(claim.statement, view.tongues)}", 2)
        document.add_paragraph(" ".join(flat(one.words, view.tongues) for one in claim.badges))
        for told in (claim.quote, claim.reasoning, claim.assessed, claim.sha):
            document.add_paragraph(flat(told, view.tongues))
        rows = [
            (one.number, one.printed, one.reads, one.period, one.measure, one.status.words)
            for one in claim.figures
        ]
        _table(document, view, rows)
        items = [
            (one.number, one.stance.words, one.named, one.says, one.quote, one.comparison)
            for one in claim.evidence
        ]
        _table(document, view, items)
        for contest in claim.contests:
            document.add_heading(flat(contest.title, view.tongues), 3)
            document.add_paragraph(flat(contest.statement, view.tongues))
    out = io.BytesIO()
    document.save(out)
    return out.tell()


def _table(document: Any, view: View, rows: list[tuple[Any, ...]]) -> None:
    table = document.add_table(rows=len(rows) + 1, cols=6)
    for row, values in zip(table.rows[1:], rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value if isinstance(value, str) else flat(value, view.tongues)


def cpu(work: Callable[[], int], turns: int) -> tuple[float, int]:
    """The least CPU time of a few turns in seconds, and what the work came to."""
    spent, found = [], 0
    for _ in range(turns):
        begun = time.process_time()
        found = work()
        spent.append(time.process_time() - begun)
    return min(spent), found


def into_a_file(form: str, document: Document) -> int:
    """Write a file as the desk does, and return how many bytes it has."""
    with tempfile.TemporaryDirectory() as folder, Path(folder, "file").open("wb") as out:
        FORMATS[form].render(view_of(document), out, lambda _done, _all: None)
        return out.tell()


def _words(document: Document) -> int:
    """Put every claim into words and nowhere else."""
    return sum(1 for _ in view_of(document).claims)


def lines() -> list[str]:
    """The table of sizes."""
    found = [
        "| claims | format | CPU | of which the words alone | size | memory so far |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for size in SIZES:
        document = a_document(size)
        turns = 1 if size == max(SIZES) else TURNS
        words, _ = cpu(partial(_words, document), turns)
        for form in ("docx", "csv", "sheet", "xlsx"):
            spent, large = cpu(partial(into_a_file, form, document), turns)
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB
            found.append(
                f"| {size:,} | {form} | {spent:.2f} s | {words:.2f} s | {large // KIB:,} KiB"
                f" | {held} MiB |"
            )
    return found


def comparison() -> str:
    """How many times as fast as the library the document is, over the same claims."""
    document = a_document(COMPARED)
    ours, _ = cpu(partial(into_a_file, "docx", document), TURNS)
    library, _ = cpu(partial(by_python_docx, document), 1)
    return (
        f"{COMPARED} claims: {ours:.2f} s against {library:.2f} s of python-docx: "
        f"**{library / ours:.0f} times as fast**."
    )


def main() -> int:
    """Measure, and write the tables into docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as home, speaking(Settings.load({"DESK_HOME": home})):
        into_a_file("docx", a_document(3))
        into_a_file("xlsx", a_document(3))
        told = [*lines(), "", comparison()]
    write("appendix_office", "\n".join(told))
    sys.stdout.write("\n".join(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
