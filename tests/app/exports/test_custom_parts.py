"""What an edition withholds is in no part of an office file; what it shows is there for all."""

import pytest

from app.exports.view import view_of
from tests.app.exports.a_paper import a_paper
from tests.app.exports.checked import all_words, to_bytes

pytestmark = pytest.mark.usefixtures("labels")
FORMS = ["docx", "xlsx"]
WITHHELD = ("李薇", "li.wei", "Kim Somebody", "555 0100", "a note of the desk", "Lee Nobody")
SHOWN = (
    "Ten years, places traded",
    "Published in an emergency, unfinished",
    "no second reading",
    "18.25 % to 18.35 %",
    "Kim Somebody",
    "withdrawn by 李薇: wrong page",
    "The definition differs.",
    "Settled by 李薇",
    "Lee Nobody",
    "set aside by 张敏: known",
    "void: it no longer stands under the content",
    "Returned",
    "gazette.example/ledger",
    "verify_appendix.py",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_no_part_of_a_public_file_holds_what_it_withholds(form: str, language: str) -> None:
    words = all_words(to_bytes(form, view_of(a_paper(language, "public"))))
    assert [found for found in WITHHELD if found in words] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_file_shows_everything_an_editor_must_see(form: str) -> None:
    words = all_words(to_bytes(form, view_of(a_paper("en"))))
    assert [lost for lost in SHOWN if lost not in words] == []
