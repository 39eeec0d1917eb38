"""What a file says of itself is one line of what can be seen, whoever wrote it."""

import pytest

from sources.documents.document import Document


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Rain\n in\tOctober ", "Rain in October"),
        ("\x00Rain\ud800\x1b[31m", "Rain[31m"),
        ("\u202eRain\u2066", "Rain"),
        ("👩\u200d👧 می\u200cشود", "👩\u200d👧 می\u200cشود"),
        ("\u202e \x00", None),
        ("", None),
        (None, None),
    ],
)
def test_it_is_kept_without_what_is_hidden(said: str | None, kept: str | None) -> None:
    found = Document("", title=said, byline=said, publisher=said)
    assert (found.title, found.byline, found.publisher) == (kept, kept, kept)
