"""How a page answered, told in one word."""

import datetime as dt

import pytest

from sources.fetching import Fetched
from sources.looks.answers import LONGEST_WAIT, Answer, answered, suspected
from sources.vocabulary import PageAnswer

URL = "https://example.org/reports/rain"
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
WELL = Answer(PageAnswer.ALIVE, 200)


def fetched(status: int = 200, address: str = URL, **headers: str) -> Fetched:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Fetched(address, status, "text/html", None, pairs, b"", NOW)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, PageAnswer.ALIVE),
        (304, PageAnswer.ALIVE),
        (401, PageAnswer.WALLED),
        (451, PageAnswer.WALLED),
        (404, PageAnswer.MISSING),
        (410, PageAnswer.MISSING),
        (500, PageAnswer.UNREACHABLE),
        (418, PageAnswer.UNREACHABLE),
    ],
)
def test_a_status_is_told_in_a_word(status: int, expected: PageAnswer) -> None:
    assert answered(URL, fetched(status), NOW).answer is expected


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("http://example.org/reports/rain", False),
        ("https://www.example.org/reports/rain/", False),
        ("https://example.org/archive/rain", True),
        ("https://example.org/reports/rain?id=2", True),
        ("https://example.net/reports/rain", True),
    ],
)
def test_another_page_is_elsewhere_and_another_spelling_is_not(
    address: str, *, elsewhere: bool
) -> None:
    found = answered(URL, fetched(address=address), NOW)

    assert found.answer is (PageAnswer.REDIRECTED if elsewhere else PageAnswer.ALIVE)
    assert found.final_url == (address if elsewhere else None)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", dt.timedelta(seconds=120)),
        ("Thu, 01 Jan 2026 13:00:00 GMT", dt.timedelta(hours=1)),
        ("Thu, 01 Jan 2025 13:00:00 GMT", dt.timedelta()),
        ("9" * 40, LONGEST_WAIT),
        ("soon", dt.timedelta(hours=1)),
        ("", dt.timedelta(hours=1)),
    ],
)
def test_a_site_that_asks_for_patience_gets_it_within_bounds(said: str, wait: dt.timedelta) -> None:
    assert answered(URL, fetched(429, Retry_After=said), NOW).wait == wait


def test_an_outage_without_a_word_about_when_is_no_plea_for_patience() -> None:
    assert answered(URL, fetched(503), NOW).wait is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("404 Not Found", PageAnswer.MISSING),
        ("抱歉，您访问的页面不存在", PageAnswer.MISSING),
        ("该内容已被删除", PageAnswer.MISSING),
        ("请先登录后查看全文", PageAnswer.WALLED),
        ("Please verify you are human. CAPTCHA", PageAnswer.WALLED),
        ("Rainfall in 2024 was the highest since 1998.", PageAnswer.ALIVE),
        ("Room 404 was flooded. " * 200, PageAnswer.ALIVE),
    ],
)
def test_a_notice_in_the_place_of_a_page_is_suspected(text: str, expected: PageAnswer) -> None:
    assert suspected(URL, WELL, text).answer is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/", PageAnswer.MISSING),
        ("https://example.org/login?next=rain", PageAnswer.WALLED),
        ("https://example.org/archive/rain", PageAnswer.REDIRECTED),
    ],
)
def test_where_a_redirect_leads_may_tell(address: str, expected: PageAnswer) -> None:
    led = Answer(PageAnswer.REDIRECTED, 200, address)

    assert suspected(URL, led, "Welcome").answer is expected
