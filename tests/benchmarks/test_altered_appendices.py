"""A small run of the random changes: each that alters the content is found, none other flagged."""

from pathlib import Path

from lxml import html

from tests.app.exports.verifier.issued import Issued
from tests.benchmarks import altered_appendices as altered

TRIALS = 60


def shown(page: bytes) -> list[object]:
    """What lxml makes of a page, white space collapsed where it does not matter."""
    try:
        root = html.document_fromstring(page.decode())
    except (ValueError, UnicodeDecodeError):
        return []
    said: list[object] = [root.getroottree().docinfo.doctype.lower().split()]
    for node in root.iter():
        own = node.tag in {"pre", "script", "style"}
        text = (node.text or "").replace("\r", "\n")
        said.append((str(node.tag), sorted(node.attrib.items()), text if own else text.split()))
        said.append((node.tail or "").split())
    return said


def test_each_change_of_a_documents_values_is_found_and_no_other(
    issued: Issued, tmp_path: Path
) -> None:
    """T-ISSUE: an altered appendix is told from the one that was issued."""
    file = issued.path("legal", "json")
    data = file.read_bytes()
    made = list(altered.changes(data, TRIALS, 1))
    # Between the parts of a document stands white space that says nothing.
    made += [altered.Change(at, data[:at] + b" " + data[at + 1 :]) for at in (data.index(b"\n"),)]
    counts, _, wrong = altered.run(file, made, altered.judged_json(data, made), tmp_path)
    assert wrong == []
    assert counts["altering", True] >= TRIALS // 2
    assert counts["harmless", False] >= 1


def test_each_change_of_what_a_page_shows_is_found(issued: Issued, tmp_path: Path) -> None:
    file = issued.path("legal", "html")
    data = file.read_bytes()
    said = shown(data)
    made = list(altered.changes(data, TRIALS, 2))
    # An end tag that a reader of HTML does without is markup all the same.
    verdicts = ["forgiven" if shown(one.data) == said else "altering" for one in made]
    counts, _, wrong = altered.run(file, made, verdicts, tmp_path)
    assert wrong == []
    assert counts["altering", True] >= TRIALS // 2
    at = data.index(b"<h2>")
    harmless = [
        altered.Change(at, data[:at] + b"<H2>" + data[at + 4 :]),
        altered.Change(0, data.replace(b"</main>\n", b"</main>\t", 1)),
    ]
    counts, _, _ = altered.run(file, harmless, ["harmless"] * 2, tmp_path)
    assert counts == {("harmless", False): 2}
