"""A file past every limit is refused by its form, with the limit and with what was typed."""

import io
import re

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from app.bodies import BODY_LIMIT, CUT, PLAIN_LIMIT
from app.bodies import WITH_FILES as FILES
from app.once.asked import new_key
from claims.models import Evidence
from sources.models import Snapshot
from tests.app.browser import Person, Reader
from tests.app.claim_desk import NEW_SOURCE, Desk

NOTE = "A long note that nobody wants to type again. " * 20
WITH_FILES: dict[str, tuple[str, str, str]] = {
    "evidence": ("{claim}/evidence/new", "note", NOTE),
    "a copy": ("/sources/{source}", "retrieved_at", "2024-05-06"),
    "an article": ("/articles/new", "title", NOTE[:90].strip()),
    "an import": ("/sources/import", "format", "ris"),
    "a verification": ("/verify-appendix", "receipt", new_key()),
}
"""Each form with a file: its page, and a field beside the file with what is typed into it."""


@pytest.mark.parametrize("name", WITH_FILES)
def test_a_form_refuses_its_file_by_the_limit_and_keeps_what_was_typed(
    desk: Desk, checker: Person, name: str
) -> None:
    """T-DOS: 413 at the field, whether the file came whole or was shortened on its way."""
    path, field, typed = WITH_FILES[name]
    path = path.format(claim=desk.path, source=desk.source_key)
    for cut, size in ((True, 10), (False, PLAIN_LIMIT + 1)):
        form = checker.open(path, field)
        file = FileStorage(io.BytesIO(b"x" * size), "a.txt")
        data = {**form.fields, **NEW_SOURCE, "way": "file", "title": "A title", field: typed}
        boundary, body = encode_multipart(MultiDict({**data, "file": file}))
        answer = checker.client.post(
            form.action,
            data=body,
            content_type=f"{FILES}; boundary={boundary}",
            environ_overrides={CUT: True} if cut else {},
        )
        page = Reader(answer.text)
        assert answer.status_code == 413
        assert re.search("(larger than|takes) (20|1) MB", page.text)
        assert 'href="#file"' in answer.text
        assert page.form(field).fields[field] == [typed]
    assert (desk.count(Evidence), desk.count(Snapshot), desk.files()) == (0, 0, [])


def test_more_than_that_and_words_without_files_have_limits_of_their_own(
    desk: Desk, checker: Person
) -> None:
    """T-DOS: a form that is read into memory is smaller than one whose files lie on the disk."""
    form = checker.open(f"{desk.path}/edit", "kind")
    for size, kind in ((PLAIN_LIMIT, "application/x-www-form-urlencoded"), (BODY_LIMIT, FILES)):
        answer = checker.client.post(
            form.action,
            content_type=f"{kind}; boundary=b",
            input_stream=io.BytesIO(b"--b"),
            environ_overrides={"CONTENT_LENGTH": str(size + 1)},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code == 413
        assert "This is too large" in answer.text
