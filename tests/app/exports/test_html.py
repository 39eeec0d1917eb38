"""The one HTML file: strict, complete in each edition, deterministic, safe from its own words."""

import json
import re
import tempfile
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports import FORMATS
from app.exports.html import SEAL
from app.exports.view import view_of
from claims.appendix.document import Document
from claims.vocabulary import Profile
from tests.app.exports.a_paper import a_content, a_document, a_paper, a_source
from tests.app.exports.claims_of_a_paper import a_full_claim
from tests.app.exports.printing import application, printed, read_strictly

LANGUAGES = ("zh", "en", "both")
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><!-- seal --><style>p{display:none}</style>",
    '" onmouseover="alert(1)',
    "&lt;&amp;&#0;",
    "\u202egnirts desrever\u202c \u2066x",
    "\x00\x01\x0b\x0c\x1b\x7f\x85\ufffe",
    "\ud800 half",
    "x" * 4_000,
    "``` | * _ # [a](javascript:alert(1)) <b>",
    " ",
    "{{ 7 * 7 }} {% raw %} %(number)s %s",
)
SHOWN = re.compile(r"<main.*</main>", re.DOTALL)
NAMES = re.compile(r' id="([^"]+)"')
LINKS = re.compile(r' href="#([^"]+)"')


def poisoned(value: Any, words: str) -> Any:
    """The same content with its texts replaced, but those that name a member of a closed list."""
    if isinstance(value, dict):
        return {
            key: part if key in CLOSED else poisoned(part, words) for key, part in value.items()
        }
    if isinstance(value, list):
        return [poisoned(part, words) for part in value]
    return words if isinstance(value, str) else value


CLOSED = frozenset(
    {"role", "status", "stage", "disposition", "stance", "kind", "severity", "side", "reason"}
    | {"outcome", "decision", "tier", "lineage", "reliability", "choice", "freshness", "terms"}
    | {"state", "locator_kind", "via", "observed", "acts", "observation_status", "at", "about"}
    | {"id", "key", "statuses", "stages", "dispositions", "dismissed"}
)


def a_hostile_paper(words: str, language: str = "both") -> Document:
    claims = [poisoned(a_full_claim(1), words)]
    content = a_content([a_full_claim(1)], sources=[poisoned(a_source(), words)])
    title = {"zh": words, "en": words}
    article = {**content.head["article"], "title": title, "notice": title, "language": words}
    return a_document(a_content(claims, article=article, sources=content.head["sources"]), language)


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_edition_is_a_page_that_the_digest_takes(profile: Profile, language: str) -> None:
    page = printed("html", a_paper(language, profile))
    read_strictly(page)
    names = NAMES.findall(SHOWN.findall(page)[0])
    assert len(names) == len(set(names))
    assert set(LINKS.findall(page)) <= {*names, *NAMES.findall(page)}
    assert page.endswith(f"{SEAL.decode()}\n</body>\n</html>\n")


def test_a_page_shows_everything_an_editor_must_see() -> None:
    page = printed("html", a_paper("en"))
    for words in (
        "Ten years, places traded",
        "Published in an emergency, unfinished",
        "no second reading",
        "18.25 % to 18.35 %",
        "Kim Somebody",
        "withdrawn by 李薇: wrong page",
        "The definition differs.",
        "Settled by 李薇",
        "Lee Nobody",
        "Is 18.3 % right?",
        "set aside by 张敏: known",
        "void: it no longer stands under the content",
        "Returned",
        "<cite>Annual report</cite>",
        "gazette.example/ledger",
        "verify_appendix.py",
        "F1 · 2026-11-20 08:30 UTC, 张敏: Supported · Keep as it is · the reasons before",
        "“A320”: Designation · a model · set aside by 张敏",
    ):
        assert words in page, words


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_file_holds_what_the_profile_withholds(form: str, language: str) -> None:
    public = printed(form, a_paper(language, "public"))
    for words in ("李薇", "li.wei", "Kim Somebody", "555 0100", "a note of the desk", "Lee Nobody"):
        assert words not in public, words
    editor = printed(form, a_paper(language, "editor"))
    assert "555 0100" not in editor
    assert "李薇" in editor


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_document_gives_the_same_bytes_whoever_asks(form: str, language: str) -> None:
    first = printed(form, a_paper(language), asked="zh")
    assert printed(form, a_paper(language), asked="en") == first


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    """T-XSS: markup that somebody wrote is shown, not obeyed."""
    page = printed("html", a_hostile_paper(words))
    read_strictly(page)
    assert page.count("<script") == 2
    assert page.count("<style") == 1
    assert " onmouseover=" not in SHOWN.findall(page)[0].replace("&quot; onmouseover=", "")


@settings(max_examples=25)
@given(st.text(st.characters(codec=None), max_size=40))
def test_no_words_at_all_break_the_page(words: str) -> None:
    read_strictly(printed("html", a_hostile_paper(words, "en")))


def test_words_that_turn_about_are_closed_in() -> None:
    page = printed("html", a_hostile_paper("\u202eabc", "en"))
    assert "<bdi>\u202eabc</bdi>" in page


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    page = printed("html", a_hostile_paper("javascript:alert(1)", "en"))
    assert 'href="javascript' not in page


def test_the_document_stands_in_the_page_as_it_was_issued() -> None:
    document = a_paper("zh")
    page = printed("html", document)
    found = page.partition('<script type="application/json" id="appendix">')[2]
    assert json.loads(found.partition("</script>")[0]) == document.as_dict()


def test_an_appendix_without_anything_is_still_a_page() -> None:
    content = a_content([], sources=[], people=[], sign_offs=[], method={})
    read_strictly(printed("html", a_document(content, "both")))


def test_a_page_is_never_whole_in_memory() -> None:
    (few, short), (many, long) = (held_and_written(a_paper("en", "editor", n)) for n in (20, 200))
    assert many - few < (long - short) / 4


def held_and_written(document: Document) -> tuple[int, int]:
    """The most bytes that writing a page held at a time, and how long the page is."""
    with tempfile.TemporaryFile() as out, application().app_context():
        tracemalloc.start()
        FORMATS["html"].render(view_of(document), out, lambda _done, _all: None)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held, out.tell()
