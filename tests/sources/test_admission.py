"""A file's bytes say what it is; a name or a browser that says otherwise is told so."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sources.admission import admitted, warnings
from sources.errors import DeskError, Refused
from sources.media_types import CSV, HTML, PDF, PLAIN, TSV, UNKNOWN
from sources.snapshots import received
from tests.sources.documents.hostile_files import EICAR, PAGE
from tests.sources.documents.mutations import mutated
from tests.sources.documents.small_files import pdf


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"a,b\n", "a.csv", CSV),
        (b"a\tb\n", "a.tsv", TSV),
        (b"a,b\n", "a.txt", PLAIN),
        (PAGE, "a.htm", HTML),
        (b"<p>One 1.</p>", "a.html", HTML),
        (b"<not markup", "a.txt", PLAIN),
        (pdf([["x"]]), "without an ending", PDF),
        (b"\x7fELF\x00", "a.out", UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_are(content: bytes, name: str, kind: str) -> None:
    assert admitted(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "stated"),
    [
        (b"plain words", "a.pdf", None),
        (b"plain words", "a.html", None),
        (b"plain words", None, "application/pdf"),
        (PAGE, None, "image/png"),
        (PAGE, "a.csv", None),
        (b"PK\x05\x06" + b"\0" * 18, "a.docx", None),
    ],
)
def test_what_says_otherwise_is_refused_at_the_file(
    content: bytes, name: str | None, stated: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        admitted(content, name, stated=stated)
    assert (refusal.value.code, refusal.value.field) == ("file_mismatch", "file")


def test_a_thousand_header_lines_are_looked_at_once() -> None:
    """One pattern over all lines would try every way to part them, and never end."""
    lines = b"".join(b"Header-%c: x\r\r\r\n" % (65 + n % 26) for n in range(300))
    assert admitted(lines, "a.txt") == PLAIN


def test_the_test_string_of_virus_scanners_is_marked() -> None:
    assert admitted(EICAR, "eicar.com") == PLAIN
    assert len(warnings(EICAR)) == 1
    assert warnings(b"harmless") == ()


class Given:
    """Bytes to be read once."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int = -1, /) -> bytes:
        return self.content[:size]


@settings(max_examples=60)
@example(seed=1597)
@given(st.integers(0, 10**6))
def test_a_damaged_file_is_kept_with_its_places_or_refused(seed: int) -> None:
    """`python -m tests.benchmarks.damaged_uploads` sends thousands of them through the page."""
    content, name = mutated(seed)
    stream = Given(content)
    refused: DeskError | None = None
    try:
        found = received(stream, name).found
    except DeskError as problem:
        refused = problem
    if refused is not None:
        assert (refused.field, set(refused.message)) == ("file", {"zh", "en"})
        return
    offsets = [place[0] for place in found.places]
    assert offsets == sorted(set(offsets))
    assert offsets[:1] in ([], [0])
    assert not found.places or offsets[-1] < len(found.text or "")
    assert found.text is not None or found.remarks
