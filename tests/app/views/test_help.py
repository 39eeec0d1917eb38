"""The help pages are there in both languages, whole, and without anything that runs."""

import re

import pytest

from app.db import Database
from app.factory import create_app
from app.views.help import FOLDER, TOPICS
from tests.app.views.visit import Visit

LANGUAGES = ("zh", "en")


def test_every_topic_is_written_in_both_languages_and_nothing_else_lies_there() -> None:
    for tongue in LANGUAGES:
        assert {file.stem for file in (FOLDER / tongue).iterdir()} == set(TOPICS)


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_page_opens_without_signing_in(sqlite_database: Database, tongue: str) -> None:
    visit = Visit(sqlite_database, language=tongue)
    visit.client.delete_cookie("desk_session")
    index = visit.get("/help").text
    for topic in TOPICS:
        assert f"/help/{topic}" in index
        text = (FOLDER / tongue / f"{topic}.html").read_text(encoding="utf-8")
        assert text in visit.get(f"/help/{topic}").text


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_fragment_has_no_script_no_style_and_balanced_tags(tongue: str) -> None:
    for topic in TOPICS:
        text = (FOLDER / tongue / f"{topic}.html").read_text(encoding="utf-8")
        assert not re.search(r"<script|<style|style=|on\w+=|https?://", text)
        for tag in ("p", "ol", "ul", "li", "dl", "dt", "dd", "table", "tr", "b", "a", "kbd"):
            assert len(re.findall(f"<{tag}[ >]", text)) == text.count(f"</{tag}>"), (topic, tag)


def test_links_of_help_pages_lead_somewhere(sqlite_database: Database) -> None:
    pages = create_app(sqlite_database.settings, sqlite_database).url_map.bind("desk.example")
    for tongue in LANGUAGES:
        for topic in TOPICS:
            text = (FOLDER / tongue / f"{topic}.html").read_text(encoding="utf-8")
            for target in re.findall(r'href="([^"]+)"', text):
                if target.startswith("#"):
                    assert f'id="{target[1:]}"' in text, (topic, target)
                else:
                    assert target in TOPICS or pages.test(target.removeprefix("..")), target


@pytest.mark.parametrize("topic", ["nothing", "..%2f..%2fviews%2fhelp", "zh"])
def test_an_unknown_topic_is_missing(sqlite_database: Database, topic: str) -> None:
    Visit(sqlite_database).get(f"/help/{topic}", 404)
