"""How long the PDF of an appendix takes, in how much memory, and beside WeasyPrint.

Run by hand: ``python -m tests.benchmarks.appendix_pdf``. With ``--weasyprint PYTHON``, the Python
of an environment that has WeasyPrint, the HTML file of the same appendix is made a PDF by it, in a
process of its own like ours. It prints the tables of docs/benchmarks.md.
"""

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from app.exports import html, pdf
from app.exports.view import view_of
from claims.appendix.document import Document
from tests.benchmarks.appendix_html import application, paper

ROUNDS = 5
FEW, MANY = 50, 5_000
WEASY = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant=sys.argv[3] or None)
"""
Work = Callable[[Document, Path], None]


def spent() -> float:
    """The CPU seconds of this process and of those it started."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def ours(document: Document, place: Path) -> None:
    """Set it, words and attached document included."""
    with place.open("wb") as out:
        pdf.render(view_of(document), out, lambda _done, _all: None)


def theirs(python: str, variant: str) -> Work:
    """Write the page and let WeasyPrint set it."""

    def work(document: Document, place: Path) -> None:
        page = place.with_suffix(".html")
        with page.open("wb") as out:
            html.render(view_of(document), out, lambda _done, _all: None)
        command = [python, "-c", WEASY, str(page), str(place), variant]
        subprocess.run(command, check=True, capture_output=True)

    return work


def measured(work: Work, document: Document, place: Path, rounds: int) -> tuple[float, float]:
    """The best CPU time and the best time on the clock of some rounds."""
    best = (float("inf"), float("inf"))
    for _ in range(rounds):
        cpu, clock = spent(), time.perf_counter()
        work(document, place)
        best = min(best[0], spent() - cpu), min(best[1], time.perf_counter() - clock)
    return best


def compared(python: str | None, place: Path) -> None:
    """Print the table of a short appendix."""
    click.echo("| claims | what | CPU seconds | on the clock | kilobytes |")
    click.echo("|---:|---|---:|---:|---:|")
    document = paper(FEW)
    works: dict[str, Work] = {"ours: PDF/A-3a, PDF/UA-1": ours}
    if python:
        works["WeasyPrint of our HTML file"] = theirs(python, "")
        works["WeasyPrint of our HTML file, as PDF/UA"] = theirs(python, "pdf/ua-1")
    for name, work in works.items():
        cpu, clock = measured(work, document, place, ROUNDS if work is ours else 2)
        size = place.stat().st_size // 1024
        click.echo(f"| {FEW} | {name} | {cpu:.2f} | {clock:.2f} | {size:,} |")


def long(count: int, place: Path) -> None:
    """Print what a long appendix takes."""
    document = paper(count)
    cpu, clock = measured(ours, document, place, 1)
    child, own = (
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
    )
    click.echo(
        f"\n{count:,} claims: {cpu:.1f} s of CPU, {clock:.0f} s on the clock, "
        f"{place.stat().st_size / 1e6:.0f} MB; {own} MB of memory here, {child} MB where it is set."
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=MANY)
    parser.add_argument("--weasyprint", help="the Python of an environment that has it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, application().app_context():
        place = Path(folder) / "appendix.pdf"
        if chosen.claims:
            long(chosen.claims, place)
        compared(chosen.weasyprint, place)


if __name__ == "__main__":
    os.nice(5)
    main()
