"""No format says less than the view: each of its sentences stands in each file."""

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from app.exports import view as parts
from app.exports.plain_table import read_back
from app.exports.view import Badge, Hidden, Said, view_of
from claims.appendix.document import Document
from tests.app.exports.a_paper import a_content, a_document
from tests.app.exports.checked import to_bytes
from tests.app.exports.claims_of_a_paper import a_claim, a_full_claim
from tests.app.exports.marked import LAYOUT, Marked

pytestmark = pytest.mark.usefixtures("labels")
TAG = re.compile("<[^>]*>")
MAIN = re.compile("<main.*</main>", re.DOTALL)
BREAKS = re.compile(r"[\s\u200b*<>`]+")
"""What a layout puts between letters: breaks, and the marks of Markdown."""


def of_page(data: bytes) -> list[str]:
    (shown,) = MAIN.findall(data.decode())
    return [html.unescape(TAG.sub("", shown))]


def of_markdown(data: bytes) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", data.decode())]


def of_document(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        found = [
            package.read(f"word/{name}.xml")
            for name in ("document", "footnotes", "header", "footer")
        ]
    return [html.unescape(TAG.sub("", b"\n".join(found).decode()))]


def of_workbook(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    return [unescape("\n".join(str(cell) for cell in cells if cell is not None))]


def of_pdf(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def of_table(data: bytes) -> list[str]:
    head = data.decode("utf-8-sig").partition("\n")[0]
    cells = (cell for row in read_back(BytesIO(data)) for cell in row.values())
    return ["\n".join([head, *cells])]


READ: dict[str, Callable[[bytes], list[str]]] = {
    "html": of_page,
    "md": of_markdown,
    "docx": of_document,
    "xlsx": of_workbook,
    "pdf": of_pdf,
    "csv": of_table,
}


def named(heads: set[str]) -> set[str]:
    return {f"Headings.{name}" for name in heads}


ELSEWHERE = {"ClaimView.dated", "FigureRow.low", "FigureRow.high", "FigureRow.unit"}
"""For the cells of a spreadsheet: who reads has them in the interval and under the signatures."""
HEADS = {"appendix", "claim", "command", "contest", "contests", "locator", "quote", "snapshot"}
"""Names of columns, where a layout without that column says what it is by its place."""
COLUMNS = {"comparison", "figure", "period", "settlement", "source", "stance", "statement"}
"""The same of columns that only some tables have."""
TITLES = {"appendix", "claims", "contents", "desk", "figures", "keys", "method", "scan", "sources"}
EMPTY = {"no_evidence", "no_sources", "nobody_signed"}
SHEETS = TITLES | EMPTY | {"contests", "status"}
"""What a sheet says by its name, by a picture, or by having no row."""
ROWS = (
    {"at_a_glance", "changes", "count", "fingerprint", "formula", "head", "how_to_verify", "key"}
    | {"integrity", "note", "passage", "people", "repeats", "share", "used_by", "command"}
    | {"contest", "locator", "snapshot"}
)
OF_THE_WHOLE = (
    {"View.kicker", "View.title", "View.notice", "View.withheld", "Fact.name", "Fact.words"}
    | {"Summary.sentences", "StatusCount.status", "Changes.sentences", "Changes.claims"}
    | {"PersonRow.named", "PersonRow.acts", "Key.line", "Key.fingerprint", "ClaimView.dated"}
    | {"Section.title", "Section.paragraphs", "Section.terms", "SourceView.number"}
    | {"SourceView.citation", "SourceView.facts", "SourceView.retrieved", "SourceView.runs"}
    | {"SourceView.url", "Integrity.paragraphs", "Integrity.steps", "Integrity.command"}
    | {"Integrity.checkpoint"}
)
"""What belongs to no claim and no number has no place in a file of one row for each."""
SILENT: dict[str, set[str]] = {
    "html": ELSEWHERE | named(HEADS | COLUMNS),
    "md": ELSEWHERE | named(HEADS | COLUMNS | {"contents", "passage", "scan"}),
    "docx": ELSEWHERE | named(HEADS | {"figure", "key", "statement"}),
    "pdf": ELSEWHERE | named((HEADS - {"appendix"}) | {"contents", "key", "statement"}),
    "xlsx": named(SHEETS),
    "csv": OF_THE_WHOLE
    | named(TITLES | EMPTY | ROWS | COLUMNS | {"status"})
    - named({"figure", "period", "statement"}),
}
"""What a format leaves out, and nothing but this."""


def bare(text: str) -> str:
    return BREAKS.sub("", text)


SHORTEST = 8
"""A sentence that a page breaks leaves more letters than these on either side."""


def stands(words: str, pages: list[str]) -> bool:
    """Whether the words are on a page, or begin at the end of one and go on on the next."""
    return any(words in page for page in pages) or any(
        words[:cut] in page and words[cut:] in after
        for page, after in pairwise(pages)
        for cut in range(SHORTEST, len(words) - SHORTEST)
    )


def the_papers() -> Iterator[Document]:
    """Everything as the desk and as a stranger see it, and an article of which nothing is told."""
    unsaid = a_claim(1, evidence=[], sign_offs=[], figures=[])
    yield a_document(a_content([unsaid, a_full_claim(2)]), "both", "internal")
    yield a_document(a_content([a_claim(1), a_full_claim(2)], sign_offs=[]), "zh", "public")
    yield a_document(a_content([], sources=[], people=[], sign_offs=[], set_aside=[]), "en")


@pytest.fixture(scope="module")
def papers(labels: None) -> list[Marked]:  # noqa: ARG001 - words need an application
    return [Marked(view_of(paper)) for paper in the_papers()]


@pytest.mark.parametrize("form", READ)
def test_every_sentence_of_the_view_stands_in_the_file(form: str, papers: list[Marked]) -> None:
    silent, heads = set[str](), set[str]()
    for paper in papers:
        pages = [bare(page) for page in READ[form](to_bytes(form, paper.view))]
        for words, name in paper.said.items():
            (heads if stands(bare(words), pages) else silent).add(name)
    silent -= {name for name in heads if name.startswith("Headings.")}
    assert silent == SILENT[form]


def test_the_papers_have_one_of_everything(papers: list[Marked]) -> None:
    filled = {name for paper in papers for name in paper.filled}
    every = {
        f"{kind.__name__}.{one.name}"
        for kind in (getattr(parts, name) for name in parts.__all__)
        if isinstance(kind, type) and is_dataclass(kind) and kind not in {Badge, Hidden, Said}
        for one in fields(kind)
    }
    assert {name for name in every - filled if name.partition(".")[2] not in LAYOUT} == set()
