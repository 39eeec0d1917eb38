"""Moments as people read them: in the zone of the desk, which is named."""

import datetime as dt
import time
from dataclasses import replace

import pytest

from app.db import Database
from app.factory import create_app
from app.filters import (
    LETTERS,
    basis,
    local_date,
    moment,
    person,
    published,
    spoken,
    standing,
    titled,
)
from claims.vocabulary import LocatorKind
from sources.models import Source
from tests.app.views.visit import Visit

LATE = dt.datetime(2026, 11, 25, 17, 8, 33, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "shown", "offset"),
    [
        ("Asia/Shanghai", "2026-11-26 01:08", "+08:00"),
        ("Europe/London", "2026-11-25 17:08", "+00:00"),
        ("America/St_Johns", "2026-11-25 13:38", "-03:30"),
    ],
)
def test_a_moment_is_shown_in_the_zone_of_the_desk(
    sqlite_database: Database, zone: str, shown: str, offset: str
) -> None:
    settings = replace(sqlite_database.settings, timezone=zone)
    with create_app(settings, sqlite_database).test_request_context():
        page = moment(LATE)
    assert f">{shown}</time>" in page
    assert f'title="{shown}:33{offset} {zone}"' in page
    assert 'datetime="2026-11-25T17:08:33+00:00"' in page


def test_a_day_is_the_one_it_is_at_the_desk(sqlite_database: Database) -> None:
    settings = replace(sqlite_database.settings, timezone="Asia/Shanghai")
    app = create_app(settings, sqlite_database)
    with app.test_request_context("/"):
        assert local_date(LATE) == "2026-11-26"


def test_the_samples_words_and_the_names_of_its_work_are_in_the_readers_language(
    sqlite_database: Database,
) -> None:
    app = create_app(sqlite_database.settings, sqlite_database)
    with app.test_request_context("/", headers={"Accept-Language": "zh"}):
        assert basis("inferred") == "推断"
        assert basis("by what he said") == "by what he said"
        assert person("system:watch") == "来源监测"


def test_every_page_names_the_zone_of_its_times(sqlite_database: Database) -> None:
    assert "Times in Asia/Shanghai" in Visit(sqlite_database).get("/queue").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("page excerpt, about", '<span lang="en">page excerpt, about</span>'),
        ("第37页", "第37页"),
        ("TrendForce", "TrendForce"),
        ("37", "37"),
        ("삼성전자 16.2%", '<span lang="ko">삼성전자 16.2%</span>'),
        ("シャオミが新製品", '<span lang="ja">シャオミが新製品</span>'),
        ("<b>bold words</b>", '<span lang="en">&lt;b&gt;bold words&lt;/b&gt;</span>'),
        (None, ""),
    ],
)
def test_u21_text_in_other_letters_than_the_page_carries_its_language(
    sqlite_database: Database, text: str | None, shown: str
) -> None:
    chinese = {"Accept-Language": "zh"}
    with create_app(sqlite_database.settings, sqlite_database).test_request_context(
        headers=chinese
    ):
        assert spoken(text) == shown


def test_a_long_word_says_nothing_of_its_language_at_once() -> None:
    """T-DOS: a comment of one word of ten thousand letters cost a second on each page with it."""
    begun = time.process_time()
    assert not [name for name, letters in LETTERS if letters.search("a" * 50_000)]
    assert time.process_time() - begun < 1


def test_u21_a_title_carries_the_language_of_its_source_and_a_name_none(
    sqlite_database: Database,
) -> None:
    source = Source(key="s", title="日本語の題", publisher="NHK", language="ja")
    app, english = create_app(sqlite_database.settings, sqlite_database), {"Accept-Language": "en"}
    with app.test_request_context(headers=english):
        assert titled(source) == '<span lang="ja">日本語の題</span>'
        assert published(source) == "NHK"
        source.title = None
        assert titled(source) == "NHK"


@pytest.mark.parametrize(
    ("kind", "locator", "shown"),
    [
        (LocatorKind.PAGE, "37", "第 37 页"),
        (LocatorKind.PARAGRAPH, "2", "第 2 段"),
        (LocatorKind.PAGE, "附录甲", "页 附录甲"),
        (LocatorKind.TABLE_CELL, "装机!B2", "表格单元 装机!B2"),
        (LocatorKind.EXCERPT, "开头两段", "开头两段"),
    ],
)
def test_a_numbered_place_is_shown_the_way_people_say_it(
    sqlite_database: Database, kind: LocatorKind, locator: str, shown: str
) -> None:
    app = create_app(sqlite_database.settings, sqlite_database)
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert standing(kind, locator) == shown
