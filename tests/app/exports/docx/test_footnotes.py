"""Footnotes are numbered as they are referred to, and follow the lines that part them off."""

from io import BytesIO

from defusedxml.ElementTree import fromstring

from app.exports.docx.footnotes import Footnotes
from app.exports.docx.text import runs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_notes_are_numbered_from_one_after_the_two_lines() -> None:
    notes = Footnotes(BytesIO())
    assert 'w:id="1"' in notes.add(runs("one"))
    assert 'w:id="2"' in notes.add(runs("two"))
    out = BytesIO()
    notes.write(out)
    found = fromstring(out.getvalue())
    assert [note.get(f"{W}id") for note in found] == ["-1", "0", "1", "2"]
    assert ["".join(note.itertext()).strip() for note in found][2:] == ["one", "two"]
