"""No page mixes the languages of the interface, and what is not in its language is marked (U21)."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po

from app.cli.demo import PASSWORD
from app.config import ROOT
from app.factory import create_app
from tests.app.browser import Person
from tests.functional import tour
from tests.functional.conftest import Desk

CATALOGUE = ROOT / "app" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
VOID = {"meta", "link", "input", "br", "hr", "img", "use", "path", "rect", "line", "circle", "area"}
CHINESE = re.compile(r"[\u4e00-\u9fff]{6,}")
SHORT = 6
"""Messages shorter than this may be names or signs that both languages use."""


class Texts(HTMLParser):
    """The texts of a page, each with the language it is marked with."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lang = dict(attrs).get("lang") or self.open[-1][1]
        for name in ("aria-label", "title", "placeholder"):
            if said := dict(attrs).get(name):
                self.found.append((lang, said.strip()))
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] not in {"script", "style", "textarea", "code", "pre"}:
            self.found.append((self.open[-1][1], data.strip()))


def messages() -> tuple[set[str], set[str]]:
    """Return what the interface says in English and in Chinese, where the two differ."""
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream, locale="zh")
    pairs = [
        (message.id, message.string)
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.id != message.string
    ]
    english = {one for one, _ in pairs if len(one) >= SHORT and "%(" not in one}
    return english, {str(one) for _, one in pairs if len(str(one)) >= 2 and "%(" not in str(one)}


def mixed(page: str, language: str) -> Iterator[str]:
    """Yield what a page says in the other language of the interface without marking it."""
    english, chinese = messages()
    foreign = english if language == "zh" else chinese
    for lang, said in Texts(page).found:
        if lang[:2] == language and said in foreign:
            yield said


def unmarked(page: str) -> list[str]:
    """Return the Chinese of an English page that is not marked as Chinese."""
    return [said for lang, said in Texts(page).found if lang[:2] == "en" and CHINESE.search(said)]


def visitor(desk: Desk, language: str) -> Person:
    """Somebody who may see everything, signed in without a browser."""
    app = create_app(desk.database.settings, desk.database)
    return Person(app, "zhou.qi", language, PASSWORD)


def test_u21_a_planted_word_of_the_other_language_is_told() -> None:
    page = "<html lang='zh-Hans'><p>Not enough evidence</p><p lang='en'>Not enough evidence</p>"
    assert list(mixed(page, "zh")) == ["Not enough evidence"]
    assert unmarked("<html lang='en'><p>长江存储的份额</p><p lang='zh'>长江存储的份额</p>")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_u21_no_page_mixes_the_languages(sqlite_desk: Desk, language: str) -> None:
    tour.furnish(sqlite_desk)
    person = visitor(sqlite_desk, language)
    wrong: dict[str, set[str]] = {}
    for path in tour.pages(sqlite_desk):
        page = person.get(path).text
        assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}"' in page, path
        found = {*mixed(page, language), *(unmarked(page) if language == "en" else ())}
        if found:
            wrong[path] = found
    assert wrong == {}
