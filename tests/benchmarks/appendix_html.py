"""How fast the page of an appendix is written beside a plain template, and in how much memory.

Run by hand (``python -m tests.benchmarks.appendix_html``); it prints what docs/benchmarks.md shows.
"""

import argparse
import gc
import os
import resource
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_babel import Babel
from jinja2 import Environment, FileSystemLoader

from app.exports import html, markdown
from app.exports.page.body import pieces
from app.exports.view import view_of
from app.labels import LABELS
from claims.appendix.document import Document
from tests.app.exports.a_paper import a_content, a_document
from tests.app.exports.claims_of_a_paper import a_claim, a_contest

CONTENDERS = Path(__file__).parent / "contenders"
ROUNDS = 3
FEW, MANY = 50, 5_000


class Sink:
    """A file that counts what is written and keeps none of it."""

    def __init__(self) -> None:
        """Begin empty."""
        self.size = 0

    def write(self, data: bytes) -> int:
        """Count."""
        self.size += len(data)
        return len(data)

    def writelines(self, pieces: Any) -> None:
        """Count each."""
        for piece in pieces:
            self.size += len(piece)


def application() -> Flask:
    """An application with the catalogues and nothing else."""
    app = Flask("app")
    Babel(app)
    return app


def paper(count: int) -> Document:
    """An appendix of so many claims; every fifth is contested."""
    rows = [
        a_claim(number, contests=[a_contest()] if number % 5 == 0 else [])
        for number in range(1, count + 1)
    ]
    return a_document(a_content(rows), "en", "editor")


def ours(document: Document) -> int:
    """Write the page, its words and its JSON included; return its size."""
    out = Sink()
    html.render(view_of(document), out, lambda _done, _all: None)  # type: ignore[arg-type]
    return out.size


def page_alone(document: Document) -> int:
    """Write the page without the document's JSON, which the plain template does not hold."""
    out = Sink()
    view = view_of(document)
    for piece in pieces(view):
        out.write(piece.encode())
    return out.size


def in_markdown(document: Document) -> int:
    """Write the same as Markdown."""
    out = Sink()
    markdown.render(view_of(document), out, lambda _done, _all: None)  # type: ignore[arg-type]
    return out.size


def plainly(document: Document) -> int:
    """Write the same data with a plain template, streamed as Jinja does it."""
    known = {key: str(text) for key, text in LABELS.items()}
    template = Environment(loader=FileSystemLoader(CONTENDERS), autoescape=True).get_template(
        "appendix.html.jinja"
    )
    head, out = document.head, Sink()
    named = {one["number"]: one["name"]["display"] for one in head["people"]}
    proven = document.integrity.claims if document.integrity else []
    stream = template.stream(
        head=head,
        claims=document.claims,
        people=named,
        sources={one["number"]: one["identity"].get("publisher") for one in head["sources"]},
        roots={one["number"]: one["root"] for one in proven},
        label=lambda kind, value: known.get((kind, str(value)), ""),
    )
    stream.enable_buffering(50)
    for piece in stream:
        out.write(piece.encode())
    return out.size


def seconds(work: Callable[[Document], int], document: Document) -> float:
    """The CPU time of the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        work(document)
        best = min(best, time.process_time() - start)
    return best


def memory(document: Document) -> tuple[float, float]:
    """The most megabytes the rendering itself held, and the whole process, to a file on disk."""
    with tempfile.TemporaryFile() as out:
        tracemalloc.start()
        html.render(view_of(document), out, lambda _done, _all: None)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return most / 2**20, whole


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=MANY)
    many = parser.parse_args().claims
    with application().app_context():
        click.echo("| claims | what | CPU seconds | megabytes written | of plain Jinja's speed |")
        click.echo("|---:|---|---:|---:|---:|")
        for count in (FEW, many):
            document = paper(count)
            base = seconds(plainly, document)
            for name, work in (
                ("plain Jinja", plainly),
                ("the page", page_alone),
                ("the file: page and document", ours),
                ("Markdown", in_markdown),
            ):
                took = seconds(work, document)
                size = work(document) / 2**20
                click.echo(f"| {count:,} | {name} | {took:.3f} | {size:.1f} | {base / took:.2f} |")
        alone, whole = memory(document)
        click.echo(
            f"\nMemory for {many:,} claims: {alone:.1f} MB rendering, {whole:.0f} MB the process."
        )


if __name__ == "__main__":
    os.nice(5)
    main()
